"""Who is told that something waits or has ended. A message says neither what nor about whom."""

from datetime import datetime

from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.referrals import actions as referrals
from touchbase.referrals.queries import Working


def tell_peer(*, held: Working, template: Template, at: datetime) -> None:
    """Write to the supporter who has the referral or was asked, if there is one."""
    if held.assignee:
        outbox.queue_staff(program_id=held.program, member=held.assignee, template=template, at=at)


def tell_it_ended(*, held: Working, at: datetime) -> None:
    """Write to the supporter who knew whom, before it ended: nothing is left but to delete one's messages."""
    member = referrals.met(held)
    if member:
        outbox.queue_staff(program_id=held.program, member=member, template=Template.ENDED, at=at)
