"""A supporter would like to talk with a lead peer: one press, and a message that says neither who nor why."""

from datetime import datetime

from django.db import transaction

from touchbase.notifications import outbox
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.supporters import care


@transaction.atomic
def ask(*, program_id: str, membership: str, at: datetime) -> None:
    """Tell the lead peers; the desk when there is none but whoever asks. Asking again changes nothing."""
    if not care.ask(membership=membership):
        return
    leads = [one.membership for one in care.peers(program_id) if one.leads and one.membership != membership]
    for member in leads:
        outbox.queue_staff(program_id=program_id, member=member, template=Template.CARE, at=at)
    if not leads:
        tell_desk(program=program_id, template=Template.CARE_DESK, at=at)
