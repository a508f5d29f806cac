"""What faculty plan and offer: picks, a day, a place of a few words, and nothing about people. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from touchbase.kernel.occasion import (
    MINUTES,
    MOST_HOURS,
    MOST_MINUTES,
    MOST_SEATS,
    Kind,
    Parts,
    Unfit,
    Way,
    begin,
    half_hours,
    line,
    number,
    pick,
    planned_day,
    room,
)


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


TITLE_LENGTH = 80
ADDRESS_LENGTH = 200
UNSAFE = " <>\"'`\\^{|}"  # no link needs them written out
_TITLE = _("Enter what it is called, in 80 characters or fewer.")
_LINK = _("Enter a link that begins with https://, in 200 characters or fewer.")
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


class Shelf(StrEnum):
    """What kind of document it is."""

    GUIDE = "guide"
    SLIDES = "slides"
    FORM = "form"
    LETTER = "letter"
    STUDY = "study"
    RECORDING = "recording"


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


@dataclass(frozen=True, slots=True)
class Asking:
    """A call that a member asks for."""

    topic: Topic
    days: Days
    hours: Hours


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document to be put into the library."""

    title: str
    kind: Shelf
    address: str


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


def asking(typed: Mapping[str, str]) -> Asking:
    """A call from what a form sent. Raises `OccasionUnclear` for all that wasn't picked."""
    parts = Parts()
    found = Asking(
        topic=parts.take("topic", lambda: pick(typed, "topic", Topic), Topic.OTHER),
        days=parts.take("days", lambda: pick(typed, "days", Days), Days.ANY),
        hours=parts.take("hours", lambda: pick(typed, "hours", Hours), Hours.ANY),
    )
    parts.all_clear()
    return found


def shelved(typed: Mapping[str, str]) -> Shelved:
    """A document from what a form sent. Raises `OccasionUnclear` for all that doesn't do."""
    parts = Parts()
    found = Shelved(
        title=parts.take("title", lambda: line(typed, "title", TITLE_LENGTH, _TITLE), ""),
        kind=parts.take("kind", lambda: pick(typed, "kind", Shelf), Shelf.GUIDE),
        address=parts.take("address", lambda: _address(typed), ""),
    )
    parts.all_clear()
    return found


def link(typed: Mapping[str, str]) -> str:
    """Where a new version lies, from what a form sent. Raises `OccasionUnclear`."""
    parts = Parts()
    found = parts.take("address", lambda: _address(typed), "")
    parts.all_clear()
    return found


def _address(typed: Mapping[str, str]) -> str:
    """A link a browser opens by https, without a name and password in it."""
    text = line(typed, "address", ADDRESS_LENGTH, _LINK)
    try:
        found = urlsplit(text)
        port = found.port
    except ValueError:
        raise Unfit(_LINK) from None
    plain = found.scheme == "https" and "@" not in found.netloc and port in {None, 443}
    if (
        not plain
        or "." not in (found.hostname or "")
        or not text.isascii()
        or any(sign in text for sign in UNSAFE)
    ):
        raise Unfit(_LINK)
    return text


def on_clocks_of(zone: ZoneInfo, *, day: date, begins: time, center: ZoneInfo) -> tuple[date, time]:
    """The day and hour in a member's zone of what was planned by the clocks of the center."""
    there = datetime.combine(day, begins, tzinfo=center).astimezone(zone)
    return there.date(), there.time()
