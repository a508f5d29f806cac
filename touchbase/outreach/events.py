"""What the clock does about one referral when something is due: a table from event to act.

Each act moves or marks the referral first and then writes what follows from it, in one transaction: of two
sweepers one acts, and the other finds it done.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from touchbase.audit import log
from touchbase.kernel.clock import slot_down
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.outreach import actions, answers, etiquette, queries, reach
from touchbase.outreach.telling import tell_it_ended, tell_peer
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda
from touchbase.referrals.course import Answer, Event
from touchbase.referrals.lifecycle import Actor, Step
from touchbase.referrals.queries import Working

CLOSES_A_DAY = 5  # a program's automatic closes for want of activity (ruling B30)
Act = Callable[[Working, Event, datetime], bool]


@transaction.atomic
def act(held: Working, event: Event, at: datetime) -> bool:
    """Do what an event asks for. False when it can't be done today and the referral waits."""
    return _ACTS[event](held, event, at)


def _remind(held: Working, event: Event, at: datetime) -> bool:
    """Remind the desk. Where the clock found nobody before, it looks again after each reminder."""
    late = event in {Event.DUE, Event.LATE}
    done = agenda.undone(held.course.done, Event.CLOCK_MATCH)
    course = held.course.changed(done=done if event is Event.LATE else (*done, event))
    referrals.note(held=held, at=at, course=course.changed(reminded=slot_down(at)) if late else course)
    template = Template.LATE if late else Template.REMINDER
    tell_desk(
        program=held.program,
        template=template,
        at=at,
        backup=event is not Event.HALF,
        around=held.course.around,
    )
    return True


def _clock_match(held: Working, event: Event, at: datetime) -> bool:
    best = queries.ranking(held, at=at).top
    if best:
        actions.match(held=held, supporter=best[0].key, by=Actor.CLOCK, at=at)
    else:
        _mark(held, event, at)
        tell_desk(program=held.program, template=Template.LATE, at=at, backup=True, around=held.course.around)
    return True


def _expire_ask(held: Working, _event: Event, at: datetime) -> bool:
    actions.back_to_queue(held=held, step=Step.ASK_EXPIRED, by=Actor.CLOCK, at=at)
    return True


def _tell_peer(held: Working, event: Event, at: datetime) -> bool:
    _mark(held, event, at)
    tell_peer(held=held, template=Template.WAITING, at=at)
    if event is Event.TOUCH_DUE:
        _tell_desk_if_shown(held, Template.LATE, at)
    return True


def _batch_over(held: Working, _event: Event, at: datetime) -> bool:
    referrals.note(held=held, at=at, course=held.course.changed(batch=""))
    return True


def _no_answer(held: Working, _event: Event, at: datetime) -> bool:
    answers.rest(held=held, said=Answer.NONE, by=Actor.CLOCK, at=at)
    return True


def _rest_over(held: Working, _event: Event, at: datetime) -> bool:
    referrals.close(held=held, by=Actor.CLOCK, at=at)
    return True


def _close(held: Working, _event: Event, at: datetime) -> bool:
    """Close for want of activity, a few a day; beyond that the coordinator is asked, once."""
    if _is_within(CLOSES_A_DAY, "close", held, at):
        referrals.close(held=held, by=Actor.CLOCK, at=at)
        tell_it_ended(held=held, at=at)
        return True
    if _is_within(1, "ask to close", held, at):
        _tell_desk_if_shown(held, Template.REMINDER, at)
    return False


class _EnoughToday(Exception):
    """The day's number is reached."""


def _is_within(most: int, verb: str, held: Working, at: datetime) -> bool:
    """Count one more of the clock's acts of the program's day, unless that would be more than `most`."""
    program, clock, day = held.program, Actor.CLOCK.value, local_day(at, held.policy)
    try:
        with transaction.atomic():
            # Counted first: whoever comes second waits for the first, and sees the sum of both.
            log.record(program=program, actor=clock, verb=verb, day=day)
            if log.count(program=program, actor=clock, verb=verb, day=day) > most:
                raise _EnoughToday
    except _EnoughToday:
        return False
    return True


def _mark(held: Working, event: Event, at: datetime) -> None:
    referrals.note(held=held, at=at, course=held.course.changed(done=(*held.course.done, event)))


def _tell_desk_if_shown(held: Working, template: Template, at: datetime) -> None:
    """Write to the desk about one that is with a peer, unless the program shows it nothing of those."""
    if not reach.is_hidden(held, program_by_id(held.program).policy, held.course):
        tell_desk(program=held.program, template=template, at=at, around=held.course.around)


@transaction.atomic
def not_delivered(held: Working, template: Template, at: datetime) -> None:
    """A message to somebody couldn't be sent for more than an hour, or not at all.

    A note didn't happen then, and the peer's own phone is the way. A list or a check-in can be sent again.
    A message whose moment has passed is missed by nobody.
    """
    course = held.course
    if not etiquette.still_wanted(template, held.state, course):
        return
    if template is Template.RESOURCES:
        referrals.note(held=held, at=at, course=course.changed(list_sent=False))
    elif template is Template.CHECK_IN:
        referrals.note(held=held, at=at, course=course.changed(checked_back=False))
    elif template is not Template.CHOICE:
        course = course.changed(touches=course.touches[:-1], accepted=slot_down(at), undelivered=True)
        referrals.take_step(held=held, step=Step.NOT_DELIVERED, by=Actor.CLOCK, at=at, course=course)
    tell_peer(held=held, template=Template.WAITING, at=at)
    _tell_desk_if_shown(held, Template.LATE, at)


_ACTS: Mapping[Event, Act] = MappingProxyType(
    {
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
        Event.BATCH_OVER: _batch_over,
        Event.IDLE_SOON: _tell_peer,
        Event.NO_ANSWER: _no_answer,
        Event.IDLE: _close,
        Event.LONGEST: _close,
        Event.REST_OVER: _rest_over,
    }
)
