"""What people do until somebody reaches out: ask, accept, pass, give back, write. Each is one transaction.

A step moves the referral first and then writes what follows from it, always in this order: so two who act at
once never wait for each other.
"""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.clock import slot_down
from touchbase.kernel.errors import ReferralMovedOn
from touchbase.notifications import outbox
from touchbase.notifications.desks import Desk, desk_of, tell, tell_desk
from touchbase.notifications.messages import Template
from touchbase.notifications.queries import can_send, is_pending
from touchbase.outreach import choosing, etiquette, offering, queries, restored
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.telling import tell_it_ended
from touchbase.programs.policy import Channel, SendBy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda, arrival, clock, rows
from touchbase.referrals import queries as reading
from touchbase.referrals.course import Answer, Ask, Course, Source, Touch
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Opener, Working
from touchbase.supporters import actions as supporters
from touchbase.supporters.queries import Profile, profile

_LEAST_SPREAD = timedelta(hours=4)  # also when the supporter is late


@dataclass(frozen=True, slots=True)
class Received:
    """What the thank-you says: by when a peer writes, and the person's own link."""

    due: datetime
    link: str


def receive(
    *, here: CurrentProgram, asking: Asking, once: str, at: datetime, source: Source = Source.SELF
) -> Received:
    """Keep what came in by an open form, durable in both stores, and tell the desk that somebody waits."""
    desk = desk_of(here, at)
    backup = _names_a_coordinator(desk, [asking.contact])

    def then(handle: str) -> None:
        if not _asked_whom_they_chose(handle, asking, at):
            around = asking.around
            tell(desk, here=here, template=Template.REMINDER, at=at, backup=backup, around=around)

    kept = arrival.arrive(here=here, asking=asking, source=source, once=once, at=at, then=then)
    promised = clock.touch_due(kept.course.due, here.policy)
    return Received(due=promised, link=f"{settings.SITE_ADDRESS}/t/{kept.token}/")


def _asked_whom_they_chose(handle: str, asking: Asking, at: datetime) -> bool:
    """Ask the peer somebody chose, whoever matches otherwise: the choice is made (ruling B7).

    False when nobody was asked. Then the desk is told as for everybody who waits, and the person, too, where
    they wanted to be.
    """
    if not asking.peer:
        return False
    held = reading.working(handle, opener=Opener("", Actor.CLOCK, at))
    peer = choosing.peer_to_ask(held, at)
    if peer:
        with contextlib.suppress(ReferralMovedOn):  # the peer's last free place went in this moment
            match(held=held, supporter=peer, by=Actor.CLOCK, at=at)
            return True
    waiting = choosing.without_a_peer(held, held.course, at)
    if waiting.asks_first:
        choosing.tell_person(referrals.note(held=held, at=at, course=waiting), at)
    return False


def is_of_a_coordinator(contacts: Collection[str], here: CurrentProgram, at: datetime) -> bool:
    """Whether one of them is a coordinator: then somebody else at the desk must look (ruling D9)."""
    return _names_a_coordinator(desk_of(here, at), contacts)


def _names_a_coordinator(desk: Desk, contacts: Collection[str]) -> bool:
    return any(person.email.lower() in contacts for person in desk[Role.COORDINATOR])


def ask(*, handle: str, supporter: str, by: Member, at: datetime) -> Working:
    """Ask a supporter (a membership id), by a message that names nobody."""
    held = queries.for_desk(handle, by=by, at=at)
    restored.refuse_unsure(handle)
    if held.course.wrong_contact:
        raise NotAvailable(_("The number or address doesn't work. Replace it first, then ask a peer."))
    if by.ids.get(Role.SUPPORTER) == supporter:
        raise NotAvailable(_("You can't ask yourself. Let the other person at the desk ask you."))
    seen = rows.open_now(held.program).get(supporter, 0)
    if not queries.ranking(held, at=at).may_ask(supporter):
        raise NotAvailable(_("This peer can't be asked any more. Choose another one; nothing was sent."))
    with transaction.atomic():
        after = match(held=held, supporter=supporter, by=Actor.COORDINATOR, at=at, seen=seen)
        log.record(program=by.program, actor=by.account, verb="match", day=at.date())
    return after


@transaction.atomic
def match(*, held: Working, supporter: str, by: Actor, at: datetime, seen: int = 0) -> Working:
    """Send one ask, for the coordinator or for the clock.

    `seen`: how many the supporter had when they were chosen, which matters for one more than their limit.
    Raises `ReferralMovedOn` when somebody else has asked them meanwhile and they have no room left.
    """
    until = clock.ask_expires(at, held.policy)
    course = held.course.changed(
        ask=Ask(member=supporter, at=slot_down(at), until=until), peer=supporter, asks_first=False
    )
    after = referrals.take_step(held=held, step=Step.MATCH, by=by, at=at, course=course, assignee=supporter)
    supporters.asked(membership=supporter)
    who = profile(supporter)
    _refuse_one_too_many(held.program, who, seen)
    outbox.queue_staff(
        program_id=held.program, member=supporter, template=Template.ASK, at=at, at_night=who.nights
    )
    return after


def _refuse_one_too_many(program: str, who: Profile, seen: int) -> None:
    """Looked at once the supporter's place was moved: whoever asks the same one waits there for the other."""
    now = rows.open_now(program).get(who.id, 0)
    if now > max(seen + 1, who.limit):
        raise ReferralMovedOn(
            _("Somebody else has just asked this peer. Choose another one; nothing was sent.")
        )


@transaction.atomic
def back_to_queue(*, held: Working, step: Step, by: Actor, at: datetime) -> Working:
    """An ask ended without a yes: the supporter isn't asked again, and somebody else is found."""
    course = held.course.changed(ask=None, peer="", barred=(*held.course.barred, held.assignee))
    course = choosing.without_a_peer(held, course, at)
    after = referrals.take_step(held=held, step=step, by=by, at=at, course=course)
    choosing.tell_person(after, at)
    tell_desk(program=held.program, template=Template.REMINDER, at=at, around=held.course.around)
    return after


def pass_on(*, handle: str, by: Member, at: datetime) -> None:
    """Say no to an ask: one press, no reason."""
    held = queries.for_supporter(handle, by=by, at=at)
    back_to_queue(held=held, step=Step.PASS, by=Actor.SUPPORTER, at=at)


def accept(*, handle: str, by: Member, at: datetime) -> Working:
    """Say yes to an ask. From now on this supporter sees the name and the contact.

    Who takes over begins where the person is: they may have said yes already, or have had both notes.
    """
    held = queries.for_supporter(handle, by=by, at=at)
    moment = slot_down(at)
    course = held.course.changed(
        ask=None, accepted=moment, first_accepted=held.course.first_accepted or moment, batch=""
    )
    return referrals.take_step(
        held=held, step=Step.ACCEPT, by=Actor.SUPPORTER, at=at, course=course, to=_begins(held.course)
    )


def _begins(course: Course) -> State:
    if course.answer is Answer.YES:
        return State.TALKING
    return State.INVITED if len(course.touches) >= etiquette.MOST_TOUCHES else State.ACCEPTED


def step_aside(*, handle: str, by: Member, at: datetime) -> None:
    """After seeing the name: "I shouldn't be the one". No reason (ruling A3)."""
    held = queries.for_supporter(handle, by=by, at=at)
    course = _returned(held, at).changed(aside=held.course.aside + 1)
    _return(held, Step.STEP_ASIDE, Actor.SUPPORTER, course, at)


def hand_back(*, handle: str, by: Member, at: datetime) -> None:
    """Give a referral back so that somebody else takes it on."""
    held = queries.for_supporter(handle, by=by, at=at)
    _return(held, Step.HAND_BACK, Actor.SUPPORTER, _returned(held, at), at)


@transaction.atomic
def reassign(*, handle: str, by: Member, at: datetime) -> None:
    """Take a referral back from a supporter; their page loses the name at once (ruling D5)."""
    held = queries.for_desk(handle, by=by, at=at)
    _return(held, Step.REASSIGN, Actor.COORDINATOR, _returned(held, at), at)
    tell_it_ended(held=held, at=at)
    log.record(program=by.program, actor=by.account, verb="reassign", day=at.date())


def _returned(held: Working, at: datetime) -> Course:
    course = agenda.waits_again(held.course, held.policy, at)
    touches = course.touches[:-1] if _is_unsent(held) else course.touches
    return course.changed(barred=(*course.barred, held.assignee), touches=touches)


def _is_unsent(held: Working) -> bool:
    """Whether the last note is still with us: given back before the morning, it never goes."""
    waits = held.state is State.INVITED and held.course.touches[-1].system
    return waits and is_pending(held.handle)


@transaction.atomic
def _return(held: Working, step: Step, by: Actor, course: Course, at: datetime) -> None:
    course = choosing.without_a_peer(held, course, at)
    after = referrals.take_step(held=held, step=step, by=by, at=at, course=course)
    outbox.drop_person(handle=held.handle)
    choosing.tell_person(after, at)
    tell_desk(program=held.program, template=Template.REMINDER, at=at, around=held.course.around)


def touch(*, handle: str, by: Member, at: datetime, how: SendBy, times: tuple[str, ...] = ()) -> Working:
    """The note went out, or goes out now by Touchbase. Two notes at most a referral, whoever sends (B18).

    `times` are keys of the program's times that the note offers.
    """
    held = queries.for_supporter(handle, by=by, at=at)
    refusal = etiquette.why_not_touch(held.state, held.course, held.policy, at, _)
    if refusal:
        raise NotAvailable(refusal)
    system = how is SendBy.SYSTEM
    if system:
        check_can_send(held, by=by, at=at)
    course = held.course.changed(
        touches=(*held.course.touches, Touch(at=slot_down(at), system=system)),
        offered_times=offering.picked(times, held.policy),
        undelivered=False,
    )
    step = Step.TOUCH if held.state is State.ACCEPTED else Step.SECOND_TOUCH
    with transaction.atomic():
        after = referrals.take_step(held=held, step=step, by=Actor.SUPPORTER, at=at, course=course)
        if system:
            template = Template.SECOND_TOUCH if held.course.touches else Template.INVITATION
            outbox.queue_person(
                program_id=held.program, handle=handle, template=template, at=at, until=_spread(held, at)
            )
    return after


def _spread(held: Working, at: datetime) -> datetime | None:
    """Until when a note may go to somebody who came with others: so that no mail log shows a group (C18)."""
    if held.course.source is not Source.TEAM:
        return None
    due = clock.touch_due(held.course.accepted or at, held.policy)
    return max(due, at + _LEAST_SPREAD)


def check_can_send(held: Working, *, by: Member, at: datetime) -> None:
    """Refuse what would never arrive: we send only mail, and only where the program wants it (ruling A9)."""
    _wishes, contact = reading.wishes(held.handle, opener=Opener(by.account, Actor.SUPPORTER, at))
    wanted = held.policy.confidence.send_by is SendBy.SYSTEM and contact.channel is Channel.EMAIL
    if not (wanted and can_send()):
        raise NotAvailable(_("We can't send this one for you. Send it from your own phone or mail instead."))
