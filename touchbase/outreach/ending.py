"""How a referral ends at somebody's wish: erased now, without undo; or sent elsewhere, with it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.outreach import reach
from touchbase.outreach.telling import tell_it_ended
from touchbase.referrals import actions as referrals
from touchbase.referrals import erasing
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Working


def withdraw(*, held: Working, at: datetime) -> None:
    """Cancel, or erase now: nothing is left, without undo. A peer who knew whom is told it ended.

    Raises `ErasingPaused` under a legal hold: what was asked for is kept and done when it is lifted.
    """
    end_at_once(held=held, by=Actor.RECIPIENT, at=at)


def not_me(*, held: Working, at: datetime) -> None:
    """The link reached somebody else: erase at once, and tell the desk that a contact was wrong (D2)."""

    def tell(before: Working) -> None:
        tell_desk(program=before.program, template=Template.WRONG_CONTACT, at=at, around=before.course.around)

    end_at_once(held=held, by=Actor.RECIPIENT, at=at, also=tell)


def redirect(*, handle: str, by: Member, at: datetime) -> None:
    """Another program or place is the right one. The person's page says which; nothing is copied (D3)."""
    held = reach.for_desk(handle, by=by, at=at)
    with transaction.atomic():
        referrals.redirect(held=held, by=Actor.COORDINATOR, at=at)
        log.record(program=by.program, actor=by.account, verb="redirect", day=at.date())


def end_at_once(
    *, held: Working, by: Actor, at: datetime, also: Callable[[Working], None] = lambda _before: None
) -> None:
    """Begin to erase, with everything that follows from it in one transaction, and erase.

    A wish to be erased isn't lost to somebody else's step. What a crash leaves after the first transaction
    the sweep finishes.
    """
    closing = referrals.insist(handle=held.handle, at=at, step=lambda now: _begin(now, by, at, also))
    if closing is not None:
        erasing.erase(held=closing, at=at)


@transaction.atomic
def _begin(held: Working, by: Actor, at: datetime, also: Callable[[Working], None]) -> Working:
    closing = referrals.withdraw(held=held, by=by, at=at)
    if closing is not held:
        if by is not Actor.SUPPORTER:  # who erases knows
            tell_it_ended(held=held, at=at)
        also(held)
    return closing
