"""Somebody is named as a supporter: kept, and the desk is told that somebody was."""

from datetime import datetime

from django.db import transaction

from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.supporters import nominating
from touchbase.supporters.naming import Named


@transaction.atomic
def name(*, program_id: str, named: Named, at: datetime) -> None:
    """Keep who was named. The desk hears of each new name once, and not of whom; nobody else hears of it."""
    if nominating.name(program_id=program_id, named=named, at=at):
        tell_desk(program=program_id, template=Template.NAMED, at=at)
