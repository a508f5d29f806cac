"""A conversation that was never registered, counted by the supporter who had it (ruling B7).

Where the two alone know, this is all that is ever kept of it: one person more in the vault's pool, without
who pressed, when, or with whom. There is no line of audit and no row beside it. It is counted like somebody
whose referral ended, so that each table has as many people as every other (ADR 14); nobody was asked for a
profession.
"""

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import Mode, Policy, WhoKnows
from touchbase.programs.queries import CurrentProgram
from touchbase.utilization.counters import Facts, counts_of
from touchbase.vault import store

SOURCE = "peer"


def is_kept(policy: Policy) -> bool:
    """Whether a program counts such conversations at all."""
    return policy.confidence.who_knows is WhoKnows.TWO


def count_one(*, here: CurrentProgram, mode: str, minutes: str) -> None:
    """Count one conversation. Mode and band of minutes may be left out.

    Raises `NotFound` where every conversation is registered, `NotAvailable` for what isn't in the program's
    lists, and `Unavailable` when the vault can't be written; then nothing was counted.
    """
    policy = here.policy
    if not is_kept(policy):
        raise NotFound(_("There is nothing at this address."))
    if mode and mode not in set(policy.contact.modes) & set(Mode):
        raise NotAvailable(_("Choose how you talked from the list, or leave it out."))
    if minutes and minutes not in policy.contact.minutes:
        raise NotAvailable(_("Choose how long you talked from the list, or leave it out."))
    store.tally(
        program=here.id, counts=counts_of(Facts(source=SOURCE, profession=None, talks=((mode, minutes),)))
    )
