"""By when: every due time of a referral, and how a time is said.

Pure. Moments are aware and come out in UTC; what is stored is a half hour, rounded down (ruling A13). Hours
run in absolute time, days by the program's own calendar: nothing depends on when the server was awake.
Sources: product.md sections 3 and 6; rulings B3 to B5, B29, D17.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from touchbase.kernel.clock import slot_down
from touchbase.programs.hours import (
    days_after,
    holidays_of,
    is_day_off,
    last_waking,
    local_day,
    next_waking,
    waking,
    waking_since,
)
from touchbase.programs.policy import Policy

__all__ = [
    "Spelling",
    "ask_at",
    "ask_expires",
    "day_begins",
    "days_after",
    "holidays_of",
    "idle_until",
    "last_waking",
    "left",
    "longest_until",
    "match_due",
    "next_waking",
    "note_due",
    "part_of_day",
    "reminders",
    "rest_until",
    "said",
    "second_touch_window",
    "touch_due",
]

_MINUTE = timedelta(minutes=1)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A night belongs to the evening before it: two in the morning on Thursday is still Wednesday night.
_NIGHT_ENDS = timedelta(hours=5)
_PARTS = ((time(12), "morning"), (time(17), "afternoon"), (time(22), "evening"))


def match_due(arrived: datetime, policy: Policy) -> datetime:
    """By when a supporter should have accepted. The day of arrival alone says which clock runs."""
    weekend = is_day_off(local_day(arrived, policy), policy)
    hours = policy.clock.weekend_match_within_hours if weekend else policy.clock.match_within_hours
    return slot_down(arrived.astimezone(UTC) + timedelta(hours=hours))


def touch_due(accepted: datetime, policy: Policy) -> datetime:
    """By when a supporter who accepted should have written."""
    return slot_down(accepted.astimezone(UTC) + timedelta(hours=policy.clock.touch_within_hours))


def note_due(arrived: datetime, policy: Policy) -> datetime:
    """By when the person hears from a peer: what the thank-you page promises (ruling B3)."""
    return touch_due(match_due(arrived, policy), policy)


def reminders(arrived: datetime, due: datetime, policy: Policy | None = None) -> tuple[datetime, datetime]:
    """When to remind: at half of the time and at 80 % of it.

    With a policy, one that falls into the night comes in the evening before it, so that nobody reads it only
    when the time is over.
    """
    return _reminder(arrived, due, 50, policy), _reminder(arrived, due, 80, policy)


def _reminder(arrived: datetime, due: datetime, percent: int, policy: Policy | None) -> datetime:
    moment = slot_down(arrived.astimezone(UTC) + (due - arrived) * percent / 100)
    if policy is None:
        return moment
    return max(slot_down(arrived.astimezone(UTC)), slot_down(last_waking(moment, policy)))


def ask_at(arrived: datetime, due: datetime, share: float) -> datetime:
    """When the clock itself asks the best match: at a share of the time, above 0 and below 1."""
    return slot_down(arrived.astimezone(UTC) + (due - arrived) * share)


def ask_expires(asked: datetime, policy: Policy) -> datetime:
    """When an ask that nobody answered goes to the next. Only waking hours count (ruling B5)."""
    remaining = timedelta(hours=policy.clock.ask_expires_after_hours)
    days = waking_since(asked, policy)
    begins, ends = next(days)
    while begins + remaining > ends:
        remaining -= ends - begins
        begins, ends = next(days)
    return slot_down(begins + remaining)


def second_touch_window(first: datetime, policy: Policy) -> tuple[datetime, datetime]:
    """From when and until when the second, last note may go out."""
    opens = days_after(first, policy.clock.second_touch_after_days, policy.zone)
    closes = days_after(first, policy.clock.second_touch_until_days, policy.zone)
    return slot_down(opens), slot_down(closes)


def rest_until(since: datetime, policy: Policy) -> datetime:
    """Until when an answer can still be changed (ruling A4)."""
    return slot_down(days_after(since, policy.clock.rest_days, policy.zone))


def idle_until(active: datetime, policy: Policy) -> datetime:
    """When a referral closes in which nothing happened since `active`."""
    return slot_down(days_after(active, policy.clock.idle_days, policy.zone))


def longest_until(arrived: datetime, policy: Policy) -> datetime:
    """When a referral closes whatever happened."""
    return slot_down(days_after(arrived, policy.clock.longest_days, policy.zone))


def day_begins(day: date, policy: Policy) -> datetime:
    """When something agreed for a day is due: as people wake."""
    return slot_down(waking(day, policy)[0])


def part_of_day(at: datetime, zone: ZoneInfo) -> str:
    """As much as a trail tells of a moment: "Wed afternoon". Night is from ten to five."""
    local = at.astimezone(zone).replace(tzinfo=None)
    if local.time() < time(_NIGHT_ENDS.seconds // 3600):
        return f"{_DAYS[(local - _NIGHT_ENDS).weekday()]} night"
    part = next((name for end, name in _PARTS if local.time() < end), "night")
    return f"{_DAYS[local.weekday()]} {part}"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language says today, and a day with its weekday."""

    today: str
    day: Callable[[date], str]


ENGLISH = Spelling("today", lambda day: f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}")


def said(at: datetime, zone: ZoneInfo, now: datetime, spelling: Spelling = ENGLISH) -> str:
    """A moment as people read it, in the program's zone: "Thu, May 14, 3:10 pm", or "today, 3:10 pm".

    In the hour that comes twice in autumn the zone's short name says which one is meant.
    """
    local = at.astimezone(zone)
    today = local.date() == now.astimezone(zone).date()
    day = spelling.today if today else spelling.day(local.date())
    hour = f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{day}, {hour} {local.tzname()}" if twice else f"{day}, {hour}"


def left(at: datetime, now: datetime) -> str:
    """How far away a due time is: "2 h 10 min left", "due now", "5 h late". Whole minutes."""
    minutes = abs(at - now) // _MINUTE
    if not minutes:
        return "due now"
    hours, rest = divmod(minutes, 60)
    span = " ".join(f"{n} {unit}" for n, unit in ((hours, "h"), (rest, "min")) if n)
    return f"{span} left" if at > now else f"{span} late"
