"""Everything that writes a referral. `take_step` is the only writer of a state."""

import contextlib
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from touchbase.kernel.clock import slot_down
from touchbase.kernel.errors import ReferralMovedOn, StepNotAllowed
from touchbase.kernel.ids import new_id, spell
from touchbase.notifications import outbox
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import agenda, clock, queries
from touchbase.referrals.course import Contact, Course, Event, Identity, Sealable, Source, Trail, Wishes
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import HELD_BY_SUPPORTER, Actor, State, Step, destination, may
from touchbase.referrals.models import Capsule, Link, Referral, Tombstone
from touchbase.referrals.queries import Opener, Working
from touchbase.utilization.counters import Facts, counts_of
from touchbase.vault import store
from touchbase.vault.errors import AlreadyThere
from touchbase.vault.sealing import Purpose, Sealed

TOMBSTONE_DAYS = 2  # vault.md section 9
TRAIL_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Arrival:
    """A referral that is durable in both stores."""

    handle: str
    course: Course
    token: str  # of the private link
    fresh: bool  # False when the same press arrived before


def arrive(*, here: CurrentProgram, asking: Asking, source: Source, once: str, at: datetime) -> Arrival:
    """Keep somebody's request: the key first, then the row. The same press twice makes one referral.

    `once` is the form's random number; without one every call is a new referral.
    Raises `Unavailable` when a store can't be written; then nothing is kept.
    """
    handle = _handle(once, asking)
    course = _first_course(here, asking, source, at)
    capsules: Mapping[Purpose, Sealable] = {
        Purpose.IDENTITY: Identity(name=asking.name, language=asking.language),
        Purpose.CONTACT: Contact(channel=asking.channel, address=asking.contact, times=asking.times),
        Purpose.WISHES: _wishes(asking),
        Purpose.COURSE: course,
    }
    data = {purpose: value.to_bytes() for purpose, value in capsules.items()}
    try:
        sealed = store.create(
            program=here.id, handle=handle, capsules=data, contact_tag=asking.contact, at=at
        )
    except AlreadyThere:
        return _arrived_before(here, handle, course, data, at)
    return _keep(here, handle, course, sealed, at)


def _handle(once: str, asking: Asking) -> str:
    """A random handle, the same for the same press: from the form's random number and what was typed.

    Two people who were served one copy of the form still get two handles, since they typed different things.
    """
    if not once:
        return new_id()
    typed = repr((once, asking.name, asking.channel.value, asking.contact))
    digest = hmac.new(settings.SECRET_KEY.encode(), typed.encode(), hashlib.sha256).digest()
    return spell(int.from_bytes(digest[:16]))


def _first_course(here: CurrentProgram, asking: Asking, source: Source, at: datetime) -> Course:
    arrived = slot_down(at)
    policy = here.policy
    return Course(
        source=source,
        arrived=arrived,
        due=clock.match_due(arrived, policy),
        waiting=arrived,
        active=arrived,
        language=asking.language,
    )


def _wishes(asking: Asking) -> Wishes:
    return Wishes(
        profession=asking.profession,
        department=asking.department,
        site=asking.site,
        wants=asking.wants,
        languages=asking.languages,
        topics=asking.topics,
        not_with=asking.not_with,
    )


def _keep(
    here: CurrentProgram, handle: str, course: Course, sealed: Mapping[Purpose, Sealed], at: datetime
) -> Arrival:
    token = queries.link_token(handle, program=here.id, n=1, opener=Opener("", Actor.RECIPIENT, at))
    first = agenda.upcoming(State.RECEIVED, course, here.policy)[0]
    with transaction.atomic():
        row = Referral.objects.create(
            handle=handle,
            program_id=here.id,
            policy_version=here.version,
            state=State.RECEIVED,
            next_at=first.at,
            next_kind=first.event,
            row_version=0,
        )
        Capsule.objects.bulk_create(_capsule(handle, purpose, value) for purpose, value in sealed.items())
        _link(row, token, course, here)
    return Arrival(handle, course, token, fresh=True)


def _capsule(handle: str, purpose: Purpose, sealed: Sealed) -> Capsule:
    return Capsule(
        referral_id=handle,
        purpose=purpose,
        schema=sealed.schema,
        alg=sealed.alg,
        nonce=sealed.nonce,
        blob=sealed.blob,
    )


def _link(row: Referral, token: str, course: Course, here: CurrentProgram) -> None:
    until = clock.longest_until(course.arrived, here.policy).date() + timedelta(days=1)
    Link.objects.create(token_hash=store.token_hash(token), referral=row, until=until)


def _arrived_before(
    here: CurrentProgram, handle: str, course: Course, data: Mapping[Purpose, bytes], at: datetime
) -> Arrival:
    """The second half of a double press, or the finish of a press that was cut off between the two stores."""
    if not Referral.objects.filter(handle=handle).exists():
        sealed = {
            purpose: store.seal(handle=handle, program=here.id, purpose=purpose, data=value)
            for purpose, value in data.items()
        }
        with contextlib.suppress(IntegrityError):  # the first press came through meanwhile
            return _keep(here, handle, course, sealed, at)
    opener = Opener("", Actor.RECIPIENT, at)
    found = queries.working(handle, opener=opener, program=here.id).course
    token = queries.link_token(handle, program=here.id, n=found.link_n, opener=opener)
    return Arrival(handle, found, token, fresh=False)


def take_step(
    *,
    held: Working,
    step: Step,
    by: Actor,
    at: datetime,
    course: Course,
    to: State | None = None,
    assignee: str = "",
    release: bool = False,
) -> Working:
    """Move a referral, or refuse. The only writer of a state; call it inside a transaction.

    `course` is the course as it should be afterwards. Compare and set: whoever comes second gets
    `ReferralMovedOn`. A step that the table doesn't have is `StepNotAllowed`.
    """
    if not may(step, by=by, state=held.state):
        raise StepNotAllowed(
            _("That can't be done now: this referral has moved on. Here is where it stands.")
        )
    state = destination(step, state=held.state, to=to)
    course = _stepped(held, step, by, at, course=course, state=state)
    unchecked = held.held and not release
    due = agenda.upcoming(state, course, held.policy, held=unchecked)[0]
    after = replace(
        held,
        state=state,
        held=unchecked and state is State.RECEIVED,
        assignee=assignee if state in HELD_BY_SUPPORTER else "",
        row_version=held.row_version + 1,
        next_at=due.at,
        next_kind=due.event,
        course=course,
    )
    _compare_and_set(held, after)
    return after


def _stepped(held: Working, step: Step, by: Actor, at: datetime, *, course: Course, state: State) -> Course:
    """The course with what every step leaves behind: activity, the trail, what the clock needn't repeat."""
    done = agenda.carried(course.done, held.state, state)
    if step is Step.NOTE:
        return course.changed(done=done)
    zone = held.policy.zone
    line = Trail(when=clock.part_of_day(at, zone), step=step)
    active = course.active if by is Actor.CLOCK else slot_down(at)
    return course.changed(done=done, active=active, trail=(*course.trail, line)[-TRAIL_LENGTH:])


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
        raise ReferralMovedOn(_("Somebody else acted first. Here is where it stands now."))
    sealed = store.seal(
        handle=after.handle,
        program=after.program,
        purpose=Purpose.COURSE,
        data=after.course.to_bytes(),
        version=after.row_version,
    )
    Capsule.objects.filter(referral_id=after.handle, purpose=Purpose.COURSE).update(
        schema=sealed.schema, alg=sealed.alg, nonce=sealed.nonce, blob=sealed.blob
    )


def note(*, held: Working, event: Event, at: datetime, **changes: object) -> Working:
    """Write down that the clock has done something, so that it is done once. Nothing moves."""
    course = held.course.changed(done=(*held.course.done, event), **changes)
    return take_step(held=held, step=Step.NOTE, by=Actor.CLOCK, at=at, course=course, assignee=held.assignee)


def new_link(*, held: Working, by: Actor, opener: Opener) -> str:
    """Replace the recipient's private link. The old one ends at once; the new one is returned."""
    n = held.course.link_n + 1
    with transaction.atomic():
        after = take_step(
            held=held,
            step=Step.NEW_LINK,
            by=by,
            at=opener.at,
            course=held.course.changed(link_n=n),
            assignee=held.assignee,
        )
        token = queries.link_token(after.handle, program=after.program, n=n, opener=opener)
        old = Link.objects.filter(referral_id=after.handle)
        until = old.values_list("until", flat=True)[0]
        old.delete()
        Link.objects.create(token_hash=store.token_hash(token), referral_id=after.handle, until=until)
    return token


def close(*, held: Working, by: Actor, at: datetime) -> Working:
    """Begin to close: after the undo time the clock erases. Undo brings it back as it was until then."""
    course = held.course.changed(
        previous=held.state,
        closed=at.replace(second=0, microsecond=0),
        peer=held.assignee or held.course.peer,
    )
    return take_step(held=held, step=Step.CLOSE, by=by, at=at, course=course)


def undo(*, held: Working, by: Actor, at: datetime) -> Working:
    """Take a close back: the same referral, key and supporter as before."""
    previous = held.course.previous
    if previous is None or at >= agenda.undo_until(held.course.closed or at):
        raise StepNotAllowed(_("The time to undo is over. You can ask again in under a minute."))
    course = held.course.changed(previous=None, closed=None)
    assignee = held.course.peer if previous in HELD_BY_SUPPORTER else ""
    return take_step(held=held, step=Step.UNDO, by=by, at=at, course=course, to=previous, assignee=assignee)


def withdraw(*, held: Working, by: Actor, at: datetime) -> None:
    """Erase now, without undo: the person asked for it, or it was never them."""
    course = held.course.changed(previous=None, closed=at.replace(second=0, microsecond=0))
    if held.state is not State.CLOSING or held.course.previous is not None:
        with transaction.atomic():
            held = take_step(held=held, step=Step.WITHDRAW, by=by, at=at, course=course)
    erase(held=held, at=at)


def erase(*, held: Working, at: datetime) -> bool:
    """Forget somebody: count, destroy the key, then delete the row. Safe to repeat after any crash.

    The count and the key go in one vault transaction, so a referral is counted exactly once (ruling A14).
    False when the key was gone already and only the row was left to delete.
    """
    if held.state is not State.CLOSING:
        raise StepNotAllowed(_("Only a closed referral is erased."))
    destroyed = store.destroy(
        handle=held.handle, program=held.program, counts=counts_of(_facts(held, at)), at=at
    )
    bury(handle=held.handle, at=at)
    return destroyed


def bury(*, handle: str, at: datetime) -> None:
    """Delete what is left of a referral whose key is gone, and remember the handle for two days."""
    with transaction.atomic():
        until = at.date() + timedelta(days=TOMBSTONE_DAYS)
        Tombstone.objects.get_or_create(handle=handle, defaults={"until": until})
        outbox.drop_person(handle=handle)
        Referral.objects.filter(handle=handle).delete()


def clear_tombstones(*, at: datetime) -> int:
    """Delete tombstones whose time is over."""
    return Tombstone.objects.filter(until__lt=at.date()).delete()[0]


def _facts(held: Working, at: datetime) -> Facts:
    """What is counted of one referral, as marginals."""
    course = held.course
    wished, _contact = queries.wishes(held.handle, opener=Opener("", Actor.CLOCK, at))
    first_touch = course.touches[0].at if course.touches else None
    return Facts(
        source=course.source.value,
        profession=wished.profession,
        match_hours=_hours(course.arrived, course.first_accepted),
        touch_hours=_hours(course.arrived, first_touch),
        answer=course.answer.value if course.answer else "",
        touches=len(course.touches),
        talks=tuple((talk.mode.value if talk.mode else "", talk.minutes) for talk in course.talks),
    )


def _hours(start: datetime, end: datetime | None) -> float | None:
    return None if end is None else (end - start) / timedelta(hours=1)
