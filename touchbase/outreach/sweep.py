"""The clock: looks at what is due and does it. State, not timers: a restart changes nothing."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from touchbase.accounts.sessions import SessionStore
from touchbase.audit import log
from touchbase.kernel.clock import slot_down
from touchbase.kernel.errors import DomainError, ReferralMovedOn, Unavailable
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.notifications.outbox import Due
from touchbase.outreach import actions, answers, queries
from touchbase.outreach.letters import composer
from touchbase.programs.queries import all_programs
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda
from touchbase.referrals import queries as reading
from touchbase.referrals.course import Answer, Course, Event
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Opener, Working
from touchbase.utilization import actions as counting
from touchbase.utilization.counters import half_year
from touchbase.vault import rotation, store
from touchbase.vault.errors import Gone

logger = logging.getLogger(__name__)
ROWS_A_RUN = 200
CLOSES_A_DAY = 5  # a program's automatic closes for want of activity (ruling B30)
ORPHAN_AFTER = timedelta(hours=1)

# What may not happen while the machine's clock can't be trusted: nothing is closed or erased early.
_ENDS = frozenset(
    {Event.IDLE, Event.LONGEST, Event.REST_OVER, Event.NO_ANSWER, Event.ERASE, Event.ASK_EXPIRES}
)


@dataclass
class Swept:
    """What one look did, as counts."""

    events: int = 0
    erased: int = 0
    lost: int = 0  # open referrals whose key is gone: somebody must ask again
    sent: int = 0
    retried: int = 0
    refused: list[str] = field(default_factory=list)  # codes, never about whom


def run_once(at: datetime, *, limit: int = ROWS_A_RUN) -> Swept:
    """Do everything that is due at `at`, each thing once. Safe at any time, with any number of sweepers."""
    swept = Swept()
    rotation.rotate(at=at)
    frozen = rotation.status(at=at).frozen
    for row in reading.due_rows(at, limit=limit):
        _look_at(row.handle, State(row.state), at, frozen, swept)
    _send(at, swept)
    _count(at)
    _tidy(at)
    return swept


def _look_at(handle: str, state: State, at: datetime, frozen: bool, swept: Swept) -> None:
    """Everything due about one referral, in order. One that can't be handled doesn't stop the others."""
    opener = Opener("", Actor.CLOCK, at)
    try:
        while _next_event(reading.working(handle, opener=opener), at, frozen, swept):
            swept.events += 1
    except Gone:
        if state is State.CLOSING:  # the key was destroyed and the process ended before the row went
            referrals.bury(handle=handle, at=at)
            swept.erased += 1
        else:
            swept.lost += 1
    except Unavailable:
        raise
    except DomainError as refusal:
        if not isinstance(refusal, ReferralMovedOn):
            logger.warning("sweep.refused %s", refusal.code)
            swept.refused.append(refusal.code)


def _next_event(held: Working, at: datetime, frozen: bool, swept: Swept) -> bool:
    """Do the earliest thing that is due. False when there is nothing (more) to do now."""
    due = agenda.upcoming(held.state, held.course, held.policy, held=held.held)[0]
    if due.at > at or (frozen and due.event in _ENDS):
        return False
    if due.event is Event.ERASE:
        swept.erased += 1
        referrals.erase(held=held, at=at)
        return False
    with transaction.atomic():
        return _HANDLERS[due.event](held, due.event, at)


def _remind(held: Working, event: Event, at: datetime) -> bool:
    late = event in {Event.DUE, Event.LATE}
    template = Template.LATE if late else Template.REMINDER
    actions.tell_desk(program=held.program, template=template, at=at, backup=event is not Event.HALF)
    if late:
        course = held.course.changed(reminded=slot_down(at))
        done = course.done if event is Event.LATE else (*course.done, event)
        _note(held, at, course.changed(done=done))
    else:
        referrals.note(held=held, event=event, at=at)
    return True


def _note(held: Working, at: datetime, course: Course) -> None:
    referrals.take_step(
        held=held, step=Step.NOTE, by=Actor.CLOCK, at=at, course=course, assignee=held.assignee
    )


def _clock_match(held: Working, event: Event, at: datetime) -> bool:
    best = queries.ranking(held, at=at).top
    if best:
        actions.match(held=held, supporter=best[0].key, by=Actor.CLOCK, at=at)
    else:
        actions.tell_desk(program=held.program, template=Template.LATE, at=at, backup=True)
        referrals.note(held=held, event=event, at=at)
    return True


def _expire_ask(held: Working, _event: Event, at: datetime) -> bool:
    actions.back_to_queue(held=held, step=Step.ASK_EXPIRED, by=Actor.CLOCK, at=at)
    return True


def _tell_peer(held: Working, event: Event, at: datetime) -> bool:
    actions.tell_peer(held=held, template=Template.WAITING, at=at)
    if event is Event.TOUCH_DUE:
        actions.tell_desk(program=held.program, template=Template.LATE, at=at)
    referrals.note(held=held, event=event, at=at)
    return True


def _no_answer(held: Working, _event: Event, at: datetime) -> bool:
    answers.rest(held=held, said=Answer.NONE, by=Actor.CLOCK, at=at)
    return True


def _rest_over(held: Working, _event: Event, at: datetime) -> bool:
    referrals.close(held=held, by=Actor.CLOCK, at=at)
    return True


def _close(held: Working, _event: Event, at: datetime) -> bool:
    """Close for want of activity, a few a day; beyond that the coordinator is asked (ruling B30)."""
    if log.count(program=held.program, actor=Actor.CLOCK.value, verb="close", day=at.date()) >= CLOSES_A_DAY:
        _ask_to_close(held, at)
        return False
    log.record(program=held.program, actor=Actor.CLOCK.value, verb="close", day=at.date())
    referrals.close(held=held, by=Actor.CLOCK, at=at)
    return True


def _ask_to_close(held: Working, at: datetime) -> None:
    clock, verb = Actor.CLOCK.value, "ask to close"
    if not log.count(program=held.program, actor=clock, verb=verb, day=at.date()):
        log.record(program=held.program, actor=clock, verb=verb, day=at.date())
        actions.tell_desk(program=held.program, template=Template.REMINDER, at=at)


_HANDLERS: Mapping[Event, Callable[[Working, Event, datetime], bool]] = {
    Event.HALF: _remind,
    Event.EIGHTY: _remind,
    Event.DUE: _remind,
    Event.LATE: _remind,
    Event.CLOCK_MATCH: _clock_match,
    Event.ASK_EXPIRES: _expire_ask,
    Event.NUDGE: _tell_peer,
    Event.TOUCH_DUE: _tell_peer,
    Event.SECOND_TOUCH: _tell_peer,
    Event.CHECK_IN: _tell_peer,
    Event.IDLE_SOON: _tell_peer,
    Event.NO_ANSWER: _no_answer,
    Event.IDLE: _close,
    Event.LONGEST: _close,
    Event.REST_OVER: _rest_over,
}


def _send(at: datetime, swept: Swept) -> None:
    def gave_up(due: Due) -> None:
        if due.handle:
            _undelivered(due.handle, at)

    delivered = outbox.deliver_due(compose=composer(at), at=at, gave_up=gave_up)
    swept.sent, swept.retried = delivered.sent, delivered.retried


def _undelivered(handle: str, at: datetime) -> None:
    """A note could not be sent for an hour: the peer's own phone is the way now, and the desk is told."""
    try:
        held = reading.working(handle, opener=Opener("", Actor.CLOCK, at))
        with transaction.atomic():
            _note(held, at, held.course.changed(undelivered=True))
            actions.tell_peer(held=held, template=Template.WAITING, at=at)
            actions.tell_desk(program=held.program, template=Template.LATE, at=at)
    except (DomainError, Gone):
        logger.warning("sweep.undelivered_and_gone")


def _count(at: datetime) -> None:
    """Once a month, add the pool of closed referrals to the counters; release what is ripe (A14, A15)."""
    for here in all_programs():
        batch = store.take_batch(program=here.id, at=at)
        if batch:
            counting.add(
                program_id=here.id, batch=batch.id, half_year=half_year(at.date()), counts=batch.counts
            )
            store.drop_batch(batch=batch.id)
        counting.release_due(
            program_id=here.id,
            today=at.astimezone(here.policy.zone).date(),
            floor=here.policy.reporting.floor,
            headcounts={option.key: option.headcount for option in here.policy.eligibility.professions},
        )


def _tidy(at: datetime) -> None:
    """What has run out: sessions, tombstones, and keys that never got a row."""
    SessionStore.clear_expired()
    referrals.clear_tombstones(at=at)
    store.mark_orphans(known=reading.all_handles(), at=at)
    store.destroy_orphans(known=reading.all_handles(), at=at, older_than=ORPHAN_AFTER)
