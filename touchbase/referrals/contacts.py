"""Which open referrals share a contact, as far as the vault's tags tell: perhaps one person (B32, D4)."""

from collections.abc import Iterable, Mapping

from touchbase.referrals import rows
from touchbase.vault import store


def of_contact(contact: str, *, program: str) -> frozenset[str]:
    """The open referrals of a program with this contact, by the vault's tag: nothing is opened."""
    return frozenset(store.matching_handles(program=program, contact_tag=contact))


def same_contact(program: str) -> Mapping[str, frozenset[str]]:
    """Of each open referral that shares its contact with others of the program: which others (ruling D4)."""
    groups = store.same_contact(program=program)
    return {handle: group - {handle} for group in groups for handle in group}


def twice(handles: Iterable[str], *, program: str) -> frozenset[str]:
    """Those of some referrals whose contact another open one has, too: perhaps the same person.

    A key may outlast its row, or never get one when a press was cut off; and what has closed sends no note.
    """
    same = same_contact(program)
    groups = {handle: same[handle] for handle in handles if handle in same}
    here = rows.open_among(frozenset().union(*groups.values()))
    return frozenset(handle for handle, others in groups.items() if others & here)
