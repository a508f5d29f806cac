"""Hours, months and what is missing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchbase.kernel.occasion import Kind
from touchbase.supporters import standing
from touchbase.supporters.standing import Attended, Months, Needs

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
TODAY = date(2026, 5, 14)


def trained(day: date, hours: str) -> Attended:
    return Attended(Kind.TRAINING, day, Decimal(hours))


def refreshed(day: date) -> Attended:
    return Attended(Kind.REFRESHER, day, Decimal(2))


def test_hours_of_trainings_add_up_and_refreshers_stay_out():
    had = [trained(date(2026, 3, 4), "1.5"), trained(date(2026, 4, 9), "2"), refreshed(date(2026, 5, 2))]
    assert standing.hours(had) == Decimal("3.5")


def test_training_counts_from_the_month_in_which_the_hours_are_reached():
    had = [trained(date(2026, 4, 9), "2.5"), trained(date(2026, 3, 4), "1.5"), trained(date(2026, 5, 7), "4")]
    assert standing.months(had, 4) == Months(APRIL, None)
    assert standing.months(had, 1.5) == Months(MARCH, None)
    assert standing.months(had, 8.5) == Months(None, None)


def test_the_last_refresher_counts():
    had = [refreshed(date(2026, 5, 2)), refreshed(date(2026, 3, 30))]
    assert standing.months(had, 4) == Months(None, MAY)


def test_a_month_from_elsewhere_is_never_taken_away_by_a_tick():
    kept, nothing = Months(MARCH, MARCH), Months(None, None)
    assert standing.changed(kept, Months(APRIL, APRIL), nothing) == kept
    assert standing.changed(kept, nothing, Months(APRIL, None)) == kept


def test_a_tick_that_is_taken_back_takes_its_months_back():
    nothing = Months(None, None)
    assert standing.changed(Months(APRIL, MAY), Months(APRIL, MAY), nothing) == nothing


def test_a_later_refresher_counts_whatever_was_kept():
    kept = Months(MARCH, MARCH)
    assert standing.changed(kept, Months(None, None), Months(None, MAY)) == Months(MARCH, MAY)


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 8)), max_size=8))
def test_ticking_and_taking_back_leaves_a_profile_as_it_was(sessions):
    had = [trained(day, str(hours)) for day, hours in sessions]
    found, nothing = standing.months(had, 6), Months(None, None)
    for kept in (nothing, Months(date(2020, 1, 1), date(2020, 1, 1))):
        assert standing.changed(standing.changed(kept, nothing, found), found, nothing) == kept


@pytest.mark.parametrize(
    ("trained_month", "until", "needs"),
    [
        (None, None, Needs.TRAINING),
        (date(2026, 6, 1), date(2028, 6, 30), Needs.TRAINING),
        (MARCH, date(2028, 3, 31), Needs.NOTHING),
        (MARCH, None, Needs.NOTHING),
        (MARCH, date(2026, 7, 31), Needs.NOTHING),
        (MARCH, date(2026, 6, 30), Needs.SOON),
        (MARCH, TODAY, Needs.SOON),
        (MARCH, date(2026, 5, 13), Needs.OVERDUE),
    ],
)
def test_what_somebody_needs_follows_from_month_and_last_day(trained_month, until, needs):
    assert standing.needs(trained_month, until, TODAY) is needs


def test_the_last_day_of_a_month():
    assert [standing.last_of_month(month).day for month in (date(2028, 2, 3), APRIL)] == [29, 30]
