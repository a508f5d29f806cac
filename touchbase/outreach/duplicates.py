"""Perhaps the same person twice: noticed by the contact, told to the desk alone, joined or kept (ruling D4).

The same person by another channel isn't noticed, and a person who was forgotten begins anew (B32, D4).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.outreach import reach
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.queries import program_by_id
from touchbase.referrals import actions as referrals
from touchbase.referrals.lifecycle import OPEN, Actor, State, Step
from touchbase.referrals.queries import Working

# Nobody has met the person yet: only such a one ends when two are joined.
_MAY_END = frozenset({State.RECEIVED, State.MATCHED})


def join(*, handle: str, other: str, by: Member, at: datetime) -> str:
    """They are one person: the newer request ends, and the older stays. Returns the handle that stays.

    Where a peer has met the person by one of them, that one stays: nobody gets two first notes.
    """
    stays, ends = _in_order(*_both(handle, other, by, at))
    with transaction.atomic():
        referrals.join(held=ends, stays=stays, by=Actor.COORDINATOR, at=at)
        # Whoever asked for themself is real; so is the one the desk has looked at.
        if stays.held and not ends.held and not stays.course.wrong_contact:
            referrals.take_step(
                held=stays,
                step=Step.RELEASE_HELD,
                by=Actor.COORDINATOR,
                at=at,
                course=stays.course,
                unchecked=False,
            )
        log.record(program=by.program, actor=by.account, verb="join", day=at.date())
    return stays.handle


def keep_apart(*, handle: str, other: str, by: Member, at: datetime) -> None:
    """They are two people, a couple with one number perhaps: nobody is told of it again."""
    with transaction.atomic():
        for one, its_other in zip(found := _both(handle, other, by, at), reversed(found), strict=True):
            course = one.course.changed(apart=(*one.course.apart, its_other.handle))
            referrals.take_step(held=one, step=Step.KEEP_APART, by=Actor.COORDINATOR, at=at, course=course)
        log.record(program=by.program, actor=by.account, verb="keep apart", day=at.date())


def _both(handle: str, other: str, by: Member, at: datetime) -> tuple[Working, Working]:
    """Two that are perhaps the same person, if this member may know of both."""
    _seen, same = reach.seen_at_desk(program_by_id(by.program), by=by, at=at)
    one = reach.for_desk(handle, by=by, at=at)
    if other in same.get(handle, ()):
        its_other = reach.for_desk(other, by=by, at=at)
        # Somebody else may have joined them, or ended one, since it was read who shares a contact.
        if {one.state, its_other.state} <= OPEN:
            return one, its_other
    raise NotAvailable(_("These two have nothing in common any more. Open the board to see what waits."))


def _in_order(one: Working, other: Working) -> tuple[Working, Working]:
    """Which stays, and which ends."""
    older, newer = sorted((one, other), key=lambda held: (held.course.arrived, held.handle))
    if newer.state in _MAY_END:
        return older, newer
    if older.state in _MAY_END:
        return newer, older
    raise NotAvailable(_("Both are with a peer already. Take one of them back first, then join them."))
