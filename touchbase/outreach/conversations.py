"""What a supporter does around a conversation. It is counted and never described."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.outreach import answers, queries
from touchbase.outreach.actions import NotAvailable, tell_peer
from touchbase.programs.policy import Mode
from touchbase.referrals import actions as referrals
from touchbase.referrals.course import Answer, Talk
from touchbase.referrals.lifecycle import Actor, Step
from touchbase.referrals.queries import Opener, Working


def answered(*, handle: str, by: Member, said: Answer, at: datetime) -> None:
    """The person answered the supporter instead of the page (rulings D1, D8)."""
    held = queries.for_supporter(handle, by=by, at=at)
    answers.answer(held=held, said=said, by=Actor.SUPPORTER, at=at)


def talked(*, handle: str, by: Member, at: datetime, mode: Mode | None, minutes: str, close: bool) -> None:
    """They talked. Mode and minutes may be skipped; closing is the same press unless more is agreed (B38)."""
    held = queries.for_supporter(handle, by=by, at=at)
    if minutes and minutes not in held.policy.contact.minutes:
        raise NotAvailable(_("Choose how long you talked from the list, or leave it out."))
    course = held.course.changed(
        answer=Answer.YES, talks=(*held.course.talks, Talk(mode=mode, minutes=minutes)), check_in=None
    )
    with transaction.atomic():
        after = referrals.take_step(
            held=held, step=Step.TALKED, by=Actor.SUPPORTER, at=at, course=course, assignee=held.assignee
        )
        if close:
            referrals.close(held=after, by=Actor.SUPPORTER, at=at)


def check_in(*, handle: str, by: Member, day: date | None, at: datetime) -> None:
    """The person wants to be asked again on a day; `None` takes it back."""
    held = queries.for_supporter(handle, by=by, at=at)
    refusal = queries.why_not_check_in(held, day, at)
    if refusal:
        raise NotAvailable(refusal)
    answers.agree_check_in(held=held, day=day, by=Actor.SUPPORTER, at=at)


def send_check_in(*, handle: str, by: Member, at: datetime) -> None:
    """Send the agreed check-in by Touchbase. Only where a check-in was agreed and is due."""
    held = queries.for_supporter(handle, by=by, at=at)
    if not queries.check_in_is_due(held, at):
        raise NotAvailable(_("No check-in is due. Agree one first, with the person."))
    outbox.queue_person(program_id=held.program, handle=handle, template=Template.CHECK_IN, at=at)


def close(*, handle: str, by: Member, at: datetime) -> None:
    """Close a referral, as the supporter who has it or from the desk. It can be undone for a short while."""
    held, part = queries.in_reach(handle, by=by, at=at)
    with transaction.atomic():
        if part is Actor.COORDINATOR:
            log.record(program=by.program, actor=by.account, verb="close", day=at.date())
            tell_peer(held=held, template=Template.ENDED, at=at)
        referrals.close(held=held, by=part, at=at)


def undo_close(*, handle: str, by: Member, at: datetime) -> Working:
    """Take a close back."""
    held, part = queries.in_reach(handle, by=by, at=at)
    with transaction.atomic():
        return referrals.undo(held=held, by=part, at=at)


def erase_now(*, handle: str, by: Member, at: datetime) -> None:
    """Erase at the person's request, said on the phone or in a reply (ruling D1). No undo."""
    held, part = queries.in_reach(handle, by=by, at=at)
    if part is Actor.COORDINATOR:
        log.record(program=by.program, actor=by.account, verb="erase", day=at.date())
        tell_peer(held=held, template=Template.ENDED, at=at)
    referrals.withdraw(held=held, by=part, at=at)


def new_link(*, handle: str, by: Member, at: datetime) -> str:
    """A new private link for a person who lost theirs; the coordinator hands it over (ruling D19)."""
    held = queries.for_desk(handle, by=by, at=at)
    log.record(program=by.program, actor=by.account, verb="new link", day=at.date())
    opener = Opener(by.account, Actor.COORDINATOR, at)
    return referrals.new_link(held=held, by=Actor.COORDINATOR, opener=opener)


def release_held(*, handle: str, by: Member, at: datetime) -> None:
    """The coordinator looked: this is a real request, and its clock may match it (ruling A16)."""
    held = queries.for_desk(handle, by=by, at=at)
    with transaction.atomic():
        log.record(program=by.program, actor=by.account, verb="release", day=at.date())
        referrals.take_step(
            held=held, step=Step.RELEASE_HELD, by=Actor.COORDINATOR, at=at, course=held.course, release=True
        )
