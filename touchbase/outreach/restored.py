"""Referrals that came out of a copy of the database: the desk looks at each before anything goes on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.outreach import reach
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import restoring, rows
from touchbase.referrals.rows import Plain


def waiting(here: CurrentProgram, *, by: Member, at: datetime) -> list[Plain]:
    """Those that this member of the desk may know of. Asks for nothing more while there are none."""
    unsure = {row.handle: row for row in rows.unsure_of(here.id)}
    if not unsure:
        return []
    seen, _same = reach.seen_at_desk(here, by=by, at=at)
    return [row for row in seen if row.handle in unsure]


def go_on(*, handle: str, by: Member, at: datetime) -> bool:
    """The desk has looked: from here the clock goes on. False when somebody was faster."""
    reach.at_desk(handle, by=by, at=at)
    with transaction.atomic():
        looked = restoring.looked_at(handle=handle)
        if looked:
            log.record(program=by.program, actor=by.account, verb="restored", day=at.date())
    return looked


def refuse_unsure(handle: str) -> None:
    """Raise `NotAvailable` for one that the desk hasn't looked at yet."""
    if restoring.is_unsure(handle=handle):
        raise NotAvailable(
            _("This came out of a copy of the database. Look whether it is still so, and let it go on first.")
        )
