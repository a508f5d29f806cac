"""What a training or a meeting may be: picks, a day, a place of a few words; nothing about people. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from touchbase.kernel.occasion import (
    MINUTES,
    MOST_HOURS,
    MOST_MINUTES,
    MOST_SEATS,
    SEATS,
    Kind,
    Parts,
    Unfit,
    Way,
    begin,
    half_hours,
    number,
    pick,
    planned_day,
    room,
)

MOST_TOPICS = 6


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


class Teacher(StrEnum):
    """Who leads a session: a role, never a name."""

    FACULTY = "faculty"
    COORDINATOR = "coordinator"
    LEAD_PEER = "lead-peer"
    OUTSIDE = "outside"


class Said(StrEnum):
    """What a supporter says to a session."""

    COMING = "coming"
    CANNOT = "cannot"


class Circle(StrEnum):
    """Who meets."""

    TEAM = "team"
    SUPPORTERS = "supporters"


class Topic(StrEnum):
    """What a meeting may be about. A fixed list, so that nobody's name or story can stand in it."""

    CARE = "care"
    SKILLS = "skills"
    SAFETY = "safety"
    RESOURCES = "resources"
    REACH = "reach"
    NUMBERS = "numbers"
    TRAINING = "training"
    ROSTER = "roster"
    RULES = "rules"
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Session:
    """A training to be planned."""

    kind: Kind
    way: Way
    day: date
    begins: time
    hours: Decimal
    place: str
    seats: int
    teacher: Teacher


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting to be planned."""

    circle: Circle
    day: date
    begins: time
    minutes: int
    place: str
    topics: tuple[Topic, ...]


def session(typed: Mapping[str, str], *, today: date) -> Session:
    """A training from what a form sent. Raises `OccasionUnclear` for all that doesn't do."""
    parts = Parts()
    found = Session(
        kind=parts.take("kind", lambda: pick(typed, "kind", Kind), Kind.TRAINING),
        way=parts.take("way", lambda: pick(typed, "way", Way), Way.ON_SITE),
        day=parts.take("day", lambda: planned_day(typed, today), today),
        begins=parts.take("begins", lambda: begin(typed), time()),
        hours=parts.take("hours", lambda: half_hours(typed), MOST_HOURS),
        place=parts.take("place", lambda: room(typed), ""),
        seats=parts.take("seats", lambda: number(typed, "seats", MOST_SEATS, SEATS), 0),
        teacher=parts.take("teacher", lambda: pick(typed, "teacher", Teacher), Teacher.FACULTY),
    )
    parts.all_clear()
    return found


def gathering(typed: Mapping[str, str], topics: Collection[str], *, today: date) -> Gathering:
    """A meeting from what a form sent. Raises `OccasionUnclear` for all that doesn't do."""
    parts = Parts()
    found = Gathering(
        circle=parts.take("circle", lambda: pick(typed, "circle", Circle), Circle.TEAM),
        day=parts.take("day", lambda: planned_day(typed, today), today),
        begins=parts.take("begins", lambda: begin(typed), time()),
        minutes=parts.take("minutes", lambda: number(typed, "minutes", MOST_MINUTES, MINUTES), 0),
        place=parts.take("place", lambda: room(typed), ""),
        topics=parts.take("topics", lambda: _topics(topics), ()),
    )
    parts.all_clear()
    return found


def _topics(picked: Collection[str]) -> tuple[Topic, ...]:
    known = tuple(topic for topic in Topic if topic in set(picked))
    if not known or len(known) != len(set(picked)) or len(known) > MOST_TOPICS:
        raise Unfit(_("Pick one to six topics."))
    return known
