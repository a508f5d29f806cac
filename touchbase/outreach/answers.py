"""What the recipient does by their private link: answer, change the answer, agree a check-in, erase.

Reading a page changes nothing; each of these is one press.
"""

from datetime import date, datetime

from django.db import transaction

from touchbase.kernel.clock import slot_down
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.outreach import queries
from touchbase.outreach.actions import NotAvailable, tell_desk, tell_peer
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Working
from touchbase.supporters.queries import may_be_asked

_RESTS = frozenset({Answer.NOT_NOW, Answer.RESOURCES})


def answer(*, held: Working, said: Answer, by: Actor, at: datetime) -> Working:
    """Keep an answer. Every answer can be changed until the referral closes; saying it twice is fine."""
    if held.course.answer is said and said is not Answer.NONE:
        return held
    with transaction.atomic():
        if said in _RESTS:
            return rest(held=held, said=said, by=by, at=at)
        if held.state is State.RESTING:
            return _again(held, at)
        return _yes(held, by, at)


def by_recipient(*, held: Working, said: Answer, at: datetime) -> Working:
    """The recipient's own press."""
    return answer(held=held, said=said, by=Actor.RECIPIENT, at=at)


def rest(*, held: Working, said: Answer, by: Actor, at: datetime) -> Working:
    """Not now, resources only, or no answer: the referral rests, changeable, before it closes (ruling A4)."""
    course = held.course.changed(answer=said)
    if held.state is State.RESTING:
        return referrals.take_step(held=held, step=Step.CHANGE_ANSWER, by=by, at=at, course=course)
    course = course.changed(rest_from=slot_down(at), peer=held.assignee)
    return referrals.take_step(held=held, step=Step.REST, by=by, at=at, course=course)


def _yes(held: Working, by: Actor, at: datetime) -> Working:
    course = held.course.changed(answer=Answer.YES)
    after = referrals.take_step(
        held=held, step=Step.ANSWER_YES, by=by, at=at, course=course, assignee=held.assignee
    )
    if by is Actor.RECIPIENT:
        tell_peer(held=after, template=Template.WAITING, at=at)
    return after


def _again(held: Working, at: datetime) -> Working:
    """Back from rest: to the same peer when they still serve, else to the queue for another one."""
    peer = held.course.peer
    course = held.course.changed(answer=Answer.YES, rest_from=None)
    if may_be_asked(peer):
        after = referrals.take_step(
            held=held,
            step=Step.AGAIN,
            by=Actor.RECIPIENT,
            at=at,
            course=course,
            to=State.TALKING,
            assignee=peer,
        )
        tell_peer(held=after, template=Template.WAITING, at=at)
        return after
    course = agenda.waits_again(course, held.policy, at)
    after = referrals.take_step(
        held=held, step=Step.AGAIN, by=Actor.RECIPIENT, at=at, course=course, to=State.RECEIVED
    )
    tell_desk(program=held.program, template=Template.REMINDER, at=at)
    return after


def send_list(*, held: Working, at: datetime) -> Working:
    """The person pressed "Send it to me": the list of resources goes out once, and only now."""
    course = held.course.changed(list_sent=True)
    with transaction.atomic():
        outbox.queue_person(program_id=held.program, handle=held.handle, template=Template.RESOURCES, at=at)
        return referrals.take_step(
            held=held, step=Step.CHANGE_ANSWER, by=Actor.RECIPIENT, at=at, course=course
        )


def agree_check_in(*, held: Working, day: date | None, by: Actor, at: datetime) -> Working:
    """Agree to be asked again on a day, or take that back with `None`."""
    course = held.course.changed(check_in=day)
    with transaction.atomic():
        return referrals.take_step(
            held=held, step=Step.CHECK_IN, by=by, at=at, course=course, assignee=held.assignee
        )


def agree_check_in_by_recipient(*, held: Working, day: date | None, at: datetime) -> Working:
    """The recipient's own press. A day outside the program's limit is refused."""
    refusal = queries.why_not_check_in(held, day, at)
    if refusal:
        raise NotAvailable(refusal)
    return agree_check_in(held=held, day=day, by=Actor.RECIPIENT, at=at)


def withdraw(*, held: Working, at: datetime) -> None:
    """Cancel, or erase now: nothing is left, without undo. A peer who has the referral is told it ended."""
    referrals.withdraw(held=held, by=Actor.RECIPIENT, at=at)
    tell_peer(held=held, template=Template.ENDED, at=at)


def not_me(*, held: Working, at: datetime) -> None:
    """The link reached somebody else: erase at once, and tell the desk that a contact was wrong (D2)."""
    referrals.withdraw(held=held, by=Actor.RECIPIENT, at=at)
    tell_desk(program=held.program, template=Template.WRONG_CONTACT, at=at)
