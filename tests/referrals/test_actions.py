"""One writer: it asks the table, compares and sets, and leaves behind what every step leaves."""

from datetime import timedelta

import pytest

from tests.factories.walking import DAY, HOUR, MINUTE, NOON, Walk, asking, steps_of
from touchbase.kernel.errors import NotFound, ReferralMovedOn, StepNotAllowed
from touchbase.referrals import actions, agenda, arrival, queries
from touchbase.referrals.course import Event, Source, Trail
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.referrals.queries import Opener
from touchbase.vault.errors import Refused
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

DESK = Opener("somebody", Actor.COORDINATOR, NOON + HOUR)


def close(walk: Walk, handle: str, at=NOON + DAY):
    return actions.close(held=walk.held(handle), by=Actor.COORDINATOR, at=at)


def test_a_step_writes_the_state_what_is_due_next_and_the_course_in_one(walk: Walk):
    handle = walk.received()
    before = walk.held(handle)
    supporter = walk.people.supporter.member.supporter
    after = actions.take_step(
        held=before, step=Step.MATCH, by=Actor.CLOCK, at=NOON, course=before.course, assignee=supporter
    )
    assert walk.held(handle) == after
    assert (after.state, after.assignee, after.row_version) == (State.MATCHED, supporter, 1)
    row = Referral.objects.get()
    first = agenda.upcoming(after.state, after.course, after.policy)[0]
    assert (row.next_at, row.next_kind, row.row_version) == (first.at, first.event, 1)


def test_a_step_the_table_doesnt_have_is_refused_and_nothing_is_written(walk: Walk):
    handle = walk.received()
    held = walk.held(handle)
    with pytest.raises(StepNotAllowed) as refused:
        actions.take_step(held=held, step=Step.ACCEPT, by=Actor.SUPPORTER, at=NOON, course=held.course)
    assert refused.value.message == (
        "That can't be done now: this referral has moved on. Open it again to see where it stands."
    )
    assert walk.held(handle) == held


def test_the_recipient_reads_a_sentence_of_their_own(walk: Walk):
    held = walk.held(walk.received())
    with pytest.raises(StepNotAllowed, match=r"^That can't be done any more\. Your page shows what can\.$"):
        actions.take_step(held=held, step=Step.AGAIN, by=Actor.RECIPIENT, at=NOON, course=held.course)


def test_whoever_comes_second_reads_why_and_changes_nothing(walk: Walk):
    handle = walk.received()
    one, other = walk.held(handle), walk.held(handle)
    actions.close(held=one, by=Actor.COORDINATOR, at=NOON)
    with pytest.raises(ReferralMovedOn) as refused:
        actions.note(held=other, at=NOON, course=other.course)
    assert refused.value.message == "Somebody else acted first. Open it again to see where it stands."
    assert walk.state(handle) is State.CLOSING


def test_the_trail_tells_parts_of_days_and_no_more_than_24_of_them(walk: Walk):
    handle = walk.matched()
    assert walk.held(handle).course.trail == (Trail(when="Wed afternoon", step=Step.MATCH),)
    for n in range(30):
        actions.new_link(held=walk.held(handle), by=Actor.COORDINATOR, opener=DESK)
        assert len(walk.held(handle).course.trail) == min(n + 2, actions.TRAIL_LENGTH)
    assert steps_of(walk.held(handle)) == ["new link"] * 24


def test_what_people_do_is_activity_and_what_the_clock_does_isnt(walk: Walk):
    handle = walk.talking()
    held = walk.held(handle)
    noted = actions.note(
        held=held, at=NOON + 5 * DAY, course=held.course.changed(done=(Event.IDLE_SOON, Event.CHECK_IN))
    )
    assert (noted.course.active, noted.course.trail) == (held.course.active, held.course.trail)
    moved = actions.take_step(
        held=noted, step=Step.CHECK_IN, by=Actor.RECIPIENT, at=NOON + 6 * DAY + MINUTE, course=noted.course
    )
    assert moved.course.active == NOON + 6 * DAY
    assert moved.course.done == (Event.CHECK_IN,)  # nothing came for a while, and will be warned of again


def test_a_supporter_keeps_a_referral_over_steps_that_dont_move_it(walk: Walk):
    handle = walk.invited()
    held = walk.held(handle)
    noted = actions.note(held=held, at=NOON, course=held.course)
    assert noted.assignee == held.assignee == walk.people.supporter.member.supporter


def test_a_new_link_ends_the_old_one(walk: Walk):
    received = arrival.arrive(here=walk.here, asking=asking(), source=Source.SELF, once="", at=NOON)
    handle = received.handle
    token = actions.new_link(held=walk.held(handle), by=Actor.COORDINATOR, opener=DESK)
    assert queries.handle_of_link(token, at=NOON) == handle
    with pytest.raises(NotFound, match="This link has ended"):
        queries.handle_of_link(received.token, at=NOON)
    assert (Link.objects.count(), walk.held(handle).course.link_n) == (1, 2)


def test_undo_brings_back_the_same_referral_with_handle_key_and_supporter(walk: Walk):
    handle = walk.talking()
    before, keys = walk.held(handle), list(Key.objects.values_list("handle", "wrapped"))
    closed = close(walk, handle)
    assert (closed.state, closed.assignee, closed.course.previous) == (State.CLOSING, "", State.TALKING)
    after = actions.undo(held=closed, by=Actor.COORDINATOR, at=NOON + DAY + 10 * MINUTE)
    assert (after.handle, after.state, after.assignee) == (handle, State.TALKING, before.assignee)
    assert (after.course.previous, after.course.closed) == (None, None)
    assert after.course.changed(trail=(), active=before.course.active) == before.course.changed(trail=())
    assert list(Key.objects.values_list("handle", "wrapped")) == keys


@pytest.mark.parametrize("state", sorted(set(State) - {State.CLOSING}))
def test_undo_leads_back_to_wherever_it_was(walk: Walk, state: State):
    handle = walk.to(state)
    before = walk.held(handle)
    actions.undo(held=close(walk, handle), by=Actor.COORDINATOR, at=NOON + DAY)
    after = walk.held(handle)
    assert (after.state, after.assignee, after.held) == (state, before.assignee, before.held)
    assert (after.course.ask, after.course.peer) == (before.course.ask, before.course.peer)


def test_undo_remembers_what_the_clock_has_done(walk: Walk):
    handle = walk.received()
    held = walk.held(handle)
    actions.note(held=held, at=NOON, course=held.course.changed(done=(Event.HALF,)))
    actions.undo(held=close(walk, handle), by=Actor.COORDINATOR, at=NOON + DAY)
    assert walk.held(handle).course.done == (Event.HALF,)


def test_undo_lets_one_that_nobody_has_checked_wait_for_the_desk_again(walk: Walk):
    handle = arrival.arrive(here=walk.here, asking=asking(), source=Source.COLLEAGUE, once="", at=NOON).handle
    assert not close(walk, handle).held
    assert actions.undo(held=walk.held(handle), by=Actor.COORDINATOR, at=NOON + DAY).held


def test_undo_ends_with_its_time_in_the_moment_in_which_erasing_begins(walk: Walk):
    handle = walk.received()
    closed = close(walk, handle, NOON + 20 * MINUTE)
    until = agenda.undo_until(NOON + 20 * MINUTE)
    assert until == closed.next_at == NOON + HOUR
    with pytest.raises(StepNotAllowed) as refused:
        actions.undo(held=closed, by=Actor.COORDINATOR, at=until)
    assert refused.value.message == ("The time to undo is over. The person can ask again in under a minute.")
    assert actions.undo(held=closed, by=Actor.COORDINATOR, at=until - MINUTE).state is State.RECEIVED


def test_what_wasnt_closed_has_nothing_to_undo(walk: Walk):
    with pytest.raises(StepNotAllowed):
        actions.undo(held=walk.held(walk.talking()), by=Actor.SUPPORTER, at=NOON)


@pytest.mark.parametrize("state", State)
def test_a_wish_to_be_erased_is_taken_from_everywhere_and_has_no_undo(walk: Walk, state: State):
    handle = walk.to(state)
    closing = actions.withdraw(held=walk.held(handle), by=Actor.RECIPIENT, at=NOON + DAY + 20 * MINUTE)
    assert (closing.state, closing.assignee, closing.course.previous) == (State.CLOSING, "", None)
    assert (closing.next_at, closing.next_kind) == (NOON + DAY, "erase")
    with pytest.raises(StepNotAllowed):
        actions.undo(held=closing, by=Actor.COORDINATOR, at=NOON + DAY)


def test_a_wish_to_be_erased_said_twice_is_said_once(walk: Walk):
    handle = walk.received()
    closing = actions.withdraw(held=walk.held(handle), by=Actor.RECIPIENT, at=NOON)
    assert actions.withdraw(held=closing, by=Actor.RECIPIENT, at=NOON + HOUR) is closing


@pytest.mark.parametrize("state", State)
def test_a_supporter_knows_whom_only_after_a_yes(walk: Walk, state: State):
    known = state in {State.ACCEPTED, State.INVITED, State.TALKING}
    supporter = walk.people.supporter.member.supporter
    assert actions.met(walk.held(walk.to(state))) == (supporter if known else "")


def test_the_course_is_sealed_for_its_rows_version_alone(walk: Walk):
    handle = walk.received()
    old = Capsule.objects.get(referral=handle, purpose="course")
    held = walk.held(handle)
    actions.note(held=held, at=NOON, course=held.course)
    Capsule.objects.filter(pk=old.pk).update(nonce=old.nonce, blob=old.blob)
    with pytest.raises(Refused):
        walk.held(handle)


def test_a_closed_referral_says_by_the_minute_when(walk: Walk):
    handle = walk.received()
    closed = close(walk, handle, NOON + timedelta(minutes=3, seconds=59, microseconds=7))
    assert closed.course.closed == NOON + 3 * MINUTE
