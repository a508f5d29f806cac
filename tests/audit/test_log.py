"""Acts are summed by day: who did what kind of thing, never about whom."""

from datetime import date

import pytest

from touchbase.audit import log

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)


def test_two_acts_of_a_day_are_one_sum() -> None:
    log.record(program="p", actor="a", verb="reveal", day=MONDAY)
    log.record(program="p", actor="a", verb="reveal", day=MONDAY, n=2)
    assert [(act.day, act.n) for act in log.acts(program="p", since=MONDAY)] == [(MONDAY, 3)]


def test_acts_are_read_newest_first_and_by_program() -> None:
    log.record(program="p", actor="a", verb="match", day=MONDAY)
    log.record(program="p", actor="a", verb="match", day=TUESDAY)
    log.record(program="other", actor="a", verb="match", day=TUESDAY)
    assert [act.day for act in log.acts(program="p", since=MONDAY)] == [TUESDAY, MONDAY]


def test_acts_before_the_day_asked_for_are_left_out() -> None:
    log.record(program="p", actor="a", verb="match", day=MONDAY)
    assert log.acts(program="p", since=TUESDAY) == []


def test_a_count_of_nothing_is_zero() -> None:
    log.record(program="p", actor="a", verb="match", day=MONDAY, n=4)
    assert [log.count(program="p", actor="a", verb="match", day=day) for day in (MONDAY, TUESDAY)] == [4, 0]
