"""Noting that a program was presented, correcting that, and taking it out."""

from datetime import date

from django.db import transaction

from touchbase.audit import log
from touchbase.awareness.models import Presentation
from touchbase.awareness.presentations import Given, gone


@transaction.atomic
def enter(*, program_id: str, given: Given, by: str, today: date) -> str:
    """Keep one, and return its key."""
    row = Presentation.objects.create(
        program_id=program_id, day=given.day, kind=given.kind, heads=given.heads
    )
    log.record(program=program_id, actor=by, verb="note presentation", day=today)
    return row.id


@transaction.atomic
def correct(*, presentation: str, program_id: str, given: Given, by: str, today: date) -> None:
    """Put other values in the place of those that were kept. Raises `NotFound`."""
    rows = Presentation.objects.filter(pk=presentation, program_id=program_id)
    if not rows.update(day=given.day, kind=given.kind, heads=given.heads):
        raise gone()
    log.record(program=program_id, actor=by, verb="note presentation", day=today)


@transaction.atomic
def remove(*, presentation: str, program_id: str, by: str, today: date) -> None:
    """Take one out. Raises `NotFound`."""
    if not Presentation.objects.filter(pk=presentation, program_id=program_id).delete()[0]:
        raise gone()
    log.record(program=program_id, actor=by, verb="note presentation", day=today)
