"""What the recipient does by their private link: answer, change the answer, agree a check-in.

Reading a page changes nothing; each of these is one press.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.kernel.clock import slot_down
from touchbase.notifications import outbox
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.notifications.queries import can_send
from touchbase.outreach import queries
from touchbase.outreach.ending import not_me, withdraw
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.telling import tell_it_ended, tell_peer
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda
from touchbase.referrals import queries as reading
from touchbase.referrals.course import Answer, Event
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Opener, Working
from touchbase.supporters.queries import may_be_asked

__all__ = [
    "agree_check_in",
    "agree_check_in_by_recipient",
    "answer",
    "by_recipient",
    "not_me",
    "rest",
    "send_list",
    "withdraw",
]

_RESTS = frozenset({Answer.NOT_NOW, Answer.RESOURCES})
_WITH_NOBODY = frozenset({State.RECEIVED, State.MATCHED})


def answer(*, held: Working, said: Answer, by: Actor, at: datetime) -> Working:
    """Keep an answer. Every answer can be changed until the referral closes; saying it twice is fine."""
    if said is Answer.NONE:
        raise NotAvailable(_("Choose one of the three answers."))
    if held.course.answer is said:
        return held
    if not held.course.touches:
        raise NotAvailable(_("There is nothing to answer yet. A note comes first."))
    if said in _RESTS:
        return rest(held=held, said=said, by=by, at=at)
    if held.state is State.RESTING:
        return _again(held, by, at)
    return _yes(held, by, at)


def by_recipient(*, held: Working, said: Answer, at: datetime) -> Working:
    """The recipient's own press."""
    return answer(held=held, said=said, by=Actor.RECIPIENT, at=at)


@transaction.atomic
def rest(*, held: Working, said: Answer, by: Actor, at: datetime) -> Working:
    """Not now, resources only, or no answer: the referral rests, changeable, before it closes (ruling A4).

    A supporter who is told "just send resources" has the list sent, where it can go by mail.
    """
    course = held.course.changed(answer=said)
    if held.state is State.RESTING:
        return referrals.take_step(held=held, step=Step.CHANGE_ANSWER, by=by, at=at, course=course)
    listed = said is Answer.RESOURCES and by is Actor.SUPPORTER and _can_mail(held, at)
    course = course.changed(
        rest_from=slot_down(at), peer=referrals.met(held), ask=None, list_sent=listed, check_in=None
    )
    after = referrals.take_step(held=held, step=Step.REST, by=by, at=at, course=course)
    if listed:
        _queue_list(held, at)
    if by is not Actor.SUPPORTER:
        tell_it_ended(held=held, at=at)
    return after


@transaction.atomic
def _yes(held: Working, by: Actor, at: datetime) -> Working:
    """Yes to whoever has it; or ahead, to an earlier note, while another peer is being found."""
    step = Step.YES_AHEAD if held.state in _WITH_NOBODY else Step.ANSWER_YES
    course = held.course.changed(answer=Answer.YES)
    after = referrals.take_step(held=held, step=step, by=by, at=at, course=course)
    if by is Actor.RECIPIENT and referrals.met(after):
        tell_peer(held=after, template=Template.WAITING, at=at)
    return after


@transaction.atomic
def _again(held: Working, by: Actor, at: datetime) -> Working:
    """Back from rest: to the same peer when they still serve, else to the queue for another one."""
    peer = held.course.peer
    course = held.course.changed(answer=Answer.YES, rest_from=None)
    if may_be_asked(peer):
        after = referrals.take_step(
            held=held, step=Step.AGAIN, by=by, at=at, course=course, to=State.TALKING, assignee=peer
        )
        tell_peer(held=after, template=Template.WAITING, at=at)
        return after
    course = agenda.waits_again(course, held.policy, at)
    after = referrals.take_step(held=held, step=Step.AGAIN, by=by, at=at, course=course, to=State.RECEIVED)
    tell_desk(program=held.program, template=Template.REMINDER, at=at, around=held.course.around)
    return after


def send_list(*, held: Working, at: datetime) -> Working:
    """The person pressed "Send it to me": the list of resources goes out once, and only now."""
    if held.course.list_sent:
        return held
    if not _can_mail(held, at):
        raise NotAvailable(_("We can't send the list to you. You can read it on this page."))
    with transaction.atomic():
        course = held.course.changed(list_sent=True)
        after = referrals.take_step(held=held, step=Step.SEND_LIST, by=Actor.RECIPIENT, at=at, course=course)
        _queue_list(held, at)
    return after


def _can_mail(held: Working, at: datetime) -> bool:
    contact = reading.contact(held.handle, opener=Opener("", Actor.RECIPIENT, at))
    return "@" in contact.address and can_send()


def _queue_list(held: Working, at: datetime) -> None:
    outbox.queue_person(program_id=held.program, handle=held.handle, template=Template.RESOURCES, at=at)


def agree_check_in(*, held: Working, day: date | None, by: Actor, at: datetime) -> Working:
    """Agree to be asked again on a day, or take that back with `None`. A day too far off is refused."""
    refusal = queries.why_not_check_in(held, day, at)
    if refusal:
        raise NotAvailable(refusal)
    done = agenda.undone(held.course.done, Event.CHECK_IN)
    course = held.course.changed(check_in=day, checked_back=False, done=done)
    return referrals.take_step(held=held, step=Step.CHECK_IN, by=by, at=at, course=course)


def agree_check_in_by_recipient(*, held: Working, day: date | None, at: datetime) -> Working:
    """The recipient's own press."""
    return agree_check_in(held=held, day=day, by=Actor.RECIPIENT, at=at)
