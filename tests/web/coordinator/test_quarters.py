"""Calendar quarters: which one is over, and how it reads."""

from datetime import date

import pytest

from touchbase.web.coordinator.quarters import quarter_before


@pytest.mark.parametrize(
    ("day", "key", "said"),
    [
        (date(2026, 3, 31), "2025-Q4", "October to December 2025"),
        (date(2026, 4, 1), "2026-Q1", "January to March 2026"),
        (date(2026, 6, 30), "2026-Q1", "January to March 2026"),
        (date(2026, 12, 31), "2026-Q3", "July to September 2026"),
        (date(2028, 7, 1), "2028-Q2", "April to June 2028"),
    ],
)
def test_the_newest_quarter_that_is_over(day, key, said):
    found = quarter_before(day)
    assert (found.key, found.said) == (key, said)


def test_a_quarter_is_three_whole_months():
    found = quarter_before(date(2028, 5, 1))
    assert (found.first, found.last) == (date(2028, 1, 1), date(2028, 3, 31))
