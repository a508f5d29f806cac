"""What the clock will do next, from the course alone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.programs import policy_text
from touchbase.programs.files import parse
from touchbase.programs.policy import Policy
from touchbase.referrals import agenda, clock
from touchbase.referrals.course import Ask, Course, Event, Source, Touch
from touchbase.referrals.lifecycle import State

MONDAY = datetime(2026, 5, 11, 14, 0, tzinfo=UTC)


def rules(**changes: str) -> Policy:
    return parse(policy_text(**changes), file="harbor.toml")


POLICY = rules()


def course(**changes: Any) -> Course:
    begun = {"arrived": MONDAY, "waiting": MONDAY, "active": MONDAY, "due": clock.match_due(MONDAY, POLICY)}
    return Course(source=Source.SELF, **(begun | changes))


def events(state: State, of: Course, policy: Policy = POLICY, **held: bool) -> list[Event]:
    return [due.event for due in agenda.upcoming(state, of, policy, **held)]


def test_somebody_who_waits_is_reminded_of_twice_before_they_are_late() -> None:
    assert events(State.RECEIVED, course()) == [Event.HALF, Event.EIGHTY, Event.DUE, Event.LONGEST]


def test_a_late_match_is_told_again_a_day_after_it_was_told() -> None:
    told = course(done=(Event.HALF, Event.EIGHTY, Event.DUE), reminded=MONDAY + timedelta(days=1))
    first = agenda.upcoming(State.RECEIVED, told, POLICY)[0]
    assert first == agenda.Due(MONDAY + timedelta(days=2), Event.LATE)


def test_the_clock_matches_only_where_the_policy_says_so() -> None:
    by_clock = rules(matching='match_by = "clock"\nclock_share = 0.25')
    found = agenda.upcoming(State.RECEIVED, course(), by_clock)[0]
    assert (found.event, found.at) == (Event.CLOCK_MATCH, MONDAY + timedelta(hours=6))


def test_the_clock_never_matches_what_nobody_has_checked() -> None:
    by_clock = rules(matching='match_by = "clock"')
    assert Event.CLOCK_MATCH not in events(State.RECEIVED, course(), by_clock, held=True)


def test_the_match_clock_runs_on_while_a_supporter_is_asked() -> None:
    ask = Ask(member="m", at=MONDAY, until=MONDAY + timedelta(hours=4))
    asked = events(State.MATCHED, course(ask=ask))
    assert asked == [Event.ASK_EXPIRES, Event.HALF, Event.EIGHTY, Event.DUE, Event.LONGEST]


def test_an_ask_runs_out_only_while_somebody_is_asked() -> None:
    waits = [Event.HALF, Event.EIGHTY, Event.DUE, Event.LONGEST]
    over = course(ask=Ask(member="m", at=MONDAY, until=MONDAY + timedelta(hours=4)))
    assert (events(State.RECEIVED, over), events(State.MATCHED, course())) == (waits, waits)


def test_a_supporter_who_said_yes_is_nudged_halfway_to_when_the_note_is_late() -> None:
    found = agenda.upcoming(State.ACCEPTED, course(accepted=MONDAY), POLICY)
    half = agenda.Due(MONDAY + timedelta(hours=12), Event.NUDGE)
    assert found[:2] == [half, agenda.Due(MONDAY + timedelta(hours=24), Event.TOUCH_DUE)]


def test_nobody_is_nudged_whose_note_is_out() -> None:
    written = course(accepted=MONDAY, touches=(Touch(at=MONDAY),))
    after = [Event.SECOND_TOUCH, Event.NO_ANSWER, Event.IDLE_SOON, Event.IDLE, Event.LONGEST]
    assert events(State.INVITED, written) == after


def test_a_referral_without_news_is_told_of_a_week_before_it_closes() -> None:
    found = {due.event: due.at for due in agenda.upcoming(State.TALKING, course(), POLICY)}
    assert found[Event.IDLE] - found[Event.IDLE_SOON] == timedelta(days=7)


def test_the_wait_for_an_answer_ends_at_the_time_of_day_of_the_note() -> None:
    """The clocks go forward on March 8, 2026: the same hour of the day comes an hour earlier after it."""
    sent = datetime(2026, 2, 28, 15, tzinfo=UTC)
    for touches in ((Touch(at=sent),), (Touch(at=sent), Touch(at=sent + timedelta(days=4)))):
        written = course(active=sent, touches=touches)
        found = {due.event: due.at for due in agenda.upcoming(State.INVITED, written, POLICY)}
        assert found[Event.NO_ANSWER].hour == 14
    # And the week before a close of its own accord may hold the change of clocks as well.
    quiet = course(active=datetime(2026, 2, 9, 15, tzinfo=UTC))
    found = {due.event: due.at for due in agenda.upcoming(State.TALKING, quiet, POLICY)}
    assert (found[Event.IDLE_SOON].hour, found[Event.IDLE].hour) == (15, 14)


def test_after_one_note_a_second_may_go_and_then_the_wait_ends() -> None:
    invited = course(touches=(Touch(at=MONDAY),))
    assert events(State.INVITED, invited)[:2] == [Event.SECOND_TOUCH, Event.NO_ANSWER]


def test_after_two_notes_only_the_wait_is_left() -> None:
    invited = course(touches=(Touch(at=MONDAY), Touch(at=MONDAY + timedelta(days=4))))
    assert Event.SECOND_TOUCH not in events(State.INVITED, invited)


def test_idle_days_wait_for_an_agreed_check_in() -> None:
    idle = clock.idle_until(MONDAY, POLICY)
    agreed = course(check_in=date(2026, 6, 8))
    found = {due.event: due.at for due in agenda.upcoming(State.TALKING, agreed, POLICY)}
    assert found[Event.IDLE] > idle
    assert found[Event.CHECK_IN] == clock.day_begins(date(2026, 6, 8), POLICY)


def test_a_check_in_that_went_out_is_not_told_again() -> None:
    agreed = course(check_in=date(2026, 6, 8), checked_back=True)
    assert Event.CHECK_IN not in events(State.TALKING, agreed)


def test_who_takes_over_after_both_notes_gets_the_whole_wait() -> None:
    both = (Touch(at=MONDAY), Touch(at=MONDAY + timedelta(days=4)))
    taken = MONDAY + timedelta(days=10)
    found = {due.event: due.at for due in agenda.upcoming(State.INVITED, course(touches=both), POLICY)}
    later = course(touches=both, accepted=taken)
    after = {due.event: due.at for due in agenda.upcoming(State.INVITED, later, POLICY)}
    assert found[Event.NO_ANSWER] == MONDAY + timedelta(days=11)
    assert after[Event.NO_ANSWER] == taken + timedelta(days=7)


def test_of_one_moment_an_ask_ends_before_the_desk_is_reminded() -> None:
    half = agenda.upcoming(State.RECEIVED, course(), POLICY)[0].at
    ask = Ask(member="m", at=MONDAY, until=half)
    found = agenda.upcoming(State.MATCHED, course(ask=ask), POLICY)
    assert [due.event for due in found if due.at == half] == [Event.ASK_EXPIRES, Event.HALF, Event.EIGHTY]


def test_what_is_undone_may_come_again() -> None:
    assert agenda.undone((Event.HALF, Event.IDLE_SOON), Event.IDLE_SOON, Event.DUE) == (Event.HALF,)


def test_rest_ends_and_the_longest_time_ends_it_too() -> None:
    assert events(State.RESTING, course(rest_from=MONDAY)) == [Event.REST_OVER, Event.LONGEST]
    late = course(rest_from=MONDAY + timedelta(days=88))
    assert events(State.RESTING, late) == [Event.LONGEST, Event.REST_OVER]


def test_a_close_can_be_undone_for_at_least_a_quarter_of_an_hour() -> None:
    closed = MONDAY + timedelta(minutes=10)
    closing = course(closed=closed, previous=State.TALKING)
    erase = agenda.upcoming(State.CLOSING, closing, POLICY)[0]
    assert erase.at == MONDAY + timedelta(minutes=30)
    assert erase.at - closed >= agenda.UNDO


def test_a_close_can_be_undone_from_when_it_was_closed_and_not_from_the_last_news() -> None:
    closing = course(closed=MONDAY + timedelta(days=3), previous=State.TALKING)
    undo = agenda.Due(MONDAY + timedelta(days=3, minutes=30), Event.ERASE)
    assert agenda.upcoming(State.CLOSING, closing, POLICY) == [undo]


def test_erasing_now_doesnt_wait() -> None:
    closing = course(closed=MONDAY)
    assert agenda.upcoming(State.CLOSING, closing, POLICY) == [agenda.Due(MONDAY, Event.ERASE)]


def test_who_waits_again_gets_at_least_half_of_the_clock() -> None:
    late = MONDAY + timedelta(hours=23)
    again = agenda.waits_again(course(accepted=MONDAY), POLICY, late)
    assert (again.due, again.waiting, again.accepted) == (late + timedelta(hours=12), late, None)


def test_nothing_of_the_last_peer_is_left_for_who_waits_again() -> None:
    before = course(
        ask=Ask(member="m", at=MONDAY, until=MONDAY), peer="m", accepted=MONDAY, rest_from=MONDAY,
        reminded=MONDAY, done=(Event.HALF,),
    )  # fmt: skip
    late = MONDAY + timedelta(hours=23)
    afresh = course(waiting=late, due=late + timedelta(hours=12))
    assert agenda.waits_again(before, POLICY, late) == afresh


def test_who_waits_again_is_reminded_of_again() -> None:
    told = course(done=(Event.HALF, Event.EIGHTY, Event.DUE), reminded=MONDAY)
    again = agenda.waits_again(told, POLICY, MONDAY + timedelta(hours=25))
    assert events(State.RECEIVED, again) == [Event.HALF, Event.EIGHTY, Event.DUE, Event.LONGEST]


def test_who_waits_again_never_loses_time_they_had() -> None:
    early = MONDAY + timedelta(hours=1)
    assert agenda.waits_again(course(), POLICY, early).due == course().due


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (State.RECEIVED, State.MATCHED, (Event.HALF,)),
        (State.MATCHED, State.RECEIVED, (Event.HALF,)),
        (State.MATCHED, State.ACCEPTED, ()),
        (State.TALKING, State.TALKING, (Event.HALF, Event.CLOCK_MATCH)),
        (State.RECEIVED, State.RECEIVED, (Event.HALF, Event.CLOCK_MATCH)),
        (State.ACCEPTED, State.CLOSING, (Event.HALF, Event.CLOCK_MATCH)),
        (State.CLOSING, State.ACCEPTED, (Event.HALF, Event.CLOCK_MATCH)),
    ],
)
def test_reminders_stay_done_while_the_same_clock_runs(
    before: State, after: State, kept: tuple[Event, ...]
) -> None:
    assert agenda.carried((Event.HALF, Event.CLOCK_MATCH), before, after) == kept


@given(
    state=st.sampled_from(sorted(State)),
    hours=st.integers(0, 24 * 89),
    done=st.sets(st.sampled_from(sorted(set(Event) - {Event.ERASE, Event.REST_OVER, Event.LONGEST}))),
)
def test_something_is_always_ahead_and_in_order(state: State, hours: int, done: set[Event]) -> None:
    moment = MONDAY + timedelta(hours=hours)
    anything = course(
        active=moment, accepted=moment, touches=(Touch(at=moment),), rest_from=moment, closed=moment,
        done=tuple(done), ask=Ask(member="m", at=moment, until=moment),
    )  # fmt: skip
    found = agenda.upcoming(state, anything, POLICY)
    assert found
    assert all(one.at <= other.at for one, other in pairwise(found))
