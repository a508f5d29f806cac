"""Looking after supporters: a talk with a lead peer, for whoever would like one. Nothing is measured.

All that is kept is that somebody would like to talk, until one press says that they did. Not when they asked,
not why, not how often, not after whom.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.supporters.models import Supporter


@dataclass(frozen=True, slots=True)
class Peer:
    """A supporter as those who look after them see them."""

    membership: str
    name: str
    phone: str
    email: str
    leads: bool  # whether others may talk with them afterwards
    asks: bool  # whether they would like to talk now


def peers(program_id: str) -> list[Peer]:
    """Everybody who supports in a program, by name; one query."""
    rows = Supporter.objects.filter(membership__program=program_id).select_related("membership__account")
    return sorted((_peer(row) for row in rows), key=lambda one: one.name.casefold())


def peer(membership: str) -> Peer:
    """One supporter. Raises `NotFound`."""
    row = Supporter.objects.filter(membership=membership).select_related("membership__account").first()
    if row is None:
        raise _gone()
    return _peer(row)


def ask(*, membership: str) -> bool:
    """Somebody would like to talk; whether that is new. Raises `NotFound`."""
    peer(membership)
    return bool(Supporter.objects.filter(membership=membership, debrief=False).update(debrief=True))


def settle(*, membership: str, program_id: str) -> None:
    """They talked, or don't need to any more: it is forgotten. Twice is as good as once."""
    Supporter.objects.filter(membership=membership, membership__program=program_id).update(debrief=False)


def choose_lead(*, membership: str, program_id: str, leads: bool) -> None:
    """Make somebody a lead peer, or no longer. Raises `NotFound`."""
    found = Supporter.objects.filter(membership=membership, membership__program=program_id)
    if not found.update(lead_peer=leads):
        raise _gone()


def _peer(row: Supporter) -> Peer:
    account = row.membership.account
    return Peer(row.membership_id, account.name, row.phone, account.email, row.lead_peer, row.debrief)


def _gone() -> NotFound:
    return NotFound(_("This supporter is not in the program any more."))
