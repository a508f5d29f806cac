"""A program's own days and hours: its holidays, its nights, and the same time of day on another day.

Moments go in and come out aware, in UTC; only the counting happens in the program's zone. A local hour that
is skipped in spring moves forward; one that comes twice in autumn means its first time.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from touchbase.kernel.clock import slot_down
from touchbase.programs.choices import Weekday
from touchbase.programs.policy import Policy

_WEEKDAYS = tuple(Weekday)
_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _public_holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    from holidays import country_holidays  # loaded when the first day is looked at: it knows every country

    try:
        kept = country_holidays(country, subdiv=region, years=year)
    except NotImplementedError:
        # Nobody is turned away because a calendar doesn't know a region: the country's days count then.
        return _public_holidays(country, None, year) if region else frozenset()
    return frozenset(day for day in kept if day.year == year)


def holidays_of(policy: Policy, year: int) -> frozenset[date]:
    """The days off of a year: the country's and region's, with the program's own added and taken away.

    Empty only where the calendar knows nothing of the country or year; `touchbase doctor` warns of it (D17).
    """
    public = _public_holidays(policy.program.country, policy.program.region, year)
    own = {day for day in policy.clock.holidays if day.year == year}
    return (public | own) - set(policy.clock.not_holidays)


def is_day_off(day: date, policy: Policy) -> bool:
    """Whether a local day is of the weekend or a holiday."""
    return _WEEKDAYS[day.weekday()] in policy.clock.weekend or day in holidays_of(policy, day.year)


def local_day(at: datetime, policy: Policy) -> date:
    """The day it is at the program."""
    return at.astimezone(policy.zone).date()


def on_the_wall(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """When the clocks of `zone` show `hour` on `day`."""
    return datetime.combine(day, hour, zone).astimezone(UTC)


def days_after(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of day `days` local days later, or earlier when negative."""
    if days == 0:
        return at.astimezone(UTC)
    local = at.astimezone(zone)
    return on_the_wall(local.date() + days * _DAY, local.time().replace(fold=0), zone)


def waking(day: date, policy: Policy) -> tuple[datetime, datetime]:
    """From when until when people are awake on a local day. The end isn't part of it."""
    begins = on_the_wall(day, policy.clock.wakes, policy.zone)
    return begins, max(begins, on_the_wall(day, policy.clock.sleeps, policy.zone))


def waking_since(at: datetime, policy: Policy) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the waking hours of the day of `at`, then those of each day after it. Endless."""
    day = local_day(at, policy)
    while True:
        begins, ends = waking(day, policy)
        if at < ends:
            yield max(at.astimezone(UTC), begins), ends
        day += _DAY


def next_waking(at: datetime, policy: Policy) -> datetime:
    """`at` itself in waking hours, else when the next ones begin: before that no mail is sent (D17)."""
    return next(waking_since(at, policy))[0]


def last_waking(at: datetime, policy: Policy) -> datetime:
    """`at` itself in waking hours, else the last half hour that begins in those before it.

    What somebody must still read before a deadline in the night is said in the evening, not in the morning.
    """
    day = local_day(at, policy)
    begins, ends = waking(day, policy)
    if at < begins:
        begins, ends = waking(day - _DAY, policy)
    return at.astimezone(UTC) if at < ends else max(begins, slot_down(ends - timedelta.resolution))
