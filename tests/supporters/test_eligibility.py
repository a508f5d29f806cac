"""Trained, fresh, and nothing between a supporter and the person."""

from datetime import date

import pytest

from touchbase.matching.ranking import Candidate, Rules, Wanted
from touchbase.matching.reasons import Bar
from touchbase.supporters.eligibility import fresh_until, is_trained, reasons_against

TODAY = date(2026, 5, 14)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_a_training_counts_from_its_month_on():
    assert [is_trained(month, TODAY) for month in (None, MAY, JUNE)] == [False, True, False]


@pytest.mark.parametrize(
    ("trained", "refresher", "months", "until"),
    [
        (MAY, None, 24, date(2028, 5, 31)),
        (date(2026, 1, 1), None, 1, date(2026, 2, 28)),
        (date(2023, 2, 1), None, 12, date(2024, 2, 29)),
        (date(2026, 12, 1), None, 1, date(2027, 1, 31)),
        (date(2026, 11, 1), None, 1, date(2026, 12, 31)),
        (date(2024, 1, 1), MAY, 12, date(2027, 5, 31)),
        (MAY, date(2024, 1, 1), 12, date(2027, 5, 31)),
        (None, MAY, 12, date(2027, 5, 31)),
    ],
)
def test_the_last_training_or_refresher_stays_fresh_to_the_end_of_a_month(trained, refresher, months, until):
    assert fresh_until(trained, refresher, months) == until


def test_without_a_training_nothing_is_fresh():
    assert fresh_until(None, None, 24) is None


def test_everything_that_speaks_against_a_supporter_is_told():
    wanted, rules = Wanted(department="surgery", barred=frozenset({"robin"})), Rules("never")
    robin = Candidate("robin", department="surgery", resting_until=TODAY, open_now=2)
    expected = (Bar.RESTING, Bar.SAME_DEPARTMENT, Bar.ASKED_BEFORE, Bar.AT_LIMIT)
    assert reasons_against(wanted, robin, rules, TODAY) == expected
    assert reasons_against(wanted, Candidate("ari", department="emergency"), rules, TODAY) == ()
