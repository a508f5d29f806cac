"""Whom a supporter shouldn't be matched with, kept so that nobody can read it.

Somebody types the contact of a colleague. That is personal data of a third person who knows nothing of it,
so only a fingerprint is kept: keyed with the installation's secret, and another one for each supporter, so
that two lists can't be laid side by side. The desk never sees it. It is a contact and no name, because
whoever looks for a peer never opens a name (ruling B6).
"""

from collections.abc import Collection, Sequence

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from touchbase.kernel.errors import DomainError

MOST = 12


class ApartFull(DomainError):
    """The list holds as many as it may."""

    code = "apart-full"


def fingerprint(membership: str, contact: str) -> str:
    """What is kept of a contact, as E.164 or a mail address in small letters."""
    return salted_hmac(f"supporters.apart/{membership}", contact, algorithm="sha256").hexdigest()


def keeps_apart(membership: str, kept: Collection[str], contact: str) -> bool:
    """Whether a supporter said that they shouldn't be matched with whoever has this contact."""
    return bool(kept and contact) and fingerprint(membership, contact) in kept


def added(kept: Sequence[str], mark: str) -> list[str]:
    """The list with one more. In no order that tells who came first. Raises `ApartFull`."""
    marks = {*kept, mark}
    if len(marks) > MOST:
        raise ApartFull(_("Your list is full. Take one off first, or empty it."))
    return sorted(marks)
