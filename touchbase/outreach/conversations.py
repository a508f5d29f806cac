"""What is done around a conversation, by its peer or from the desk. It is counted and never described."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.kernel.clock import slot_down
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.outreach import answers, queries
from touchbase.outreach.actions import check_can_send
from touchbase.outreach.ending import end_at_once
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.telling import tell_it_ended, tell_peer
from touchbase.programs.policy import Mode
from touchbase.referrals import actions as referrals
from touchbase.referrals.course import Answer, Talk
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Opener, Working


def answered(*, handle: str, by: Member, said: Answer, at: datetime) -> None:
    """The person answered the supporter instead of the page (rulings D1, D8)."""
    held = queries.for_supporter(handle, by=by, at=at)
    answers.answer(held=held, said=said, by=Actor.SUPPORTER, at=at)


def talked(*, handle: str, by: Member, at: datetime, mode: Mode | None, minutes: str, close: bool) -> None:
    """They talked. Mode and minutes may be skipped; closing is the same press unless more is agreed (B38).

    The same press twice is one conversation.
    """
    held = queries.as_peer(handle, by=by, at=at)
    if held.state is State.CLOSING and close:
        return
    if mode is not None and mode not in held.policy.contact.modes:
        raise NotAvailable(_("Choose how you talked from the list, or leave it out."))
    if minutes and minutes not in held.policy.contact.minutes:
        raise NotAvailable(_("Choose how long you talked from the list, or leave it out."))
    talk = Talk(mode=mode, minutes=minutes)
    with transaction.atomic():
        after = held if _is_same_press(held, talk, at) else _talked(held, talk, at)
        if close:
            referrals.close(held=after, by=Actor.SUPPORTER, at=at)


def _is_same_press(held: Working, talk: Talk, at: datetime) -> bool:
    course = held.course
    last = course.trail[-1].step
    return last is Step.TALKED and course.talks[-1] == talk and course.active == slot_down(at)


def _talked(held: Working, talk: Talk, at: datetime) -> Working:
    course = held.course.changed(answer=Answer.YES, talks=(*held.course.talks, talk), check_in=None)
    return referrals.take_step(held=held, step=Step.TALKED, by=Actor.SUPPORTER, at=at, course=course)


def check_in(*, handle: str, by: Member, day: date | None, at: datetime) -> None:
    """The person wants to be asked again on a day; `None` takes it back."""
    held = queries.for_supporter(handle, by=by, at=at)
    answers.agree_check_in(held=held, day=day, by=Actor.SUPPORTER, at=at)


def send_check_in(*, handle: str, by: Member, at: datetime) -> None:
    """Send the agreed check-in by Touchbase, once. Only where a check-in was agreed and is due."""
    held = queries.for_supporter(handle, by=by, at=at)
    if not queries.check_in_is_due(held, at):
        raise NotAvailable(_("No check-in is due. Agree one first, with the person."))
    check_can_send(held, by=by, at=at)
    course = held.course.changed(checked_back=True)
    with transaction.atomic():
        referrals.take_step(held=held, step=Step.CHECK_BACK, by=Actor.SUPPORTER, at=at, course=course)
        outbox.queue_person(program_id=held.program, handle=handle, template=Template.CHECK_IN, at=at)


def close(*, handle: str, by: Member, at: datetime) -> None:
    """Close a referral, as the supporter who has it or from the desk. It can be undone for a short while.

    What is closed already stays as it is.
    """
    held, part = queries.in_reach(handle, by=by, at=at)
    if held.state is State.CLOSING:
        return
    with transaction.atomic():
        referrals.close(held=held, by=part, at=at)
        if part is Actor.COORDINATOR:
            tell_it_ended(held=held, at=at)
            log.record(program=by.program, actor=by.account, verb="close", day=at.date())


def undo_close(*, handle: str, by: Member, at: datetime) -> Working:
    """Take a close back. A peer who had been told that it ended is told that it waits for them again."""
    held, part = queries.in_reach(handle, by=by, at=at)
    with transaction.atomic():
        after = referrals.undo(held=held, by=part, at=at)
        if part is Actor.COORDINATOR and referrals.met(after):
            tell_peer(held=after, template=Template.WAITING, at=at)
    return after


def erase_now(*, handle: str, by: Member, at: datetime) -> None:
    """Erase at the person's request, said on the phone or in a reply (ruling D1). No undo."""
    held, part = queries.in_reach(handle, by=by, at=at)

    def record(_before: Working) -> None:
        log.record(program=by.program, actor=by.account, verb="erase", day=at.date())

    if part is Actor.COORDINATOR:
        end_at_once(held=held, by=part, at=at, also=record)
    else:
        end_at_once(held=held, by=part, at=at)


@transaction.atomic
def new_link(*, handle: str, by: Member, at: datetime) -> str:
    """A new private link for a person who lost theirs; the coordinator hands it over (ruling D19)."""
    held = queries.for_desk(handle, by=by, at=at)
    opener = Opener(by.account, Actor.COORDINATOR, at)
    token = referrals.new_link(held=held, by=Actor.COORDINATOR, opener=opener)
    log.record(program=by.program, actor=by.account, verb="new link", day=at.date())
    return token


@transaction.atomic
def release_held(*, handle: str, by: Member, at: datetime) -> None:
    """The coordinator looked: this is a real request, and its clock may match it (ruling A16)."""
    held = queries.for_desk(handle, by=by, at=at)
    referrals.take_step(
        held=held,
        step=Step.RELEASE_HELD,
        by=Actor.COORDINATOR,
        at=at,
        course=held.course,
        unchecked=False,
    )
    log.record(program=by.program, actor=by.account, verb="release", day=at.date())
