"""The days or weeks of a program's roster, on its own calendar. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from touchbase.matching.roster import Rules, Slot
from touchbase.programs.hours import holidays_of, is_day_off
from touchbase.programs.policy import Policy, RosterKept
from touchbase.programs.translated import as_written

_DAY = timedelta(days=1)
_WEEK = 7 * _DAY
# Labels of the policy's times that are days off. A program that offers none of them doesn't tell days apart.
_OFF = frozenset({"weekends", "days off"})


def start(day: date, policy: Policy) -> date:
    """The first day of the day or week that holds a day."""
    return day - day.weekday() * _DAY if policy.roster.kept is RosterKept.WEEKS else day


def slot(day: date, policy: Policy) -> Slot:
    """The day or week that holds a day, what it takes, and whether it is a heavy one."""
    if policy.roster.kept is RosterKept.WEEKS:
        first = start(day, policy)
        return Slot(first, first + _WEEK - _DAY, heavy=_holds_holiday(first, policy))
    off = is_day_off(day, policy)
    times = {option.key: as_written(option.label, policy).lower() in _OFF for option in policy.contact.times}
    parts = (
        frozenset(key for key, is_off in times.items() if is_off is off)
        if any(times.values())
        else frozenset()
    )
    return Slot(day, day, parts, heavy=off)


def _holds_holiday(monday: date, policy: Policy) -> bool:
    """Every week has a weekend; only a holiday on one of its first five days makes it heavier than others."""
    return any(day in holidays_of(policy, day.year) for day in (monday + n * _DAY for n in range(5)))


def slots(since: date, until: date, policy: Policy) -> Iterator[Slot]:
    """All of them from the one that holds `since` to the one that holds `until`."""
    day = start(since, policy)
    while day <= until:
        yield slot(day, policy)
        day += policy.roster.slot_days * _DAY


def end(today: date, policy: Policy) -> date:
    """The last day for which the roster is made now."""
    return start(today, policy) + policy.roster.ahead_weeks * _WEEK - _DAY


def rules(policy: Policy) -> Rules:
    """What the policy says about its roster, as the solver takes it."""
    roster = policy.roster
    return Rules(roster.second, roster.most_a_year, roster.apart_days)
