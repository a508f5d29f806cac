"""Planning events of the learning community, and saying how many come: a number, and no names."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.audit import log
from touchbase.collaborative.events import gone
from touchbase.collaborative.gatherings import Planned
from touchbase.collaborative.models import Event, Reply
from touchbase.collaborative.queries import Membership, Together, today_of
from touchbase.kernel.errors import DomainError
from touchbase.notifications.catalogue import Template
from touchbase.notifications.desks import tell_desk

MOST_COMING = 50  # of one member


@transaction.atomic
def plan(*, together: Together, planned: Planned, by: str, at: datetime) -> str:
    """Plan an event; return its key. Members see it on their page."""
    row = Event.objects.create(
        collaborative_id=together.id,
        kind=planned.form,
        topic=planned.topic,
        way=planned.way,
        day=planned.day,
        begins=planned.begins,
        minutes=planned.minutes,
        place=planned.place,
    )
    log.record(program=together.home, actor=by, verb="plan event", day=today_of(together, at))
    return row.id


@transaction.atomic
def cancel(*, event: str, together: Together, by: str, at: datetime) -> None:
    """Call an event off. It stays, and the desks whose teams come are written to. Raises `NotFound`."""
    row = _locked(event, together)
    if Event.objects.filter(pk=row.pk, cancelled=False).update(cancelled=True):
        coming = row.replies.filter(coming__gt=0).values_list("member__program", flat=True)
        for program in coming.order_by("member__program"):
            tell_desk(program=program, template=Template.TOGETHER, at=at)
    log.record(program=together.home, actor=by, verb="cancel event", day=today_of(together, at))


@transaction.atomic
def answer(*, event: str, membership: Membership, coming: int, at: datetime) -> None:
    """Say how many of a member come; 0: nobody. It can be changed until the day is over.

    Raises `NotFound`, and `DomainError` for a day that has passed, an event called off, or too many.
    """
    row = _locked(event, membership.together)
    if row.cancelled:
        raise DomainError(_("This event was called off. Choose another one."))
    if row.day < today_of(membership.together, at):
        raise DomainError(_("This day has passed. Choose another event."))
    if not 0 <= coming <= MOST_COMING:
        raise DomainError(
            _("Enter how many come, up to {n}. With 0 you say that nobody can.").format(n=MOST_COMING)
        )
    Reply.objects.update_or_create(event=row, member_id=membership.id, defaults={"coming": coming})


def _locked(event: str, together: Together) -> Event:
    row = Event.objects.select_for_update().filter(pk=event, collaborative=together.id).first()
    if row is None:
        raise gone()
    return row
