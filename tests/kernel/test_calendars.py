"""A file for a calendar: the right moment in any zone, and nothing about what it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from touchbase.kernel.calendars import calendar_file

AT = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def lines_of(day: date, zone: str, place: str = "Library") -> dict[str, str]:
    file = calendar_file(
        key="abc",
        day=day,
        begins=time(17, 30),
        length=timedelta(minutes=90),
        place=place,
        title="Meeting",
        zone=ZoneInfo(zone),
        at=AT,
    )
    text = file.decode().replace("\r\n ", "")
    return dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        (date(2026, 3, 6), "America/New_York", "20260306T223000Z"),
        (date(2026, 3, 9), "America/New_York", "20260309T213000Z"),  # summer time began on the 8th
        (date(2026, 11, 2), "America/New_York", "20261102T223000Z"),  # and ended on the 1st
        (date(2026, 7, 1), "Australia/Adelaide", "20260701T080000Z"),
    ],
)
def test_half_past_five_is_half_past_five_where_the_program_is(day, zone, begins):
    assert lines_of(day, zone)["DTSTART"] == begins


def test_it_lasts_as_long_as_it_says_and_holds_these_lines_alone():
    found = lines_of(date(2026, 5, 11), "America/New_York", "Room 2, east; second door")
    assert (found["DTEND"], found["SUMMARY"], found["CLASS"]) == ("20260511T230000Z", "Meeting", "PRIVATE")
    assert found["LOCATION"] == r"Room 2\, east\; second door"
    assert set(found) == {
        "BEGIN", "END", "VERSION", "PRODID",
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "CLASS",
    }  # fmt: skip
