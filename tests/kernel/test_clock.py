"""Stored times are half hours."""

from datetime import UTC, datetime, timedelta

from touchbase.kernel.clock import now, slot_down, slot_up

NOON = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


def test_a_moment_is_rounded_down_to_its_half_hour() -> None:
    assert slot_down(NOON + timedelta(minutes=29, seconds=59)) == NOON


def test_a_moment_is_rounded_up_to_the_next_half_hour() -> None:
    assert slot_up(NOON + timedelta(seconds=1)) == NOON + timedelta(minutes=30)


def test_a_half_hour_stays_where_it_is() -> None:
    assert (slot_down(NOON), slot_up(NOON)) == (NOON, NOON)


def test_now_is_aware() -> None:
    assert now().tzinfo is UTC
