"""What a training or a meeting may be: picks, a day, a place of a few words, and nothing about people. Pure.

A place is the only text anybody can type here. It is one line, capped, and no referral leads to it.
"""

import unicodedata
from collections.abc import Callable, Collection, Mapping
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
MOST_MINUTES = 480
_Part = TypeVar("_Part")
_Pick = TypeVar("_Pick", bound=StrEnum)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


_SEATS = _("Enter how many seats there are, from 1 to 200.")
_MINUTES = _("Enter how many minutes it takes, up to 480.")


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
    """What was typed needs another look: `each` holds a sentence for each field."""

    code = "occasion-unclear"

    def __init__(self, each: Mapping[str, str]) -> None:
        super().__init__(next(iter(each.values())))
        self.each = each


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
    parts = _Parts()
    found = Session(
        kind=parts.take("kind", lambda: _pick(typed, "kind", Kind), Kind.TRAINING),
        way=parts.take("way", lambda: _pick(typed, "way", Way), Way.ON_SITE),
        day=parts.take("day", lambda: _day(typed, today), today),
        begins=parts.take("begins", lambda: _begins(typed), time()),
        hours=parts.take("hours", lambda: _hours(typed), MOST_HOURS),
        place=parts.take("place", lambda: _place(typed), ""),
        seats=parts.take("seats", lambda: _number(typed, "seats", MOST_SEATS, _SEATS), 0),
        teacher=parts.take("teacher", lambda: _pick(typed, "teacher", Teacher), Teacher.FACULTY),
    )
    parts.all_clear()
    return found


def gathering(typed: Mapping[str, str], topics: Collection[str], *, today: date) -> Gathering:
    """A meeting from what a form sent. Raises `OccasionUnclear` for all that doesn't do."""
    parts = _Parts()
    found = Gathering(
        circle=parts.take("circle", lambda: _pick(typed, "circle", Circle), Circle.TEAM),
        day=parts.take("day", lambda: _day(typed, today), today),
        begins=parts.take("begins", lambda: _begins(typed), time()),
        minutes=parts.take("minutes", lambda: _number(typed, "minutes", MOST_MINUTES, _MINUTES), 0),
        place=parts.take("place", lambda: _place(typed), ""),
        topics=parts.take("topics", lambda: _topics(topics), ()),
    )
    parts.all_clear()
    return found


class _Unfit(Exception):
    """A sentence about one part. It never holds what was typed."""


class _Parts:
    """Takes the parts of a form, and remembers what is wrong with each."""

    def __init__(self) -> None:
        self.wrong: dict[str, str] = {}

    def take(self, field: str, read: Callable[[], _Part], otherwise: _Part) -> _Part:
        try:
            return read()
        except _Unfit as unfit:
            self.wrong[field] = str(unfit)
            return otherwise

    def all_clear(self) -> None:
        if self.wrong:
            raise OccasionUnclear(self.wrong)


def _topics(picked: Collection[str]) -> tuple[Topic, ...]:
    known = tuple(topic for topic in Topic if topic in set(picked))
    if not known or len(known) != len(set(picked)) or len(known) > MOST_TOPICS:
        raise _Unfit(_("Pick one to six topics."))
    return known


def _pick(typed: Mapping[str, str], field: str, kind: type[_Pick]) -> _Pick:
    try:
        return kind(typed.get(field, ""))
    except ValueError:
        raise _Unfit(_("Pick one of these.")) from None


def _day(typed: Mapping[str, str], today: date) -> date:
    try:
        day = date.fromisoformat(typed.get("day", ""))
    except ValueError:
        raise _Unfit(_("Enter the day, like 2027-01-31.")) from None
    if day < today:
        raise _Unfit(_("Choose today or a later day."))
    if (day - today).days > 730:
        raise _Unfit(_("Choose a day within the next two years."))
    return day


def _begins(typed: Mapping[str, str]) -> time:
    try:
        return time.fromisoformat(typed.get("begins", "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise _Unfit(_("Enter when it begins, like 17:30.")) from None


def _hours(typed: Mapping[str, str]) -> Decimal:
    try:
        hours = Decimal(typed.get("hours", "").strip())
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS or hours * 2 % 1:
        raise _Unfit(_("Enter the hours in halves, like 1.5, up to 10."))
    return hours


def _number(typed: Mapping[str, str], field: str, most: int, sentence: str) -> int:
    text = typed.get(field, "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= number <= most:
        raise _Unfit(sentence)
    return number


def _place(typed: Mapping[str, str]) -> str:
    place = " ".join(typed.get("place", "").split())
    if not place or len(place) > PLACE_LENGTH or any(unicodedata.category(sign) in _UNSEEN for sign in place):
        raise _Unfit(_("Enter a room or a link's name, in 60 characters or fewer."))
    return place
