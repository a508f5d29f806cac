"""When somebody chose their peer themself: that one is asked, and what if they can't (ruling B7).

"Ask another" is what happens anyway. Who said "tell me first" is told on their own page, by mail where we
can, and by the desk where we can't; until they say so, nobody else is asked by the clock or by the desk.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.notifications import outbox
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.notifications.queries import can_send
from touchbase.outreach import reach
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.fitting import ranked
from touchbase.programs.policy import Channel
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda
from touchbase.referrals import queries as reading
from touchbase.referrals.course import Contact, Course, Wishes
from touchbase.referrals.lifecycle import Actor, Step
from touchbase.referrals.queries import Opener, Working


def peer_to_ask(held: Working, at: datetime) -> str:
    """The membership of the peer somebody chose, if they can be asked now."""
    wished, contact = _wishes(held, at)
    fits = bool(wished.peer) and ranked(held, wished, contact, at).may_ask(wished.peer)
    return wished.peer if fits else ""


def without_a_peer(held: Working, course: Course, at: datetime) -> Course:
    """The course of a referral that is with nobody (again), and whether its person is to be told first."""
    wished, _contact = _wishes(held, at)
    return course.changed(asks_first=wished.only_peer and not course.anyone)


def tell_person(held: Working, at: datetime) -> None:
    """Write to somebody who wanted to be told first, where we can. The desk is told in any event."""
    if not held.course.asks_first:
        return
    _wished, contact = _wishes(held, at)
    if contact.channel is Channel.EMAIL and can_send():
        outbox.queue_person(program_id=held.program, handle=held.handle, template=Template.CHOICE, at=at)


def _wishes(held: Working, at: datetime) -> tuple[Wishes, Contact]:
    return reading.wishes(held.handle, opener=Opener("", Actor.CLOCK, at))


@transaction.atomic
def ask_another(*, held: Working, by: Actor, at: datetime) -> Working:
    """They said that another peer may be asked. It is a new wait; twice is as good as once."""
    if held.course.anyone:
        return held
    if not held.course.asks_first:
        raise NotAvailable(_("Nothing waits for your word. Your page shows where this stands."))
    course = agenda.waits_again(held.course, held.policy, at).changed(asks_first=False, anyone=True)
    after = referrals.take_step(held=held, step=Step.ASK_ANOTHER, by=by, at=at, course=course)
    tell_desk(program=held.program, template=Template.REMINDER, at=at)
    return after


@transaction.atomic
def ask_another_for(*, handle: str, by: Member, at: datetime) -> None:
    """The same, pressed at the desk for somebody who said so on the phone (ruling D1)."""
    held = reach.for_desk(handle, by=by, at=at)
    ask_another(held=held, by=Actor.COORDINATOR, at=at)
    log.record(program=by.program, actor=by.account, verb="ask another", day=at.date())
