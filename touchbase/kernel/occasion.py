"""What any occasion people plan is made of: a way to meet, a day, an hour, a place of a few words. Pure.

A place is the only text anybody can type here. It is one line, capped, and no referral leads to it.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from touchbase.kernel.errors import DomainError

PLACE_LENGTH = 60
MOST_SEATS = 200
MOST_HOURS = Decimal(10)
MOST_MINUTES = 480
_Part = TypeVar("_Part")
_Pick = TypeVar("_Pick", bound=StrEnum)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


SEATS = _("Enter how many seats there are, from 1 to 200.")
MINUTES = _("Enter how many minutes it takes, up to 480.")


class Way(StrEnum):
    """How people come together."""

    ON_SITE = "on-site"
    ONLINE = "online"


class Kind(StrEnum):
    """What a training session counts for."""

    TRAINING = "training"
    REFRESHER = "refresher"


class OccasionUnclear(DomainError):
    """What was typed needs another look: `each` holds a sentence for each field."""

    code = "occasion-unclear"

    def __init__(self, each: Mapping[str, str]) -> None:
        super().__init__(next(iter(each.values())))
        self.each = each


class Unfit(Exception):
    """A sentence about one part. It never holds what was typed."""


class Parts:
    """Takes the parts of a form, and remembers what is wrong with each."""

    def __init__(self) -> None:
        self.wrong: dict[str, str] = {}

    def take(self, field: str, read: Callable[[], _Part], otherwise: _Part) -> _Part:
        """What `read` makes of a field; `otherwise`, and its sentence is kept, when it doesn't do."""
        try:
            return read()
        except Unfit as unfit:
            self.wrong[field] = str(unfit)
            return otherwise

    def all_clear(self) -> None:
        """Raise `OccasionUnclear` when anything didn't do."""
        if self.wrong:
            raise OccasionUnclear(self.wrong)


def pick(typed: Mapping[str, str], field: str, kind: type[_Pick]) -> _Pick:
    """One of a fixed list. This and the following raise `Unfit`."""
    try:
        return kind(typed.get(field, ""))
    except ValueError:
        raise Unfit(_("Pick one of these.")) from None


def planned_day(typed: Mapping[str, str], today: date) -> date:
    """A day from today on, within two years."""
    try:
        day = date.fromisoformat(typed.get("day", ""))
    except ValueError:
        raise Unfit(_("Enter the day, like 2027-01-31.")) from None
    if day < today:
        raise Unfit(_("Choose today or a later day."))
    if (day - today).days > 730:
        raise Unfit(_("Choose a day within the next two years."))
    return day


def begin(typed: Mapping[str, str]) -> time:
    """When it begins, to the minute."""
    try:
        return time.fromisoformat(typed.get("begins", "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Unfit(_("Enter when it begins, like 17:30.")) from None


def half_hours(typed: Mapping[str, str]) -> Decimal:
    """How long it takes, in halves of an hour."""
    try:
        hours = Decimal(typed.get("hours", "").strip())
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS or hours * 2 % 1:
        raise Unfit(_("Enter the hours in halves, like 1.5, up to 10."))
    return hours


def number(typed: Mapping[str, str], field: str, most: int, sentence: str) -> int:
    """A whole number from 1 on."""
    text = typed.get(field, "").strip()
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= found <= most:
        raise Unfit(sentence)
    return found


def line(typed: Mapping[str, str], field: str, most: int, sentence: str) -> str:
    """One line without anything unseen in it."""
    text = " ".join(typed.get(field, "").split())
    if not text or len(text) > most or any(unicodedata.category(sign) in _UNSEEN for sign in text):
        raise Unfit(sentence)
    return text


def room(typed: Mapping[str, str]) -> str:
    """Where it is."""
    return line(typed, "place", PLACE_LENGTH, _("Enter a room or a link's name, in 60 characters or fewer."))
