"""Forgetting somebody: count them once, destroy their key, delete what is left. Safe to repeat."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.kernel.errors import DomainError, NotFound, StepNotAllowed
from touchbase.notifications import outbox
from touchbase.programs.queries import program_by_id
from touchbase.referrals import queries
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral, Tombstone
from touchbase.referrals.queries import Opener, Working
from touchbase.utilization.counters import Facts, counts_of
from touchbase.vault import store
from touchbase.vault.errors import Gone

TOMBSTONE_DAYS = 2  # vault.md section 9


class ErasingPaused(DomainError):
    """A legal hold lies on the whole program (ruling B33). What was asked for is done when it is lifted."""

    code = "erasing-paused"


def erase(*, held: Working, at: datetime) -> bool:
    """Erase a closed referral. The count and the key go in one vault transaction, so each is counted once.

    False when the key was gone already and only the row was left to delete. Raises `ErasingPaused` while the
    program's policy as it is now says so, whatever it said when the person came (rulings A14, B33).
    """
    if held.state is not State.CLOSING:
        raise StepNotAllowed(_("Only a closed referral is erased."))
    reason = program_by_id(held.program).policy.legal.erase_paused
    if reason:
        raise ErasingPaused(_paused(reason))
    try:
        counts = None if held.course.joined else counts_of(_facts(held, at))
        destroyed = store.destroy(handle=held.handle, program=held.program, counts=counts, at=at)
    except (Gone, NotFound):  # somebody else erased it a moment ago
        destroyed = False
    bury(handle=held.handle, at=at)
    return destroyed


def _paused(reason: str) -> str:
    return _(
        "Right now nothing is erased: %(reason)s The wish is kept, and nothing more is sent. "
        "Everything is erased as soon as this ends."
    ) % {"reason": reason}


def bury(*, handle: str, at: datetime) -> None:
    """Delete what is left of a referral whose key is gone, and remember the handle for two days."""
    with transaction.atomic():
        until = at.date() + timedelta(days=TOMBSTONE_DAYS)
        Tombstone.objects.get_or_create(handle=handle, defaults={"until": until})
        outbox.drop_person(handle=handle)
        Referral.objects.filter(handle=handle).delete()


def finish(*, handle: str, at: datetime) -> bool:
    """Bury a closed referral whose key is gone. False when it isn't closed: then its key was lost."""
    closed = Referral.objects.filter(handle=handle, state=State.CLOSING).exists()
    if closed:
        bury(handle=handle, at=at)
    return closed


def clear_tombstones(*, at: datetime) -> int:
    """Delete tombstones whose time is over."""
    return Tombstone.objects.filter(until__lt=at.date()).delete()[0]


def _facts(held: Working, at: datetime) -> Facts:
    """What is counted of one referral, as marginals."""
    course = held.course
    wished, _contact = queries.wishes(held.handle, opener=Opener("", Actor.CLOCK, at))
    first_touch = course.touches[0].at if course.touches else None
    return Facts(
        source=course.source.value,
        profession=wished.profession,
        match_hours=_hours(course.arrived, course.first_accepted),
        touch_hours=_hours(course.arrived, first_touch),
        answer=course.answer.value if course.answer else "",
        touches=len(course.touches),
        onward=course.onward or None,
        safety=course.safety,
        talks=tuple((talk.mode.value if talk.mode else "", talk.minutes) for talk in course.talks),
        elsewhere=course.elsewhere,
    )


def _hours(start: datetime, end: datetime | None) -> float | None:
    return None if end is None else (end - start) / timedelta(hours=1)
