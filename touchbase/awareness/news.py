"""A program's email list: what stands behind a link, how many get the news, what it says. Reading only."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from touchbase.awareness.models import Bulletin, Subscriber
from touchbase.kernel.errors import DomainError, NotFound

TEXT_LENGTH = 400
ADDRESS_LENGTH = 254


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Who holds a link. Printing it shows no address."""

    key: str
    program: str
    address: str = field(repr=False)
    confirmed: bool


def address_from(typed: str) -> str:
    """An address as it is kept. Raises `DomainError`."""
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or not address.isascii() or len(address) > ADDRESS_LENGTH:
        raise DomainError(_("Enter an email address, like robin.vale@example.org."))
    return address


def text_from(typed: str) -> str:
    """What a coordinator typed, as it is mailed. Raises `DomainError`."""
    lines = [" ".join(line.split()) for line in typed.strip().splitlines()]
    text = "\n".join(lines)
    if not text:
        raise DomainError(_("Write what is new, in a few sentences."))
    if len(text) > TEXT_LENGTH:
        raise DomainError(_("Keep it to 400 characters."))
    if any(unicodedata.category(sign) in {"Cf", "Cs", "Co", "Cc"} for sign in text.replace("\n", "")):
        raise DomainError(_("Write it without hidden characters."))
    return text


def subscribed(key: str, today: date) -> Subscribed:
    """Who holds a link. Raises `NotFound` when they left, didn't confirm in time, or never were."""
    row = Subscriber.objects.filter(pk=key).first()
    if row is None or (row.dies_on is not None and row.dies_on < today):
        raise gone()
    return Subscribed(row.id, row.program_id, row.address, row.dies_on is None)


def how_many(program_id: str) -> int:
    """How many addresses get the news."""
    return Subscriber.objects.filter(program_id=program_id, dies_on=None).count()


def last_sent(program_id: str) -> date | None:
    """The day on which news last went out; None when it never did."""
    sent = Bulletin.objects.filter(program_id=program_id)
    return sent.values_list("sent_on", flat=True).first()


def last_text(program_id: str) -> str:
    """What the last news said. Raises `NotFound` when there was none."""
    row = Bulletin.objects.filter(program_id=program_id).first()
    if row is None:
        raise gone()
    return row.text


def gone() -> NotFound:
    """What is said of an address that isn't on the list."""
    return NotFound(_("This address isn't on the list. Nothing of it is kept here."))
