"""A day as a file for one's calendar: a neutral title, the place, and nothing about what it is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TYPE = "text/calendar; charset=utf-8"
FILE = "calendar.ics"  # the same for all: a file's name stays in a download folder


def calendar_file(
    *,
    key: str,
    day: date,
    begins: time,
    length: timedelta,
    place: str,
    title: str,
    zone: ZoneInfo,
    at: datetime,
) -> bytes:
    """One event as RFC 5545 wants it. `title` says nothing of the program; moments go out in UTC."""
    from icalendar import Calendar, Event  # loaded with the first file: a server starts without it

    start = datetime.combine(day, begins, tzinfo=zone).astimezone(ZoneInfo("UTC"))
    event = Event()
    event.add("uid", key)
    event.add("dtstamp", at)
    event.add("dtstart", start)
    event.add("dtend", start + length)
    event.add("summary", title)
    event.add("location", place)
    event.add("class", "PRIVATE")
    file = Calendar()
    file.add("prodid", "-//Touchbase//EN")
    file.add("version", "2.0")
    file.add_component(event)
    return bytes(file.to_ical())
