"""Days away, rest, and places in the queue."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchbase.supporters.availability import (
    DaysUnclear,
    is_away,
    is_resting,
    newcomer_turn,
    ranges_from,
    ranges_to_store,
    rest_until,
)

TODAY = date(2026, 5, 14)


def days(first, last):
    """May days by their numbers."""
    return date(2026, 5, first), date(2026, 5, last)


def test_a_rest_is_two_weeks_with_today():
    until = rest_until(TODAY)
    resting = [is_resting(until, TODAY + timedelta(days=n)) for n in range(16)]
    assert resting == [True] * 14 + [False] * 2
    assert not is_resting(None, TODAY)


def test_away_from_the_first_day_to_the_last():
    assert [is_away([days(10, 12), days(14, 14)], date(2026, 5, n)) for n in range(9, 16)] == [
        False, True, True, True, False, True, False,
    ]  # fmt: skip
    assert not is_away([], TODAY)


def test_days_away_are_read_as_they_were_stored():
    ranges = (days(14, 20), days(24, 31))
    assert ranges_from(ranges_to_store(ranges, TODAY)) == ranges


def test_days_away_are_kept_in_order_and_joined_where_they_touch():
    given_ = [days(24, 25), days(14, 18), days(16, 17), days(19, 20), days(22, 22)]
    assert ranges_from(ranges_to_store(given_, TODAY)) == (days(14, 20), days(22, 22), days(24, 25))


def test_what_is_over_is_forgotten_and_what_goes_on_today_is_not():
    assert ranges_from(ranges_to_store([days(1, 3), days(5, 13), days(10, 14)], TODAY)) == (days(10, 14),)


def test_a_range_that_ends_before_it_begins_is_not_kept():
    with pytest.raises(DaysUnclear, match="isn't before the first"):
        ranges_to_store([days(20, 19)], TODAY)


def test_twelve_ranges_are_kept_and_not_thirteen():
    ranges = [(TODAY + timedelta(days=n * 7), TODAY + timedelta(days=n * 7 + 2)) for n in range(13)]
    assert len(ranges_to_store(ranges[:12], TODAY)) == 12
    with pytest.raises(DaysUnclear, match="next twelve"):
        ranges_to_store(ranges, TODAY)


some_days = st.tuples(st.integers(-20, 40), st.integers(0, 9)).map(
    lambda pair: (TODAY + timedelta(days=pair[0]), TODAY + timedelta(days=sum(pair)))
)


@given(st.lists(some_days, max_size=8))
def test_from_today_on_storing_changes_no_day(ranges):
    stored = ranges_from(ranges_to_store(ranges, TODAY))
    for n in range(60):
        day = TODAY + timedelta(days=n)
        assert is_away(stored, day) == is_away(ranges, day)


@pytest.mark.parametrize(
    ("turns", "place"), [([], 0), ([5], 5), ([1, 9], 1), ([9, 1, 4], 4), ([0, 0, 0, 7], 0), ([3, 8, 1, 5], 3)]
)
def test_a_newcomer_joins_at_the_median(turns, place):
    assert newcomer_turn(iter(turns)) == place


@given(st.lists(st.integers(0, 99), min_size=2))
def test_a_newcomer_is_ahead_of_no_more_than_half(turns):
    place = newcomer_turn(turns)
    assert sum(turn < place for turn in turns) * 2 < len(turns)
    assert sum(turn > place for turn in turns) * 2 <= len(turns)
