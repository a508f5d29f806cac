"""What the clock has to do next about a referral, worked out from its course: state, never a timer.

Source of the times: product.md sections 3 and 6, rulings B3, B4, B29, B30.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from touchbase.kernel.clock import slot_down, slot_up
from touchbase.programs.policy import MatchBy, Policy
from touchbase.referrals import clock
from touchbase.referrals.course import Course, Event
from touchbase.referrals.lifecycle import State

UNDO = timedelta(minutes=15)
IDLE_WARNING_DAYS = 7
BATCH = timedelta(hours=72)  # how long those of one list are known to belong together (ruling B13)
MATCH_REMINDERS = frozenset({Event.HALF, Event.EIGHTY, Event.DUE})


_ORDER = {event: place for place, event in enumerate(Event)}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing the clock will do, and when."""

    at: datetime
    event: Event

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands among others: by time, and of one moment in the order of `Event`."""
        return self.at, _ORDER[self.event]


def upcoming(state: State, course: Course, policy: Policy, *, held: bool = False) -> list[Due]:
    """Everything the clock still has to do in this state, the earliest first. Never empty.

    `held`: an unchecked referral is never matched by the clock (ruling A16), nor one whose person wants to be
    told before another than their chosen peer is asked (ruling B7).
    """
    found = [due for due in _events(state, course, policy, held) if due.event not in course.done]
    return sorted((Due(slot_down(due.at), due.event) for due in found), key=lambda due: due.place)


def _events(state: State, course: Course, policy: Policy, held: bool) -> Iterator[Due]:
    if state is State.CLOSING:
        closed = course.closed or course.active
        # Erasing now has nothing to go back to; if it was cut off, the sweep finishes it at once.
        yield Due(undo_until(closed) if course.previous else closed, Event.ERASE)
        return
    yield Due(clock.longest_until(course.arrived, policy), Event.LONGEST)
    if course.batch:
        yield Due(course.arrived + BATCH, Event.BATCH_OVER)
    if state is State.RESTING:
        yield Due(clock.rest_until(course.rest_from or course.active, policy), Event.REST_OVER)
    elif state in {State.RECEIVED, State.MATCHED}:
        yield from _matching(state, course, policy, held)
    else:
        yield from _idle(course, policy)
    if state is State.ACCEPTED and course.accepted:
        yield from _reaching_out(course.accepted, policy)
    if state is State.INVITED:
        yield from _waiting_for_answer(course, policy)
    if state is State.TALKING and course.check_in and not course.checked_back:
        yield Due(clock.day_begins(course.check_in, policy), Event.CHECK_IN)


def _matching(state: State, course: Course, policy: Policy, held: bool) -> Iterator[Due]:
    half, eighty = clock.reminders(course.waiting, course.due, policy)
    yield Due(half, Event.HALF)
    yield Due(eighty, Event.EIGHTY)
    yield Due(course.due, Event.DUE)
    if course.reminded:
        yield Due(course.reminded + timedelta(days=1), Event.LATE)
    if state is State.MATCHED and course.ask:
        yield Due(course.ask.until, Event.ASK_EXPIRES)
    waits_for_word = held or course.asks_first
    if state is State.RECEIVED and policy.matching.match_by is MatchBy.CLOCK and not waits_for_word:
        yield Due(clock.ask_at(course.waiting, course.due, policy.matching.clock_share), Event.CLOCK_MATCH)


def _reaching_out(accepted: datetime, policy: Policy) -> Iterator[Due]:
    due = clock.touch_due(accepted, policy)
    yield Due(accepted + (due - accepted) / 2, Event.NUDGE)
    yield Due(due, Event.TOUCH_DUE)


def _waiting_for_answer(course: Course, policy: Policy) -> Iterator[Due]:
    last = course.touches[-1].at
    if len(course.touches) > 1:
        # Who took over after both notes gets the whole wait, too.
        since = max(last, course.accepted or last)
        yield Due(clock.days_after(since, policy.clock.answer_wait_days, policy.zone), Event.NO_ANSWER)
        return
    opens, closes = clock.second_touch_window(last, policy)
    yield Due(opens, Event.SECOND_TOUCH)
    yield Due(clock.days_after(closes, policy.clock.answer_wait_days, policy.zone), Event.NO_ANSWER)


def _idle(course: Course, policy: Policy) -> Iterator[Due]:
    # Idle days don't run while an agreed check-in is ahead (ruling B29).
    since = (
        max(course.active, clock.day_begins(course.check_in, policy)) if course.check_in else course.active
    )
    idle = clock.idle_until(since, policy)
    yield Due(clock.days_after(idle, -IDLE_WARNING_DAYS, policy.zone), Event.IDLE_SOON)
    yield Due(idle, Event.IDLE)


def carried(done: tuple[Event, ...], before: State, after: State) -> tuple[Event, ...]:
    """What stays done over a move: everything while nothing moves, and while a close can be undone.

    Between waiting and being asked one clock runs on: its reminders stay done, and only they.
    """
    if before is after or State.CLOSING in {before, after}:
        return done
    if {before, after} <= {State.RECEIVED, State.MATCHED}:
        return tuple(event for event in done if event in MATCH_REMINDERS)
    return ()


def undone(done: tuple[Event, ...], *events: Event) -> tuple[Event, ...]:
    """What is done without these: they may come again."""
    return tuple(event for event in done if event not in events)


def waits_again(course: Course, policy: Policy, at: datetime) -> Course:
    """The course of somebody who needs another supporter: at least half of the clock's time (section G).

    It is a new wait, so whoever was reminded of the old one is reminded anew.
    """
    moment = slot_down(at)
    again = moment + timedelta(hours=policy.clock.match_within_hours) / 2
    return course.changed(
        ask=None,
        peer="",
        accepted=None,
        rest_from=None,
        waiting=moment,
        due=max(course.due, slot_down(again)),
        reminded=None,
        done=(),
    )


def undo_until(closed: datetime) -> datetime:
    """Until when a close can be taken back: a quarter of an hour, told as the half hour after it."""
    return slot_up(closed + UNDO)
