"""What a supporter says of themself, checked against what the program offers to pick."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from touchbase.kernel.errors import DomainError
from touchbase.matching.names import TITLES, called
from touchbase.programs.policy import Channel, Kind, Policy, Weekday

OWN_WORDS_LENGTH = 300
TITLE_LENGTH = 80
HIGHEST_LIMIT = 3  # people at once; what anybody may promise (rulings, section G)
_LANGUAGE = re.compile(r"[a-z]{2}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})  # control, bidi and other hidden signs


class Visibility(StrEnum):
    """Who learns that a supporter offers a topic (ruling C12)."""

    PUBLIC = "public"
    ASKING = "asking"
    MATCHING = "matching"


class Details(TypedDict, total=False):
    """The parts of a profile. What is left out stays as it is."""

    active: bool
    profession: str
    stage: str
    department: str
    site: str
    leads: Collection[str]  # departments
    languages: Collection[str]  # "en"
    topics: Mapping[str, str]  # topic -> a `Visibility`
    title: str  # "an emergency physician"
    own_words: str
    phone: str  # as people write it
    public: bool
    contact_public: str  # a phone or mail address, as people write it
    limit: int
    days: Collection[str]  # "mon"
    parts_of_week: Collection[str]
    nights: bool
    channels: Collection[str]
    trained_month: date | None
    refresher_month: date | None


class DetailsUnclear(DomainError):
    """A part of a profile that can't be kept as it was given. `field` is the part's name."""

    code = "details-unclear"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def checked(details: Details, policy: Policy) -> dict[str, Any]:
    """The parts as they are stored. Raises `DetailsUnclear` for the first that doesn't fit the program."""
    kept: dict[str, Any] = {}
    for field, value in details.items():
        try:
            kept[field] = _CHECKS[field](value, policy)
        except _Unfit as unfit:
            raise DetailsUnclear(field, str(unfit)) from None
    return kept


def unclear_in(details: Details, policy: Policy) -> dict[str, str]:
    """What needs another look: a sentence for each part that doesn't fit, all at once."""
    found: dict[str, str] = {}
    for field, value in details.items():
        try:
            _CHECKS[field](value, policy)
        except _Unfit as unfit:
            found[field] = str(unfit)
    return found


def first_name(name: str) -> str:
    """What a letter is signed with: "Marcus" of "Dr. Marcus Bell"."""
    words = name.split()
    return next((word for word in words if word.casefold().rstrip(".") not in TITLES), name)


def initials(name: str) -> str:
    """What stands where others have a picture: "RV"."""
    words = called(name).split()
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()


class _Unfit(Exception):
    """A sentence about one part. It never holds what was typed."""


Check = Callable[[Any, Policy], object]


def _pick(kind: Kind, *, needed: bool = False) -> Check:
    def check(value: str, policy: Policy) -> str:
        if value in policy.keys(kind) or not (value or needed):
            return value
        raise _Unfit(_("Pick one from the list."))

    return check


def _picks(kind: Kind) -> Check:
    return lambda value, policy: _all_in(value, policy.keys(kind))


def _all_in(value: Collection[str], offered: Collection[str]) -> list[str]:
    if not set(value) <= set(offered):
        raise _Unfit(_("Pick from the list."))
    return sorted(set(value))


def _languages(value: Collection[str], _policy: Policy) -> list[str]:
    if not value or not all(_LANGUAGE.fullmatch(code) for code in value):
        raise _Unfit(_("Pick at least one language."))
    return sorted(set(value))


def _topics(value: Mapping[str, str], policy: Policy) -> dict[str, str]:
    _all_in(value, policy.keys("topic"))
    _all_in(list(value.values()), list(Visibility))
    return dict(value)


def _channels(value: Collection[str], _policy: Policy) -> list[str]:
    return _all_in(value, list(Channel))


def _title(value: str, _policy: Policy) -> str:
    return _text(" ".join(value.split()), TITLE_LENGTH)


def _own_words(value: str, _policy: Policy) -> str:
    return _text("\n".join(line.strip() for line in value.strip().splitlines()), OWN_WORDS_LENGTH)


def _text(value: str, length: int) -> str:
    if len(value) > length:
        raise _Unfit(_("Make it shorter: %(n)s characters at most.") % {"n": length})
    if any(unicodedata.category(sign) in _UNSEEN for sign in value.replace("\n", "")):
        raise _Unfit(_("Write it without hidden characters."))
    return value


def _phone(value: str, policy: Policy) -> str:
    """As E.164, so that it equals the contact of somebody who asks (ruling D9)."""
    if not value:
        return ""
    try:
        number = phonenumbers.parse(value, policy.program.country)
    except phonenumbers.NumberParseException:
        number = phonenumbers.PhoneNumber()
    if not phonenumbers.is_possible_number(number):
        raise _Unfit(_("Enter a phone number with its area code."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def contact_from(value: str, policy: Policy) -> str:
    """A phone number as E.164 or a mail address in small letters, as contacts of people who ask are written.

    Raises `DetailsUnclear` about `contact`; nothing typed is repeated.
    """
    try:
        return _contact(value, policy)
    except _Unfit as unfit:
        raise DetailsUnclear("contact", str(unfit)) from None


def _contact(value: str, policy: Policy) -> str:
    value = value.strip()
    if "@" not in value:
        return _phone(value, policy)
    try:
        validate_email(value)
    except ValidationError:
        raise _Unfit(_("Enter one email address, like name@example.org.")) from None
    return value.lower()


def _days(value: Collection[str], _policy: Policy) -> list[str]:
    _all_in(value, list(Weekday))
    return [day.value for day in Weekday if day in set(value)]


def _limit(value: int, _policy: Policy) -> int:
    if 0 <= value <= HIGHEST_LIMIT:
        return value
    raise _Unfit(_("Choose how many people at once: none to three."))


def _month(value: date | None, _policy: Policy) -> date | None:
    return value and value.replace(day=1)


def _flag(value: bool, _policy: Policy) -> bool:
    return value


_CHECKS: Mapping[str, Check] = {
    "active": _flag,
    "profession": _pick("profession", needed=True),
    "stage": _pick("stage"),
    "department": _pick("department"),
    "site": _pick("site"),
    "leads": _picks("department"),
    "languages": _languages,
    "topics": _topics,
    "title": _title,
    "own_words": _own_words,
    "phone": _phone,
    "public": _flag,
    "contact_public": _contact,
    "limit": _limit,
    "days": _days,
    "parts_of_week": _picks("time"),
    "nights": _flag,
    "channels": _channels,
    "trained_month": _month,
    "refresher_month": _month,
}
