"""Another peer takes over: they begin where the person is, and nobody writes once too often."""

import pytest

from tests.factories.walking import DAY, NOON, Walk
from touchbase.outreach import actions, answers
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import SendBy
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def taken_over(walk: Walk, handle: str, at=NOON + 2 * DAY):
    """The first peer hands back, another says yes."""
    actions.hand_back(handle=handle, by=walk.people.supporter.member, at=at)
    walk.ask(handle, walk.people.other_supporter, at)
    return actions.accept(handle=handle, by=walk.people.other_supporter.member, at=at)


def test_who_takes_over_before_a_note_writes_the_first(walk: Walk):
    handle = walk.accepted()
    assert taken_over(walk, handle).state is State.ACCEPTED


def test_who_takes_over_after_one_note_writes_the_second_and_last(walk: Walk):
    handle, ari = walk.invited(), walk.people.other_supporter.member
    assert taken_over(walk, handle).state is State.ACCEPTED
    after = actions.touch(handle=handle, by=ari, at=NOON + 2 * DAY, how=SendBy.PEER)
    assert (after.state, len(after.course.touches)) == (State.INVITED, 2)
    with pytest.raises(NotAvailable, match="Two notes have gone out"):
        actions.touch(handle=handle, by=ari, at=NOON + 6 * DAY, how=SendBy.PEER)


def test_who_takes_over_after_both_notes_waits_for_the_answer(walk: Walk):
    handle = walk.invited()
    walk.touch(handle, NOON + 4 * DAY)
    after = taken_over(walk, handle, NOON + 5 * DAY)
    assert (after.state, after.next_kind) == (State.INVITED, "no-answer")
    assert after.next_at == NOON + 12 * DAY


def test_who_takes_over_after_a_yes_talks_and_never_writes(walk: Walk):
    handle = walk.talking()
    after = taken_over(walk, handle)
    assert after.state is State.TALKING
    with pytest.raises(NotAvailable, match="No note can go now"):
        actions.touch(
            handle=handle, by=walk.people.other_supporter.member, at=NOON + 3 * DAY, how=SendBy.PEER
        )


def test_a_yes_to_an_earlier_note_reaches_whoever_takes_over(walk: Walk):
    handle = walk.invited()
    actions.hand_back(handle=handle, by=walk.people.supporter.member, at=NOON + DAY)
    held = answers.by_recipient(held=walk.held(handle), said=Answer.YES, at=NOON + DAY)
    assert (held.state, held.course.answer) == (State.RECEIVED, Answer.YES)
    walk.ask(handle, walk.people.other_supporter, NOON + DAY)
    after = actions.accept(handle=handle, by=walk.people.other_supporter.member, at=NOON + DAY)
    assert after.state is State.TALKING
