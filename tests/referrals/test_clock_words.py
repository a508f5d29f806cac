"""How a time is said: on a page, in a trail, and as what is left."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from tests.programs.days import NEW_YORK, USUAL, local, moments, policies
from touchbase.referrals import clock


@given(moments, policies)
def test_the_sentence_on_the_page_is_the_stored_due(arrived, policy):
    due = clock.match_due(arrived, policy)

    sentence = clock.said(due, policy.zone, arrived - timedelta(days=2))

    assert _read(sentence, due.astimezone(policy.zone).year, policy.zone) == due


def _read(sentence: str, year: int, zone: ZoneInfo) -> datetime:
    """The moment a sentence tells, as a reader with a calendar would find it."""
    words = sentence.split(" ")
    wall = datetime.strptime(" ".join([*words[:5], str(year)]), "%a, %b %d, %I:%M %p %Y")  # noqa: DTZ007
    found = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    named = [moment for moment in found if len(words) == 5 or moment.tzname() == words[5]]
    assert wall.strftime("%a") == words[0].rstrip(",")
    return named[0].astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (local(2026, 5, 13, 5), "Wed morning"),
        (local(2026, 5, 13, 11, 59), "Wed morning"),
        (local(2026, 5, 13, 12), "Wed afternoon"),
        (local(2026, 5, 13, 17), "Wed evening"),
        (local(2026, 5, 13, 21, 59), "Wed evening"),
        (local(2026, 5, 13, 22), "Wed night"),
        (local(2026, 5, 14, 4, 59), "Wed night"),
        (local(2026, 5, 17, 2), "Sat night"),
    ],
)
def test_a_trail_tells_the_part_of_a_day_and_a_night_belongs_to_its_evening(at, words):
    assert clock.part_of_day(at, NEW_YORK) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (local(2026, 5, 14, 15, 10), "Thu, May 14, 3:10 pm"),
        (local(2026, 5, 13, 15, 10), "today, 3:10 pm"),
        (local(2026, 5, 13, 0, 0), "today, 12:00 am"),
        (local(2026, 5, 12, 23, 59), "Tue, May 12, 11:59 pm"),
        (local(2026, 5, 14, 12, 5), "Thu, May 14, 12:05 pm"),
        (local(2026, 11, 1, 1, 30), "Sun, Nov 1, 1:30 am EDT"),
        (local(2026, 11, 1, 1, 30, fold=1), "Sun, Nov 1, 1:30 am EST"),
        (local(2026, 11, 1, 2, 30), "Sun, Nov 1, 2:30 am"),
    ],
)
def test_a_time_reads_as_people_say_it(at, words):
    assert clock.said(at, NEW_YORK, local(2026, 5, 13, 9)) == words


def test_today_is_the_programs_day_and_not_the_servers():
    late_evening = local(2026, 5, 13, 23)  # already the 14th in UTC

    assert clock.said(local(2026, 5, 13, 23, 30), NEW_YORK, late_evening) == "today, 11:30 pm"


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=2, minutes=10), "2 h 10 min left"),
        (timedelta(minutes=10, seconds=59), "10 min left"),
        (timedelta(hours=48), "48 h left"),
        (timedelta(seconds=59), "due now"),
        (timedelta(0), "due now"),
        (timedelta(seconds=-59), "due now"),
        (timedelta(minutes=-1), "1 min late"),
        (timedelta(hours=-5), "5 h late"),
        (timedelta(hours=-5, minutes=-1), "5 h 1 min late"),
    ],
)
def test_what_is_left_is_said_in_whole_minutes(away, words):
    now = local(2026, 5, 14, 13)

    assert clock.left(now + away, now) == words


def test_quiet_hours_and_holidays_are_asked_here_too():
    assert clock.next_waking(local(2026, 5, 14, 3), USUAL) == local(2026, 5, 14, 7)
    assert date(2026, 12, 25) in clock.holidays_of(USUAL, 2026)
    assert clock.days_after(local(2026, 3, 7, 2, 30), 1, NEW_YORK) == local(2026, 3, 8, 3, 30)
