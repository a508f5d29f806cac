"""Times where there is little room."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from touchbase.web.shared.when import left, short

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 5, 14, 16, 0, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (3, "3:00 pm"),
        (21, "Fri, 9:00 am"),
        (-40, "Tue, 8:00 pm"),
        (24 * 9, "Sat, May 23"),
        (-24 * 9, "Tue, May 5"),
    ],
)
def test_a_moment_is_as_short_as_it_stays_clear(hours: int, said: str) -> None:
    assert short(NOON + timedelta(hours=hours), NEW_YORK, NOON) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (130, "2 h 10 min left"),
        (-40, "40 min late"),
        (9 * 60 + 59, "9 h 59 min left"),
        (10 * 60 + 1, "10 h left"),
        (47 * 60 + 59, "47 h left"),
        (-56 * 60, "2 days late"),
        (0, "due now"),
    ],
)
def test_what_is_left_is_told_as_exactly_as_matters(minutes: int, said: str) -> None:
    assert left(NOON + timedelta(minutes=minutes), NOON) == said
