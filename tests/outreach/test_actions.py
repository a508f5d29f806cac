"""Until somebody reaches out: ask, accept, pass, give back, write."""

from datetime import timedelta

import pytest

from tests.canary import FINCH, WREN
from tests.factories.walking import DAY, HOUR, MINUTE, NOON, ONCE, Walk, asking
from touchbase.audit import log
from touchbase.kernel.errors import NotFound, ReferralMovedOn, StepNotAllowed
from touchbase.outreach import actions, queries
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import Channel
from touchbase.referrals import clock
from touchbase.referrals.course import Ask
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def acts(walk: Walk, verb: str) -> int:
    actor = walk.people.coordinator.member.account
    return log.count(program=walk.here.id, actor=actor, verb=verb, day=NOON.date())


# --------------------------------------------------------------------------------- asking for a peer


def test_the_thank_you_says_by_when_a_peer_writes_and_gives_the_link(walk: Walk):
    received = actions.receive(here=walk.here, asking=asking(), once=ONCE, at=NOON)
    assert received.due == NOON + 2 * DAY == clock.note_due(NOON, walk.here.policy)
    assert queries.private_view(walk.link(received), at=NOON).state is State.RECEIVED
    assert walk.told() == [("coordinator", "reminder")]


def test_the_second_half_of_a_double_press_says_the_same_and_tells_nobody(walk: Walk):
    first = actions.receive(here=walk.here, asking=asking(), once=ONCE, at=NOON)
    walk.hush()
    assert actions.receive(here=walk.here, asking=asking(), once=ONCE, at=NOON + MINUTE) == first
    assert (walk.told(), Referral.objects.count()) == ([], 1)


# --------------------------------------------------------------------------------- one press asks


def test_one_press_asks_a_supporter_until_waking_hours_have_passed(walk: Walk):
    handle = walk.received()
    walk.hush()
    held = walk.ask(handle, walk.people.supporter, NOON + 10 * MINUTE)
    supporter = walk.people.supporter.member.supporter
    assert (held.state, held.assignee, held.course.peer) == (State.MATCHED, supporter, supporter)
    assert held.course.ask == Ask(member=supporter, at=NOON, until=NOON + 4 * HOUR)
    assert walk.told() == [("supporter", "ask")]
    assert acts(walk, "match") == 1


def test_who_was_asked_goes_to_the_end_of_the_queue(walk: Walk):
    walk.matched()
    turns = dict(Supporter.objects.values_list("membership_id", "turn"))
    first, second = (walk.people.supporter.member.supporter, walk.people.other_supporter.member.supporter)
    assert turns == {first: 1, second: 0}


def test_a_peer_who_cant_be_asked_any_more_isnt(walk: Walk):
    handle = walk.received()
    Supporter.objects.filter(membership_id=walk.people.supporter.member.supporter).update(active=False)
    walk.hush()
    with pytest.raises(NotAvailable) as told:
        walk.ask(handle, walk.people.supporter)
    assert told.value.message == "This peer can't be asked any more. Choose another one; nothing was sent."
    assert (walk.state(handle), walk.told(), acts(walk, "match")) == (State.RECEIVED, [], 0)


def test_nobody_is_asked_about_a_colleague_of_their_own_department(walk: Walk):
    handle = walk.received(of=asking(department="emergency"))
    with pytest.raises(NotAvailable):
        walk.ask(handle, walk.people.other_supporter)
    assert walk.ask(handle, walk.people.supporter).state is State.MATCHED


def test_asking_a_second_time_is_too_late(walk: Walk):
    handle = walk.matched()
    with pytest.raises(StepNotAllowed):
        walk.ask(handle, walk.people.other_supporter)


def test_of_two_who_match_at_once_the_second_reads_why_and_nobody_else_is_asked(walk: Walk):
    handle = walk.received()
    seen = walk.held(handle)
    walk.hush()
    walk.ask(handle, walk.people.supporter)
    with pytest.raises(ReferralMovedOn):
        actions.match(
            held=seen,
            supporter=walk.people.other_supporter.member.supporter,
            by=Actor.COORDINATOR,
            at=NOON + HOUR,
        )
    assert walk.told() == [("supporter", "ask")]
    assert Supporter.objects.get(membership_id=walk.people.other_supporter.member.supporter).turn == 0


def test_of_two_who_ask_the_same_peer_at_once_the_second_reads_that_there_is_no_room_left(walk: Walk):
    Supporter.objects.update(limit=1)
    supporter = walk.people.supporter.member.supporter
    second = walk.held(walk.received(of=asking(WREN)))
    walk.matched()
    walk.hush()
    with pytest.raises(ReferralMovedOn) as told:
        actions.match(held=second, supporter=supporter, by=Actor.COORDINATOR, at=NOON + HOUR)
    assert (
        told.value.message == "Somebody else has just asked this peer. Choose another one; nothing was sent."
    )
    assert (walk.state(second.handle), walk.told()) == (State.RECEIVED, [])


def test_one_more_than_their_limit_may_be_asked_of_a_peer_when_nobody_else_fits(walk: Walk):
    Supporter.objects.update(limit=1)
    Supporter.objects.filter(membership_id=walk.people.other_supporter.member.supporter).update(active=False)
    walk.matched()
    second = walk.received(of=asking(WREN))
    assert walk.ask(second, walk.people.supporter).state is State.MATCHED


# --------------------------------------------------------------------------------- yes or pass


def test_after_a_yes_the_name_and_the_contact_are_there_and_not_before(walk: Walk):
    handle, robin = walk.matched(), walk.people.supporter.member
    assert queries.ask_view(handle, by=robin, at=NOON + HOUR, named=True).person is None
    actions.accept(handle=handle, by=robin, at=NOON + 2 * HOUR)
    person = queries.ask_view(handle, by=robin, at=NOON + 2 * HOUR, named=True).person
    assert person is not None
    assert (person.identity.name, person.contact.channel) == (FINCH.name, Channel.TEXT)


def test_the_first_yes_stops_the_match_clock_for_good(walk: Walk):
    handle = walk.accepted()
    course = walk.held(handle).course
    assert (course.accepted, course.first_accepted, course.ask) == (NOON + 2 * HOUR, NOON + 2 * HOUR, None)
    actions.hand_back(handle=handle, by=walk.people.supporter.member, at=NOON + 3 * HOUR)
    walk.ask(handle, walk.people.other_supporter, NOON + 4 * HOUR)
    actions.accept(handle=handle, by=walk.people.other_supporter.member, at=NOON + 5 * HOUR)
    course = walk.held(handle).course
    assert (course.accepted, course.first_accepted) == (NOON + 5 * HOUR, NOON + 2 * HOUR)


def test_a_yes_after_its_time_counts_while_nobody_else_was_asked(walk: Walk):
    handle = walk.matched()
    assert actions.accept(
        handle=handle, by=walk.people.supporter.member, at=NOON + 20 * HOUR
    ).state is State.ACCEPTED  # fmt: skip


def test_a_second_yes_reads_that_it_moved_on(walk: Walk):
    handle = walk.accepted()
    with pytest.raises(StepNotAllowed):
        actions.accept(handle=handle, by=walk.people.supporter.member, at=NOON + 3 * HOUR)


def test_passing_is_one_press_without_a_reason_and_the_desk_looks_for_another(walk: Walk):
    handle, robin = walk.matched(), walk.people.supporter
    due = walk.held(handle).course.due
    walk.hush()
    actions.pass_on(handle=handle, by=robin.member, at=NOON + 2 * HOUR)
    held = walk.held(handle)
    assert (held.state, held.assignee, held.course.ask, held.course.peer) == (State.RECEIVED, "", None, "")
    assert (held.course.barred, held.course.due) == ((robin.member.supporter,), due)
    assert walk.told() == [("coordinator", "reminder")]
    with pytest.raises(NotAvailable):
        walk.ask(handle, robin)


# --------------------------------------------------------------------------------- giving back


def test_stepping_aside_is_counted_for_the_persons_page_and_bars_only_that_peer(walk: Walk):
    handle, robin = walk.accepted(), walk.people.supporter
    walk.hush()
    actions.step_aside(handle=handle, by=robin.member, at=NOON + 3 * HOUR)
    held = walk.held(handle)
    assert (held.state, held.course.aside, held.course.barred) == (
        State.RECEIVED,
        1,
        (robin.member.supporter,),
    )
    assert walk.told() == [("coordinator", "reminder")]
    assert walk.ask(handle, walk.people.other_supporter, NOON + 4 * HOUR).state is State.MATCHED


@pytest.mark.parametrize("state", [State.ACCEPTED, State.INVITED, State.TALKING])
def test_handing_back_makes_it_wait_again_with_at_least_half_of_the_clock(walk: Walk, state: State):
    handle = walk.to(state)
    at = NOON + 20 * HOUR
    actions.hand_back(handle=handle, by=walk.people.supporter.member, at=at)
    course = walk.held(handle).course
    assert (course.waiting, course.due, course.accepted, course.aside) == (at, at + 12 * HOUR, None, 0)


def test_who_has_met_them_may_not_step_aside_any_more_but_hand_back(walk: Walk):
    with pytest.raises(StepNotAllowed):
        actions.step_aside(handle=walk.invited(), by=walk.people.supporter.member, at=NOON + DAY)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.INVITED, State.TALKING])
def test_the_desk_takes_it_back_and_the_supporter_loses_the_name_at_once(walk: Walk, state: State):
    handle, robin = walk.to(state), walk.people.supporter.member
    walk.hush()
    actions.reassign(handle=handle, by=walk.people.coordinator.member, at=NOON + DAY)
    with pytest.raises(NotFound):
        queries.ask_view(handle, by=robin, at=NOON + DAY, named=True)
    assert walk.held(handle).course.barred == (robin.supporter,)
    assert walk.told() == [("coordinator", "reminder"), ("supporter", "ended")]
    assert log.count(
        program=walk.here.id, actor=walk.people.coordinator.account.id, verb="reassign",
        day=(NOON + DAY).date(),
    ) == 1  # fmt: skip


def test_who_was_only_asked_has_nothing_to_delete(walk: Walk):
    handle = walk.matched()
    walk.hush()
    actions.reassign(handle=handle, by=walk.people.coordinator.member, at=NOON + 2 * HOUR)
    assert walk.told() == [("coordinator", "reminder")]


def test_reminders_begin_anew_for_who_waits_again(walk: Walk):
    handle = walk.matched()
    walk.sweep(NOON + 26 * HOUR)  # late, and told
    assert "due" in walk.held(handle).course.done
    walk.ask(handle, walk.people.other_supporter, NOON + 27 * HOUR)
    actions.reassign(handle=handle, by=walk.people.coordinator.member, at=NOON + 28 * HOUR)
    assert (walk.held(handle).course.done, walk.held(handle).next_kind) == ((), "half")


def test_a_referral_of_another_is_never_meant(walk: Walk):
    one, other = walk.matched(), walk.matched(of=asking(WREN))
    actions.pass_on(handle=one, by=walk.people.supporter.member, at=NOON + timedelta(hours=2))
    assert (walk.state(one), walk.state(other)) == (State.RECEIVED, State.MATCHED)
