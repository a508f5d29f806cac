"""Everything that moves a referral. `take_step` is the only writer of a state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.kernel.clock import slot_down
from touchbase.kernel.errors import NotFound, ReferralMovedOn, StepNotAllowed
from touchbase.referrals import agenda, arrival, clock, queries
from touchbase.referrals.course import Contact, Course, Event, Sealable, Trail
from touchbase.referrals.lifecycle import HELD_BY_SUPPORTER, MET, Actor, State, Step, destination, may
from touchbase.referrals.models import Capsule, Referral
from touchbase.referrals.queries import Opener, Working
from touchbase.vault import store
from touchbase.vault.errors import Gone
from touchbase.vault.sealing import Purpose

TRAIL_LENGTH = 24
_TRIES = 5
Outcome = TypeVar("Outcome")


@transaction.atomic
def take_step(
    *,
    held: Working,
    step: Step,
    by: Actor,
    at: datetime,
    course: Course,
    to: State | None = None,
    assignee: str = "",
    unchecked: bool | None = None,
) -> Working:
    """Move a referral, or refuse. The only writer of a state.

    `course` is the course as it should be afterwards, `assignee` somebody who takes it over now, `unchecked`
    whether it waits for the desk's word, where the step changes that. Compare and set: whoever comes second
    gets `ReferralMovedOn`. A step that the table doesn't have is `StepNotAllowed`.
    """
    if not may(step, by=by, state=held.state):
        raise StepNotAllowed(_not_now(by))
    state = destination(step, state=held.state, to=to)
    course = _stepped(held, step, by, at, course=course, state=state)
    waits = state is State.RECEIVED and (held.held if unchecked is None else unchecked)
    due = agenda.upcoming(state, course, held.policy, held=waits)[0]
    after = replace(
        held,
        state=state,
        held=waits,
        assignee=(assignee or held.assignee) if state in HELD_BY_SUPPORTER else "",
        row_version=held.row_version + 1,
        next_at=due.at,
        next_kind=due.event.value,
        course=course,
    )
    _compare_and_set(held, after)
    return after


def insist(*, handle: str, at: datetime, step: Callable[[Working], Outcome]) -> Outcome | None:
    """Take a step that mustn't be lost to somebody else's: from where things stand then, a few times over.

    None when there is nothing any more to take it on. Raises `ReferralMovedOn` when it was always overtaken.
    """
    opener, tries = Opener("", Actor.CLOCK, at), _TRIES
    while True:
        try:
            return step(queries.working(handle, opener=opener))
        except ReferralMovedOn:
            tries -= 1
            if not tries:
                raise
        except (NotFound, Gone):
            return None


def _not_now(by: Actor) -> str:
    if by is Actor.RECIPIENT:
        return _("That can't be done any more. Your page shows what can.")
    return _("That can't be done now: this referral has moved on. Open it again to see where it stands.")


def _stepped(held: Working, step: Step, by: Actor, at: datetime, *, course: Course, state: State) -> Course:
    """The course with what every step leaves behind: activity, the trail, what the clock needn't repeat."""
    done = agenda.carried(course.done, held.state, state)
    if step is Step.NOTE:
        return course.changed(done=done)
    line = Trail(when=clock.part_of_day(at, held.policy.zone), step=step)
    trail = (*course.trail, line)[-TRAIL_LENGTH:]
    if by is Actor.CLOCK:
        return course.changed(done=done, trail=trail)
    # Something happened: the days of nothing count anew, and so does the warning before they end.
    return course.changed(done=agenda.undone(done, Event.IDLE_SOON), trail=trail, active=slot_down(at))


def _compare_and_set(before: Working, after: Working) -> None:
    changed = Referral.objects.filter(
        handle=before.handle, row_version=before.row_version, state=before.state
    ).update(
        state=after.state,
        held=after.held,
        assignee_id=after.assignee or None,
        next_at=after.next_at,
        next_kind=after.next_kind,
        row_version=after.row_version,
    )
    if not changed:
        raise _moved_on()
    _seal_anew(after, Purpose.COURSE, after.course, after.row_version)


def _seal_anew(held: Working, purpose: Purpose, value: Sealable, version: int = 0) -> None:
    sealed = store.seal(
        handle=held.handle, program=held.program, purpose=purpose, data=value.to_bytes(), version=version
    )
    Capsule.objects.filter(referral_id=held.handle, purpose=purpose).update(
        schema=sealed.schema, alg=sealed.alg, nonce=sealed.nonce, blob=sealed.blob
    )


@transaction.atomic
def contact_failed(*, held: Working, opener: Opener) -> Working:
    """The number or address doesn't work: back to the desk, and nobody is asked before it is replaced (D2).

    What went there reached nobody it was meant for, so it was no touch; the link in it ends.
    """
    course = agenda.waits_again(held.course, held.policy, opener.at)
    course = course.changed(wrong_contact=True, touches=())
    if held.course.touches:
        course = course.changed(link_n=course.link_n + 1)
    after = take_step(
        held=held, step=Step.CONTACT_FAILED, by=Actor.SUPPORTER, at=opener.at, course=course, unchecked=True
    )
    if held.course.touches:
        token = queries.link_token(held.handle, program=held.program, n=course.link_n, opener=opener)
        arrival.keep_link(held.handle, token, course, held.policy)
    return after


@transaction.atomic
def replace_contact(*, held: Working, contact: Contact, at: datetime) -> Working:
    """Reach somebody by another contact from now on. The vault notices the person by it.

    That comes first: cut off after it, only a duplicate is missed, and the step is taken again.
    """
    store.retag(handle=held.handle, program=held.program, contact_tag=contact.address)
    course = held.course.changed(wrong_contact=False, undelivered=False)
    after = take_step(
        held=held,
        step=Step.REPLACE_CONTACT,
        by=Actor.COORDINATOR,
        at=at,
        course=course,
        unchecked=held.held and not held.course.wrong_contact,
    )
    _seal_anew(after, Purpose.CONTACT, contact)
    return after


@transaction.atomic
def spend_referrer(*, held: Working, contact: Contact, at: datetime) -> str:
    """The contact of whoever asked for somebody, for the one look there is: it isn't kept any longer."""
    take_step(held=held, step=Step.ASK_REFERRER, by=Actor.COORDINATOR, at=at, course=held.course)
    _seal_anew(held, Purpose.CONTACT, contact.model_copy(update={"referrer_contact": ""}))
    return contact.referrer_contact


def note(*, held: Working, at: datetime, course: Course) -> Working:
    """Write down that the clock has done something, so that it is done once. Nothing moves."""
    return take_step(held=held, step=Step.NOTE, by=Actor.CLOCK, at=at, course=course)


@transaction.atomic
def new_link(*, held: Working, by: Actor, opener: Opener) -> str:
    """Replace the recipient's private link. The old one ends at once; the new one is returned."""
    n = held.course.link_n + 1
    course = held.course.changed(link_n=n)
    take_step(held=held, step=Step.NEW_LINK, by=by, at=opener.at, course=course)
    token = queries.link_token(held.handle, program=held.program, n=n, opener=opener)
    arrival.keep_link(held.handle, token, course, held.policy)
    return token


def close(*, held: Working, by: Actor, at: datetime) -> Working:
    """Begin to close: after the undo time the clock erases. Undo brings it back as it was until then."""
    course = held.course.changed(
        previous=held.state,
        closed=_minute(at),
        peer=held.assignee or held.course.peer,
        unchecked=held.held,
    )
    return take_step(held=held, step=Step.CLOSE, by=by, at=at, course=course)


def redirect(*, held: Working, by: Actor, at: datetime) -> Working:
    """Close because another program or place is the right one: counted as "sent elsewhere" (ruling D3)."""
    course = held.course.changed(
        previous=held.state, closed=_minute(at), elsewhere=True, peer="", unchecked=held.held
    )
    return take_step(held=held, step=Step.REDIRECT, by=by, at=at, course=course)


def join(*, held: Working, stays: Working, by: Actor, at: datetime) -> Working:
    """End one of two referrals of the same person; the private link of the one leads to the other then.

    It can't be undone, and isn't counted: the person is, by the referral that stays (ruling D4).
    """
    _hold(stays)
    course = held.course.changed(previous=None, closed=_minute(at), joined=True, ask=None)
    after = take_step(held=held, step=Step.JOIN, by=by, at=at, course=course)
    arrival.hand_over_link(held.handle, stays.handle)
    return after


def _hold(held: Working) -> None:
    """Keep a row as it was read until the transaction ends: who stays mustn't end in that moment."""
    rows = Referral.objects.select_for_update().filter(handle=held.handle, row_version=held.row_version)
    if rows.first() is None:
        raise _moved_on()


def _moved_on() -> ReferralMovedOn:
    return ReferralMovedOn(_("Somebody else acted first. Open it again to see where it stands."))


def undo(*, held: Working, by: Actor, at: datetime) -> Working:
    """Take a close back: the same referral, key and supporter as before."""
    course = held.course
    if course.previous is None or course.closed is None or at >= agenda.undo_until(course.closed):
        raise StepNotAllowed(_("The time to undo is over. The person can ask again in under a minute."))
    return take_step(
        held=held,
        step=Step.UNDO,
        by=by,
        at=at,
        course=course.changed(previous=None, closed=None, unchecked=False, elsewhere=False),
        to=course.previous,
        assignee=course.peer,
        unchecked=course.unchecked,
    )


def withdraw(*, held: Working, by: Actor, at: datetime) -> Working:
    """Begin to erase now, without undo: the person asked for it, or it was never them. Twice is as once."""
    if held.state is State.CLOSING and held.course.previous is None:
        return held
    course = held.course.changed(previous=None, closed=_minute(at))
    return take_step(held=held, step=Step.WITHDRAW, by=by, at=at, course=course)


def met(held: Working) -> str:
    """The supporter who has the referral and knows who it is, as a membership; empty before a yes."""
    return held.assignee if held.state in MET else ""


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
