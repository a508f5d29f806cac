"""Offering training sessions, and booking places for a team: a number of people, and no names."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from touchbase.audit import log
from touchbase.collaborative.gatherings import Offered
from touchbase.collaborative.models import Session
from touchbase.collaborative.queries import Membership, Together
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id


@transaction.atomic
def offer(*, together: Together, offered: Offered, by: str, at: datetime) -> str:
    """Offer a session to the members; return its key."""
    row = Session.objects.create(
        collaborative_id=together.id,
        kind=offered.kind,
        way=offered.way,
        day=offered.day,
        begins=offered.begins,
        hours=offered.hours,
        place=offered.place,
        places=offered.places,
    )
    log.record(program=together.home, actor=by, verb="offer session", day=_today(together, at))
    return row.id


@transaction.atomic
def cancel(*, session: str, together: Together, by: str, at: datetime) -> None:
    """Call a session off. It stays, so that its members read it. Raises `NotFound`."""
    row = _locked(session, together)
    Session.objects.filter(pk=row.pk).update(cancelled=True)
    log.record(program=together.home, actor=by, verb="cancel session", day=_today(together, at))


@transaction.atomic
def book(*, session: str, membership: Membership, places: int, by: str, at: datetime) -> None:
    """Have this many places for a member, as soon as there are so many; with 0, none.

    More than before are asked for at the end of the line; fewer leave it from its end. Raises `NotFound`, and
    `DomainError` for a day that has passed, a session called off, or more places than it has.
    """
    together = membership.together
    row = _locked(session, together)
    if row.cancelled:
        raise DomainError(_("This session was called off. Choose another one."))
    if row.day < _today(together, at):
        raise DomainError(_("This day has passed. Choose another session."))
    if not 0 <= places <= row.places:
        raise DomainError(
            _("Enter how many places your team needs, up to {n}. With 0 you give all back.").format(
                n=row.places
            )
        )
    had = row.bookings.filter(member=membership.id).aggregate(n=Sum("places", default=0))["n"]
    if places > had:
        last = row.bookings.aggregate(n=Max("turn", default=0))["n"]
        row.bookings.create(member_id=membership.id, places=places - had, turn=last + 1)
    else:
        _leave(row, membership.id, had - places)
    if places != had:
        log.record(program=membership.program, actor=by, verb="book places", day=_today(together, at))


def _leave(row: Session, member: str, fewer: int) -> None:
    """Take places out of the line, the last ones first: those that are waited for before those held."""
    for booking in row.bookings.filter(member=member).order_by("-turn"):
        less = min(fewer, booking.places)
        fewer -= less
        if less == booking.places:
            booking.delete()
        elif less:
            row.bookings.filter(pk=booking.pk).update(places=booking.places - less)


def _locked(session: str, together: Together) -> Session:
    row = Session.objects.select_for_update().filter(pk=session, collaborative=together.id).first()
    if row is None:
        raise NotFound(_("This session isn't there any more."))
    return row


def _today(together: Together, at: datetime) -> date:
    return local_day(at, program_by_id(together.home).policy)
