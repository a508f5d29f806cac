"""Somebody of the program begins: the desk for who called, a supporter for who they meet (ruling D12)."""

from typing import Any

import pytest

from tests.canary import FINCH
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import HOUR, NOON, ONCE, Walk, asking, steps_of
from touchbase.audit.models import Act
from touchbase.outreach import answers, conversations, entering, queries
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.sweep import run_once
from touchbase.referrals.course import Source
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter
from touchbase.vault.models import Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def enter(walk: Walk, source: Source = Source.SELF, **how) -> str:
    desk = walk.people.coordinator.member
    given: dict[str, Any] = {"once": "", "at": NOON, "asking": asking()} | how
    return entering.enter(here=walk.here, source=source, by=desk, **given)


def start(walk: Walk, **how) -> str:
    given: dict[str, Any] = {"once": "", "at": NOON, "asking": asking()} | how
    return entering.start(here=walk.here, by=walk.people.supporter.member, **given)


@pytest.mark.parametrize("source", Source)
def test_whoever_the_desk_enters_waits_and_is_not_held(walk: Walk, source: Source):
    held = walk.held(enter(walk, source))
    assert (held.state, held.held, held.course.source) == (State.RECEIVED, False, source)
    assert steps_of(held) == ["enter"]
    assert Act.objects.get(verb="enter").n == 1


def test_the_desk_may_hold_one_until_it_has_checked(walk: Walk):
    assert walk.held(enter(walk, held=True)).held


def test_the_clock_matches_whom_the_desk_entered(walk: Walk):
    walk.here = make_program(policy_text(matching='match_by = "clock"'))
    handle = enter(walk, Source.COLLEAGUE)
    run_once(NOON + 13 * HOUR)
    assert walk.state(handle) is State.MATCHED


def test_the_same_press_twice_enters_one(walk: Walk):
    assert enter(walk, once=ONCE) == enter(walk, once=ONCE)
    assert Referral.objects.count() == Act.objects.get(verb="enter").n == 1


def test_what_a_supporter_begins_is_theirs_and_begins_accepted(walk: Walk):
    robin = walk.people.supporter.member
    handle = start(walk)
    held = walk.held(handle)
    assert (held.state, held.assignee, held.held) == (State.ACCEPTED, robin.supporter, False)
    assert (held.course.source, held.course.peer, held.course.accepted) == (
        Source.PEER, robin.supporter, NOON,
    )  # fmt: skip
    view = queries.ask_view(handle, by=robin, at=NOON, named=True)
    assert view.person
    assert view.person.identity.name == FINCH.name
    assert walk.told() == []


def test_it_moves_them_to_the_end_of_the_queue(walk: Walk):
    start(walk)
    turns = dict(Supporter.objects.values_list("membership_id", "turn"))
    assert max(turns, key=turns.__getitem__) == walk.people.supporter.member.supporter


def test_the_same_press_twice_begins_once(walk: Walk):
    assert start(walk, once=ONCE) == start(walk, once=ONCE)
    assert steps_of(walk.held(Referral.objects.get().handle)) == ["enter"]


def test_it_is_counted_by_its_own_source(walk: Walk):
    handle = start(walk)
    walk.touch(handle, NOON + HOUR)
    answers.withdraw(held=walk.held(handle), at=NOON + 2 * HOUR)
    counted = set(Pool.objects.values_list("measure", "category"))
    assert {("source", "peer"), ("match", "within-24"), ("note", "within-24")} <= counted


def test_it_can_be_closed_and_erased_like_any_other(walk: Walk):
    handle = start(walk)
    conversations.close(handle=handle, by=walk.people.supporter.member, at=NOON)
    run_once(NOON + HOUR)
    assert Referral.objects.count() == 0


def test_when_the_same_contact_is_open_already_only_the_desk_learns_of_it(walk: Walk):
    waits = walk.received()
    walk.hush()
    mine = start(walk, at=NOON + HOUR)
    assert walk.told() == [("coordinator", "reminder")]
    board = queries.board(here=walk.here, by=walk.people.coordinator.member, at=NOON + HOUR)
    assert {line.handle: line.same for line in board.waiting} == {waits: (mine,)}


def test_where_only_two_know_nothing_is_registered(walk: Walk):
    walk.here = make_program(policy_text(confidence='who_knows = "two"', sources="directory = true"))
    with pytest.raises(NotAvailable, match="isn't registered"):
        start(walk)
    assert Referral.objects.count() == 0
