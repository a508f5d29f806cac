"""Perhaps the same person twice: told to the desk alone, joined or kept apart (ruling D4)."""

import pytest
from django.db import transaction

from tests.canary import FINCH, WREN
from tests.factories.meanwhile import meanwhile
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.audit.models import Act
from touchbase.kernel.errors import NotFound, ReferralMovedOn
from touchbase.outreach import actions, answers, conversations, duplicates, queries
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.sweep import run_once
from touchbase.referrals import actions as steps
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Source
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Link, Referral
from touchbase.vault.models import Key, Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

AT = NOON + 6 * HOUR


def told_of(walk: Walk, who=None) -> dict[str, tuple[str, ...]]:
    """What the board says of those who wait."""
    by = (who or walk.people.coordinator).member
    board = queries.board(here=walk.here, by=by, at=AT)
    return {line.handle: line.same for line in board.waiting if line.same}


def join(walk: Walk, handle: str, other: str) -> str:
    return duplicates.join(handle=handle, other=other, by=walk.people.coordinator.member, at=AT)


def by_colleague(walk: Walk, at=NOON) -> str:
    kept = actions.receive(here=walk.here, asking=asking(), once="", at=at, source=Source.COLLEAGUE)
    return referrals.handle_of_link(walk.link(kept), at=at)


def test_the_same_contact_twice_is_told_at_both_and_others_arent(walk: Walk):
    first, second = by_colleague(walk), walk.received(NOON + HOUR)
    walk.received(of=asking(WREN))
    assert told_of(walk) == {first: (second,), second: (first,)}
    desk = walk.people.coordinator.member
    assert queries.desk_view(first, by=desk, at=AT).same == (second,)


def test_the_newer_ends_and_the_older_stays_whichever_is_open(walk: Walk):
    for turned in (False, True):
        older, newer = walk.received(), walk.received(NOON + HOUR)
        assert join(walk, *((newer, older) if turned else (older, newer))) == older
        assert (walk.state(older), walk.state(newer)) == (State.RECEIVED, State.CLOSING)
        assert told_of(walk) == {}
        answers.withdraw(held=walk.held(older), at=AT)


def test_a_person_who_is_joined_is_counted_once(walk: Walk):
    older, newer = walk.received(), walk.received(NOON + HOUR)
    join(walk, older, newer)
    run_once(AT)
    assert not Referral.objects.filter(handle=newer).exists()
    assert not Key.objects.filter(handle=newer).exists()
    assert Pool.objects.count() == 0
    answers.withdraw(held=walk.held(older), at=AT)
    assert Pool.objects.get(measure="people").n == 1


def test_the_newer_ones_private_link_leads_to_the_one_that_stays(walk: Walk):
    older = by_colleague(walk)
    kept = actions.receive(here=walk.here, asking=asking(), once="", at=NOON + HOUR)
    join(walk, older, referrals.handle_of_link(walk.link(kept), at=AT))
    run_once(AT)
    assert referrals.handle_of_link(walk.link(kept), at=AT) == older
    assert Link.objects.count() == 2


def test_who_asked_for_themself_shows_that_a_colleagues_word_was_real(walk: Walk):
    older, newer = by_colleague(walk), walk.received(NOON + HOUR)
    assert Referral.objects.get(handle=older).held
    join(walk, older, newer)
    assert not Referral.objects.get(handle=older).held


def test_two_colleagues_words_still_wait_for_the_desk(walk: Walk):
    older, newer = by_colleague(walk), by_colleague(walk, NOON + HOUR)
    join(walk, older, newer)
    assert Referral.objects.get(handle=older).held


def test_an_ask_for_the_one_that_ends_is_taken_back(walk: Walk):
    older, newer = walk.received(), walk.matched(NOON + HOUR)
    join(walk, older, newer)
    assert queries.asks(by=walk.people.supporter.member, at=AT) == []


def test_where_a_peer_has_met_the_person_that_one_stays_though_it_is_newer(walk: Walk):
    older, newer = walk.received(), walk.invited(NOON + HOUR)
    assert join(walk, older, newer) == newer
    assert (walk.state(older), walk.state(newer)) == (State.CLOSING, State.INVITED)


def test_two_who_are_both_with_a_peer_are_not_joined(walk: Walk):
    one, other = walk.accepted(), walk.accepted(NOON + HOUR)
    board = queries.board(here=walk.here, by=walk.people.coordinator.member, at=AT)
    assert {row.handle for row in board.twice} == {one, other}
    with pytest.raises(NotAvailable, match="Take one of them back first"):
        join(walk, one, other)


def test_kept_apart_nobody_is_told_again(walk: Walk):
    one, other = walk.received(), walk.received(NOON + HOUR)
    desk = walk.people.coordinator.member
    duplicates.keep_apart(handle=one, other=other, by=desk, at=AT)
    assert told_of(walk) == {}
    assert Act.objects.get(verb="keep apart").n == 1
    with pytest.raises(NotAvailable):
        join(walk, one, other)


def test_a_third_one_is_told_of_all_the_same(walk: Walk):
    one, other = walk.received(), walk.received(NOON + HOUR)
    desk = walk.people.coordinator.member
    duplicates.keep_apart(handle=one, other=other, by=desk, at=AT)
    third = walk.received(NOON + 2 * HOUR)
    assert told_of(walk)[third] == tuple(sorted((one, other)))


def test_what_is_closed_or_of_another_program_isnt_the_same_person(walk: Walk, elsewhere):
    closed, waits = walk.received(), walk.received(NOON + HOUR)
    conversations.close(handle=closed, by=walk.people.coordinator.member, at=AT)
    actions.receive(here=elsewhere, asking=asking(), once="", at=NOON)
    assert told_of(walk) == {}
    with pytest.raises(NotAvailable):
        join(walk, waits, closed)


def test_after_forgetting_the_same_person_is_new(walk: Walk):
    answers.withdraw(held=walk.held(walk.received()), at=NOON)
    again = walk.received(NOON + DAY)
    assert (told_of(walk), walk.state(again)) == ({}, State.RECEIVED)


def test_where_the_desk_sees_nothing_after_a_yes_it_isnt_told_either(walk: Walk):
    walk.here = make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    walk.accepted()
    walk.received(NOON + HOUR)
    assert told_of(walk) == {}


@pytest.mark.parametrize("part", ["elsewhere", "leader", "supporter", "operator"])
def test_nobody_but_the_desk_joins_or_is_told(walk: Walk, part: str):
    one, other = walk.received(), walk.received(NOON + HOUR)
    who = getattr(walk.people, part).member
    for act in (duplicates.join, duplicates.keep_apart):
        with pytest.raises(NotFound):
            act(handle=one, other=other, by=who, at=AT)
    assert FINCH.name
    assert walk.state(other) is State.RECEIVED


def test_of_two_who_join_at_once_one_comes_too_late(walk: Walk):
    one, other = walk.received(), walk.received(NOON + HOUR)
    join(walk, one, other)
    with pytest.raises(NotAvailable, match="nothing in common any more"):
        join(walk, one, other)


def test_of_two_desks_that_join_in_one_moment_one_ends_the_newer_and_the_older_stays(walk: Walk):
    older, newer = walk.received(), walk.received(NOON + HOUR)
    # The other desk joins them once it was read who shares a contact, and before either is opened.
    with meanwhile(lambda: join(walk, older, newer), before="referrals_capsule"), pytest.raises(NotAvailable):
        join(walk, newer, older)
    assert (walk.state(older), walk.state(newer)) == (State.RECEIVED, State.CLOSING)


def test_one_that_ends_while_both_are_read_takes_nobody_along(walk: Walk):
    older, newer = walk.received(), walk.received(NOON + HOUR)
    stays, ends = walk.held(older), walk.held(newer)
    answers.withdraw(held=stays, at=AT)
    with transaction.atomic(), pytest.raises(ReferralMovedOn):
        steps.join(held=ends, stays=stays, by=Actor.COORDINATOR, at=AT)
    assert [row.handle for row in Referral.objects.all()] == [newer]
    assert walk.state(newer) is State.RECEIVED
