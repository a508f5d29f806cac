"""What faculty plan and offer: picks, a day, a place of a few words, and nothing about people. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from touchbase.kernel.occasion import (
    MINUTES,
    MOST_HOURS,
    MOST_MINUTES,
    MOST_SEATS,
    Kind,
    Parts,
    Way,
    begin,
    half_hours,
    number,
    pick,
    planned_day,
    room,
)


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


_PLACES = _("Enter how many places there are, from 1 to 200.")


class Topic(StrEnum):
    """What a call or an event is about. A fixed list, so that nobody's name or story can stand in it."""

    LEADERSHIP = "leadership"
    TIME = "time"
    RECRUITING = "recruiting"
    TRAINING = "training"
    BEGINNING = "beginning"
    SEASON = "season"
    CARE = "care"
    NUMBERS = "numbers"
    POLICY = "policy"
    OTHER = "other"  # it is said on the phone, or there


class Days(StrEnum):
    """Which part of the week suits a member best."""

    ANY = "any"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"


class Hours(StrEnum):
    """Which part of a day suits a member best."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class Form(StrEnum):
    """What form an event has."""

    CALL = "call"
    WORKSHOP = "workshop"
    OPEN = "open"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Offered:
    """A training session to be offered."""

    kind: Kind
    way: Way
    day: date
    begins: time
    hours: Decimal
    place: str
    places: int


@dataclass(frozen=True, slots=True)
class Planned:
    """An event to be planned."""

    form: Form
    topic: Topic
    way: Way
    day: date
    begins: time
    minutes: int
    place: str


def offered(typed: Mapping[str, str], *, today: date) -> Offered:
    """A session from what a form sent. Raises `OccasionUnclear` for all that doesn't do."""
    parts = Parts()
    found = Offered(
        kind=parts.take("kind", lambda: pick(typed, "kind", Kind), Kind.TRAINING),
        way=parts.take("way", lambda: pick(typed, "way", Way), Way.ON_SITE),
        day=parts.take("day", lambda: planned_day(typed, today), today),
        begins=parts.take("begins", lambda: begin(typed), time()),
        hours=parts.take("hours", lambda: half_hours(typed), MOST_HOURS),
        places=parts.take("places", lambda: number(typed, "places", MOST_SEATS, _PLACES), 1),
        place=parts.take("place", lambda: room(typed), ""),
    )
    parts.all_clear()
    return found


def planned(typed: Mapping[str, str], *, today: date) -> Planned:
    """An event from what a form sent. Raises `OccasionUnclear` for all that doesn't do."""
    parts = Parts()
    found = Planned(
        form=parts.take("form", lambda: pick(typed, "form", Form), Form.CALL),
        topic=parts.take("topic", lambda: pick(typed, "topic", Topic), Topic.OTHER),
        way=parts.take("way", lambda: pick(typed, "way", Way), Way.ONLINE),
        day=parts.take("day", lambda: planned_day(typed, today), today),
        begins=parts.take("begins", lambda: begin(typed), time()),
        minutes=parts.take("minutes", lambda: number(typed, "minutes", MOST_MINUTES, MINUTES), 1),
        place=parts.take("place", lambda: room(typed), ""),
    )
    parts.all_clear()
    return found


def on_clocks_of(zone: ZoneInfo, *, day: date, begins: time, center: ZoneInfo) -> tuple[date, time]:
    """The day and hour in a member's zone of what was planned by the clocks of the center."""
    there = datetime.combine(day, begins, tzinfo=center).astimezone(zone)
    return there.date(), there.time()
