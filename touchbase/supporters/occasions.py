"""What a training or a meeting may be: picks, a day, a place of a few words, and nothing about people. Pure.

A place is the only text anybody can type here. It is one line, capped, and no referral leads to it.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from touchbase.kernel.errors import DomainError
from touchbase.supporters.standing import Kind

PLACE_LENGTH = 60
MOST_SEATS = 200
MOST_HOURS = Decimal(10)
MOST_TOPICS = 6
_Pick = TypeVar("_Pick", bound=StrEnum)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


class Way(StrEnum):
    """How people come together."""

    ON_SITE = "on-site"
    ONLINE = "online"


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


class OccasionUnclear(DomainError):
    """A part of a training or a meeting that can't be kept as it was given. `field` is the part's name."""

    code = "occasion-unclear"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


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
    """A training from what a form sent. Raises `OccasionUnclear` for the first part that doesn't do."""
    return Session(
        kind=_pick(typed, "kind", Kind),
        way=_pick(typed, "way", Way),
        day=_day(typed, today),
        begins=_begins(typed),
        hours=_hours(typed),
        place=_place(typed),
        seats=_number(typed, "seats", MOST_SEATS, _("Enter how many seats there are, from 1 to 200.")),
        teacher=_pick(typed, "teacher", Teacher),
    )


def gathering(typed: Mapping[str, str], topics: Collection[str], *, today: date) -> Gathering:
    """A meeting from what a form sent. Raises `OccasionUnclear` for the first part that doesn't do."""
    known = tuple(topic for topic in Topic if topic in set(topics))
    if not known or len(known) != len(set(topics)) or len(known) > MOST_TOPICS:
        raise OccasionUnclear("topics", _("Pick one to six topics."))
    return Gathering(
        circle=_pick(typed, "circle", Circle),
        day=_day(typed, today),
        begins=_begins(typed),
        minutes=_number(typed, "minutes", 480, _("Enter how many minutes it takes, up to 480.")),
        place=_place(typed),
        topics=known,
    )


def _pick(typed: Mapping[str, str], field: str, kind: type[_Pick]) -> _Pick:
    try:
        return kind(typed.get(field, ""))
    except ValueError:
        raise OccasionUnclear(field, _("Pick one of these.")) from None


def _day(typed: Mapping[str, str], today: date) -> date:
    try:
        day = date.fromisoformat(typed.get("day", ""))
    except ValueError:
        raise OccasionUnclear("day", _("Enter the day, like 2027-01-31.")) from None
    if day < today:
        raise OccasionUnclear("day", _("Choose today or a later day."))
    if (day - today).days > 730:
        raise OccasionUnclear("day", _("Choose a day within the next two years."))
    return day


def _begins(typed: Mapping[str, str]) -> time:
    try:
        return time.fromisoformat(typed.get("begins", "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise OccasionUnclear("begins", _("Enter when it begins, like 17:30.")) from None


def _hours(typed: Mapping[str, str]) -> Decimal:
    try:
        hours = Decimal(typed.get("hours", "").strip())
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS or hours * 2 % 1:
        raise OccasionUnclear("hours", _("Enter the hours in halves, like 1.5, up to 10."))
    return hours


def _number(typed: Mapping[str, str], field: str, most: int, sentence: str) -> int:
    text = typed.get(field, "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= number <= most:
        raise OccasionUnclear(field, sentence)
    return number


def _place(typed: Mapping[str, str]) -> str:
    place = " ".join(typed.get("place", "").split())
    if not place or len(place) > PLACE_LENGTH or any(unicodedata.category(sign) in _UNSEEN for sign in place):
        raise OccasionUnclear("place", _("Enter a room or a link's name, in 60 characters or fewer."))
    return place
