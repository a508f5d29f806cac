"""What couldn't be delivered: the peer's own phone is the way then, and the desk hears of it."""

from datetime import date

import pytest

from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, by_mail
from touchbase.notifications.messages import Template
from touchbase.outreach import actions, answers, conversations, events
from touchbase.programs.policy import SendBy
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def given_up(walk: Walk, handle: str, template, at=NOON + 5 * HOUR) -> list[tuple[str, str]]:
    walk.hush()
    events.not_delivered(walk.held(handle), template, at)
    return walk.told()


DESK_AND_PEER = [("coordinator", "late"), ("supporter", "waiting")]


def test_a_note_that_never_left_didnt_happen_and_the_peer_writes_themself(mails: Walk):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    assert given_up(mails, handle, Template.INVITATION) == DESK_AND_PEER
    held = mails.held(handle)
    assert (held.state, held.course.touches, held.course.undelivered) == (State.ACCEPTED, (), True)
    assert (held.next_kind, held.course.accepted) == ("nudge", NOON + 5 * HOUR)
    after = mails.touch(handle, NOON + 6 * HOUR)
    assert (after.state, after.course.undelivered, len(after.course.touches)) == (State.INVITED, False, 1)


def test_nor_did_a_second_one_and_the_first_stays(mails: Walk):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    mails.touch(handle, NOON + 4 * DAY, how=SendBy.SYSTEM)
    given_up(mails, handle, Template.SECOND_TOUCH, NOON + 4 * DAY + 2 * HOUR)
    held = mails.held(handle)
    assert (held.state, len(held.course.touches)) == (State.ACCEPTED, 1)
    assert mails.touch(handle, NOON + 6 * DAY).course.touches[-1].at == NOON + 6 * DAY


def test_a_list_that_never_left_can_be_asked_for_again(mails: Walk):
    handle = mails.resting(of=by_mail(), said=Answer.RESOURCES)
    answers.send_list(held=mails.held(handle), at=NOON + DAY)
    assert given_up(mails, handle, Template.RESOURCES) == [("coordinator", "late")]
    assert not mails.held(handle).course.list_sent
    assert answers.send_list(held=mails.held(handle), at=NOON + DAY).course.list_sent


def test_a_check_in_that_never_left_is_due_again(mails: Walk):
    handle, robin = mails.talking(of=by_mail()), mails.people.supporter.member
    conversations.check_in(handle=handle, by=robin, day=date(2026, 5, 20), at=NOON + DAY)
    conversations.send_check_in(handle=handle, by=robin, at=NOON + 7 * DAY)
    assert given_up(mails, handle, Template.CHECK_IN) == DESK_AND_PEER
    assert not mails.held(handle).course.checked_back


def test_that_their_peer_can_not_is_said_by_the_desk_where_no_mail_says_it(mails: Walk):
    robin = mails.people.supporter
    handle = mails.received(of=by_mail(peer=robin.member.supporter, only_peer=True))
    if mails.state(handle) is State.RECEIVED:
        mails.ask(handle, robin)
    actions.pass_on(handle=handle, by=robin.member, at=NOON + 2 * HOUR)
    before = mails.held(handle)
    assert given_up(mails, handle, Template.CHOICE) == [("coordinator", "late")]
    assert mails.held(handle) == before


def test_a_message_whose_moment_has_passed_is_missed_by_nobody(mails: Walk):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    mails.answer(handle, Answer.YES, NOON + 4 * HOUR)
    before = mails.held(handle)
    assert given_up(mails, handle, Template.INVITATION) == []
    assert mails.held(handle) == before


def test_where_the_desk_sees_nothing_only_the_peer_hears_of_it(mails: Walk):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    make_program(policy_text(confidence='send_by = "system"\ncoordinator_sees = "until_accept"'))
    assert given_up(mails, handle, Template.INVITATION) == [("supporter", "waiting")]
