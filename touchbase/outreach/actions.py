"""What people do with a referral: ask, accept, pass, reach out, talk. Each is one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member, staff
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.clock import slot_down
from touchbase.kernel.errors import DomainError
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.outreach import etiquette, queries
from touchbase.programs.policy import SendBy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda, clock
from touchbase.referrals.course import Ask, Course, Source, Touch
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor, Step
from touchbase.referrals.queries import Working
from touchbase.supporters import actions as supporters


class NotAvailable(DomainError):
    """The chosen supporter can't be asked for this referral any more."""

    code = "not-available"


@dataclass(frozen=True, slots=True)
class Received:
    """What the thank-you says: by when a peer writes, and the person's own link."""

    due: datetime
    link: str


def receive(*, here: CurrentProgram, asking: Asking, once: str, at: datetime) -> Received:
    """Keep a self-referral, durable in both stores, and tell the desk that somebody waits."""
    with transaction.atomic():
        arrival = referrals.arrive(here=here, asking=asking, source=Source.SELF, once=once, at=at)
        if arrival.fresh:
            tell_desk(program=here.id, template=Template.REMINDER, at=at)
    promised = clock.touch_due(arrival.course.due, here.policy)
    return Received(due=promised, link=f"{settings.SITE_ADDRESS}/t/{arrival.token}/")


def tell_desk(*, program: str, template: Template, at: datetime, backup: bool = False) -> None:
    """Write to the coordinator, and to the backup when asked to or when the coordinator is away."""
    today = at.date()
    present = [person for person in staff(program, Role.COORDINATOR, today) if not person.away]
    stand_ins = staff(program, Role.BACKUP, today) if backup or not present else []
    for person in [*present, *stand_ins]:
        outbox.queue_staff(program_id=program, member=person.membership, template=template, at=at)


def tell_peer(*, held: Working, template: Template, at: datetime) -> None:
    """Write to the supporter who has the referral, if one has: that something waits, never about whom."""
    if held.assignee:
        outbox.queue_staff(program_id=held.program, member=held.assignee, template=template, at=at)


def ask(*, handle: str, supporter: str, by: Member, at: datetime) -> Working:
    """Ask a supporter (a membership id), by a message that names nobody."""
    held = queries.for_desk(handle, by=by, at=at)
    if not queries.ranking(held, at=at).may_ask(supporter):
        raise NotAvailable(_("This peer can't be asked any more. Choose another one; nothing was sent."))
    with transaction.atomic():
        log.record(program=by.program, actor=by.account, verb="match", day=at.date())
        return match(held=held, supporter=supporter, by=Actor.COORDINATOR, at=at)


def match(*, held: Working, supporter: str, by: Actor, at: datetime) -> Working:
    """Send one ask, for the coordinator or for the clock. Call it inside a transaction."""
    asked_at = slot_down(at)
    until = clock.ask_expires(at, held.policy)
    course = held.course.changed(ask=Ask(member=supporter, at=asked_at, until=until), peer=supporter)
    after = referrals.take_step(held=held, step=Step.MATCH, by=by, at=at, course=course, assignee=supporter)
    supporters.asked(membership=supporter)
    outbox.queue_staff(program_id=held.program, member=supporter, template=Template.ASK, at=at)
    return after


def back_to_queue(*, held: Working, step: Step, by: Actor, at: datetime) -> Working:
    """An ask ended without a yes: the supporter isn't asked again, and somebody else is found."""
    course = held.course.changed(ask=None, peer="", barred=(*held.course.barred, held.assignee))
    after = referrals.take_step(held=held, step=step, by=by, at=at, course=course)
    tell_desk(program=held.program, template=Template.REMINDER, at=at)
    return after


def pass_on(*, handle: str, by: Member, at: datetime) -> None:
    """Say no to an ask: one press, no reason."""
    held = queries.for_supporter(handle, by=by, at=at)
    with transaction.atomic():
        back_to_queue(held=held, step=Step.PASS, by=Actor.SUPPORTER, at=at)


def accept(*, handle: str, by: Member, at: datetime) -> Working:
    """Say yes to an ask. From now on this supporter sees the name and the contact."""
    held = queries.for_supporter(handle, by=by, at=at)
    moment = slot_down(at)
    course = held.course.changed(
        ask=None, accepted=moment, first_accepted=held.course.first_accepted or moment
    )
    with transaction.atomic():
        return referrals.take_step(
            held=held, step=Step.ACCEPT, by=Actor.SUPPORTER, at=at, course=course, assignee=held.assignee
        )


def step_aside(*, handle: str, by: Member, at: datetime) -> None:
    """After seeing the name: "I shouldn't be the one". No reason (ruling A3)."""
    held = queries.for_supporter(handle, by=by, at=at)
    course = _returned(held, at).changed(aside=held.course.aside + 1)
    _return(held, Step.STEP_ASIDE, Actor.SUPPORTER, course, at)


def hand_back(*, handle: str, by: Member, at: datetime) -> None:
    """Give a referral back so that somebody else takes it on."""
    held = queries.for_supporter(handle, by=by, at=at)
    _return(held, Step.HAND_BACK, Actor.SUPPORTER, _returned(held, at), at)


def reassign(*, handle: str, by: Member, at: datetime) -> None:
    """Take a referral back from a supporter; their page loses the name at once (ruling D5)."""
    held = queries.for_desk(handle, by=by, at=at)
    with transaction.atomic():
        log.record(program=by.program, actor=by.account, verb="reassign", day=at.date())
        tell_peer(held=held, template=Template.ENDED, at=at)
        _return(held, Step.REASSIGN, Actor.COORDINATOR, _returned(held, at), at)


def _returned(held: Working, at: datetime) -> Course:
    course = agenda.waits_again(held.course, held.policy, at)
    return course.changed(barred=(*course.barred, held.assignee))


def _return(held: Working, step: Step, by: Actor, course: Course, at: datetime) -> None:
    with transaction.atomic():
        referrals.take_step(held=held, step=step, by=by, at=at, course=course)
        tell_desk(program=held.program, template=Template.REMINDER, at=at)


def touch(*, handle: str, by: Member, at: datetime, how: SendBy, times: tuple[str, ...] = ()) -> Working:
    """The note went out, or goes out now by Touchbase. Two notes at most a referral, whoever sends (B18)."""
    held = queries.for_supporter(handle, by=by, at=at)
    refusal = etiquette.why_not_touch(held.state, held.course, held.policy, at, _)
    if refusal:
        raise NotAvailable(refusal)
    step = Step.TOUCH if held.state == "accepted" else Step.SECOND_TOUCH
    sent = Touch(at=slot_down(at), system=how is SendBy.SYSTEM)
    course = held.course.changed(touches=(*held.course.touches, sent), offered_times=times, undelivered=False)
    with transaction.atomic():
        if how is SendBy.SYSTEM:
            second = bool(held.course.touches)
            template = Template.SECOND_TOUCH if second else Template.INVITATION
            outbox.queue_person(program_id=held.program, handle=handle, template=template, at=at)
        return referrals.take_step(
            held=held, step=step, by=Actor.SUPPORTER, at=at, course=course, assignee=held.assignee
        )
