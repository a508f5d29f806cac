"""Calls by faculty: a member asks, one of the faculty calls, and when they talked nothing is kept."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from touchbase.audit import log
from touchbase.collaborative.faculty import faculty_of
from touchbase.collaborative.gatherings import Asking
from touchbase.collaborative.models import Consult
from touchbase.collaborative.queries import Membership, Together
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import Template


@transaction.atomic
def ask(*, membership: Membership, asking: Asking, by: str, at: datetime) -> None:
    """Ask to be called about a topic. Raises `DomainError` when the member waits for that already."""
    others = Consult.objects.filter(member__collaborative=membership.together.id)
    turn = others.aggregate(n=Max("turn", default=0))["n"] + 1
    row = Consult(
        member_id=membership.id, topic=asking.topic, days=asking.days, hours=asking.hours, turn=turn
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise DomainError(
            _("You wait for a call about this already. Withdraw it first to change when it suits.")
        ) from None
    log.record(program=membership.program, actor=by, verb="ask faculty", day=at.date())
    _tell_faculty(membership.together.home, at)


def _tell_faculty(home: str, at: datetime) -> None:
    """Write to whoever of the faculty is there; to all of them when nobody is."""
    everybody = faculty_of(home, at)
    for one in [one for one in everybody if not one.away] or everybody:
        outbox.queue_staff(program_id=home, member=one.membership, template=Template.CONSULT, at=at)


@transaction.atomic
def withdraw(*, consult: str, membership: Membership) -> None:
    """Need no call any more. Raises `NotFound`."""
    gone, _rows = Consult.objects.filter(pk=consult, member=membership.id).delete()
    _there(gone)


@transaction.atomic
def take(*, consult: str, together: Together, caller: str) -> None:
    """Be the one who calls; `caller` is a membership of faculty. Twice is the same as once.

    Raises `NotFound`, and `DomainError` when somebody else of the faculty does.
    """
    rows = Consult.objects.filter(pk=consult, member__collaborative=together.id)
    if rows.filter(taken_by=None).update(taken_by=caller) or rows.filter(taken_by=caller).exists():
        return
    _there(rows.count())
    raise DomainError(_("Somebody else of the faculty calls them. Choose another one of the list."))


@transaction.atomic
def put_back(*, consult: str, together: Together, caller: str) -> None:
    """Let somebody else call. Raises `NotFound` unless it was `caller` who would have."""
    rows = Consult.objects.filter(pk=consult, member__collaborative=together.id, taken_by=caller)
    _there(rows.update(taken_by=None))


@transaction.atomic
def done(*, consult: str, together: Together, caller: str, by: str, at: datetime) -> None:
    """They talked: nothing is kept of it but one more in the day's sum of acts. Raises `NotFound`."""
    rows = Consult.objects.filter(pk=consult, member__collaborative=together.id, taken_by=caller)
    gone, _rows = rows.delete()
    _there(gone)
    log.record(program=together.home, actor=by, verb="call member", day=at.date())


def _there(rows: int) -> None:
    if not rows:
        raise NotFound(_("This isn't there any more."))
