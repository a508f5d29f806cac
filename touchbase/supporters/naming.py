"""What somebody types who names a colleague or themself: a name, an address, never why (B35). Pure."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from touchbase.kernel.errors import DomainError

NAME_LENGTH = 80
_ADDRESS = re.compile(r"[^@\s]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


class NominationState(StrEnum):
    """Where somebody stands who was named, those first who wait for a decision."""

    NAMED = "named"  # nothing was sent
    UNDELIVERED = "undelivered"  # the mail couldn't be sent
    INVITED = "invited"
    ASIDE = "aside"  # not invited, and not shown among those who wait


# Who may open their link: the desk can hand it over itself where no mail arrives (ruling A8).
INVITED = (NominationState.INVITED, NominationState.UNDELIVERED)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who was named. Printing it shows nothing of it."""

    name: str = field(repr=False)
    contact: str = field(repr=False)  # a mail address in small letters
    by_themself: bool = False


class NotClear(DomainError):
    """What was typed needs another look: `each` holds a sentence for each field."""

    code = "not-clear"

    def __init__(self, each: dict[str, str]) -> None:
        super().__init__(next(iter(each.values())))
        self.each = each


def named(name: str, contact: str, *, by_themself: bool) -> Named:
    """Name and address as they are kept. Raises `NotClear`."""
    name, contact = " ".join(name.split()), contact.strip().lower()
    wrong = {}
    if not 0 < len(name) <= NAME_LENGTH or any(unicodedata.category(sign) in _UNSEEN for sign in name):
        wrong["name"] = _("Enter the name colleagues know, in 80 characters or fewer.")
    if len(contact) > 254 or not contact.isascii() or not _ADDRESS.fullmatch(contact):
        wrong["contact"] = _("Enter an email address, like robin.vale@example.org.")
    if wrong:
        raise NotClear(wrong)
    return Named(name, contact, by_themself)
