"""Offering training sessions, and booking places for a team: a number of people, and no names."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from touchbase.audit import log
from touchbase.collaborative.gatherings import Offered
from touchbase.collaborative.models import Booking, Session
from touchbase.collaborative.places import Share, shares
from touchbase.collaborative.queries import Membership, Together, today_of
from touchbase.collaborative.sessions import line
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.catalogue import Template
from touchbase.notifications.desks import tell_desk


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
    log.record(program=together.home, actor=by, verb="offer session", day=today_of(together, at))
    return row.id


@transaction.atomic
def cancel(*, session: str, together: Together, by: str, at: datetime) -> None:
    """Call a session off. It stays, and the desks that booked are written to. Raises `NotFound`."""
    row = _locked(session, together)
    if Session.objects.filter(pk=row.pk, cancelled=False).update(cancelled=True):
        _tell([claim.member for claim in line(row.pk)], at)
    log.record(program=together.home, actor=by, verb="cancel session", day=today_of(together, at))


@transaction.atomic
def book(*, session: str, membership: Membership, places: int, by: str, at: datetime) -> None:
    """Have this many places for a member, as soon as there are so many; with 0, none.

    More than before are asked for at the end of the line; fewer leave it from its end, and the desk of
    whoever moves up is written to. Raises `NotFound`, and `DomainError` for a day that has passed, a session
    called off, or more places than it has.
    """
    together = membership.together
    row = _locked(session, together)
    if row.cancelled:
        raise DomainError(_("This session was called off. Choose another one."))
    if row.day < today_of(together, at):
        raise DomainError(_("This day has passed. Choose another session."))
    if not 0 <= places <= row.places:
        raise DomainError(
            _("Enter how many places your team needs, up to {n}. With 0 you give all back.").format(
                n=row.places
            )
        )
    had = shares(line(row.pk), row.places).get(membership.program, Share()).wanted
    if places > had:
        last = row.bookings.aggregate(n=Max("turn", default=0))["n"]
        row.bookings.create(member_id=membership.id, places=places - had, turn=last + 1)
    elif places < had:
        _leave(row, membership.id, had - places, at)
    if places != had:
        log.record(program=membership.program, actor=by, verb="book places", day=today_of(together, at))


@transaction.atomic
def leave_lines(*, membership: Membership, at: datetime) -> None:
    """Leave the line of every session ahead: part of the end of a membership. Those who move up are told."""
    mine = Booking.objects.filter(member=membership.id)
    ahead = Session.objects.filter(pk__in=mine.values("session"), cancelled=False)
    for row in ahead.filter(day__gte=today_of(membership.together, at)).select_for_update().order_by("id"):
        wanted = shares(line(row.pk), row.places)[membership.program].wanted
        _leave(row, membership.id, wanted, at)


def _leave(row: Session, member: str, fewer: int, at: datetime) -> None:
    """Take places out of the line, the last ones first: those that are waited for before those held."""
    before = shares(line(row.pk), row.places)
    for booking in row.bookings.filter(member=member).order_by("-turn"):
        less = min(fewer, booking.places)
        fewer -= less
        if less == booking.places:
            booking.delete()
        elif less:
            row.bookings.filter(pk=booking.pk).update(places=booking.places - less)
    after = shares(line(row.pk), row.places)
    _tell([one for one, share in after.items() if share.held > before[one].held], at)


def _tell(programs: Iterable[str], at: datetime) -> None:
    for program in sorted(set(programs)):
        tell_desk(program=program, template=Template.TOGETHER, at=at)


def _locked(session: str, together: Together) -> Session:
    row = Session.objects.select_for_update().filter(pk=session, collaborative=together.id).first()
    if row is None:
        raise NotFound(_("This session isn't there any more."))
    return row
