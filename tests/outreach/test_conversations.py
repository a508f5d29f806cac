"""Around a conversation: counted, never described; closed with an undo, erased without one."""

from datetime import date

import pytest

from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, MINUTE, NOON, Walk, asking, by_mail
from touchbase.audit import log
from touchbase.kernel.errors import NotFound, StepNotAllowed
from touchbase.outreach import actions, answers, conversations, queries
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import Mode
from touchbase.referrals import arrival
from touchbase.referrals.course import Answer, Source, Talk
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.vault.models import Key, Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

LATER = NOON + DAY


def talk(walk: Walk, handle: str, *, close: bool = False, at=LATER, mode=Mode.PHONE, minutes="15 to 30"):
    conversations.talked(
        handle=handle, by=walk.people.supporter.member, at=at, mode=mode, minutes=minutes, close=close
    )


def acts(walk: Walk, verb: str) -> int:
    actor = walk.people.coordinator.account.id
    return log.count(program=walk.here.id, actor=actor, verb=verb, day=LATER.date())


# --------------------------------------------------------------------------------- we talked


@pytest.mark.parametrize("state", [State.INVITED, State.TALKING])
def test_we_talked_is_a_yes_and_one_conversation(walk: Walk, state: State):
    handle = walk.to(state)
    talk(walk, handle)
    held = walk.held(handle)
    assert (held.state, held.course.answer) == (State.TALKING, Answer.YES)
    assert held.course.talks == (Talk(mode=Mode.PHONE, minutes="15 to 30"),)


def test_how_and_how_long_may_be_skipped(walk: Walk):
    handle = walk.talking()
    talk(walk, handle, mode=None, minutes="")
    assert walk.held(handle).course.talks == (Talk(),)


def test_talked_and_closed_is_one_press_and_can_be_undone(walk: Walk):
    handle = walk.talking()
    talk(walk, handle, close=True)
    assert walk.state(handle) is State.CLOSING
    held = conversations.undo_close(handle=handle, by=walk.people.supporter.member, at=LATER + MINUTE)
    assert (held.state, len(held.course.talks)) == (State.TALKING, 1)


@pytest.mark.parametrize("close", [True, False])
def test_the_same_press_twice_is_one_conversation(walk: Walk, close: bool):
    handle = walk.talking()
    talk(walk, handle, close=close)
    talk(walk, handle, close=close)
    held = walk.held(handle)
    assert (len(held.course.talks), held.state) == (1, State.CLOSING if close else State.TALKING)


def test_another_talk_is_another_conversation(walk: Walk):
    handle = walk.talking()
    talk(walk, handle)
    talk(walk, handle, minutes="up to 15")
    talk(walk, handle, minutes="up to 15", at=LATER + HOUR)
    conversations.check_in(
        handle=handle, by=walk.people.supporter.member, day=date(2026, 6, 1), at=LATER + HOUR
    )
    talk(walk, handle, minutes="up to 15", at=LATER + HOUR)
    assert len(walk.held(handle).course.talks) == 4


def test_a_press_to_keep_it_open_is_too_late_once_it_is_closed(walk: Walk):
    handle = walk.closing()
    with pytest.raises(StepNotAllowed):
        talk(walk, handle, at=NOON + 5 * HOUR)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"mode": Mode.VIDEO}, "Choose how you talked from the list, or leave it out."),
        ({"minutes": "all night"}, "Choose how long you talked from the list, or leave it out."),
    ],
)
def test_only_what_the_program_lists_is_counted(walk: Walk, said, message: str):
    handle = walk.talking()
    with pytest.raises(NotAvailable) as told:
        talk(walk, handle, **said)
    assert told.value.message == message
    assert walk.held(handle).course.talks == ()


# --------------------------------------------------------------------------------- checking back


def test_talking_again_takes_the_agreed_check_in_as_done(walk: Walk):
    handle = walk.talking()
    answers.agree_check_in_by_recipient(held=walk.held(handle), day=date(2026, 5, 20), at=LATER)
    talk(walk, handle)
    assert walk.held(handle).course.check_in is None


def agreed(walk: Walk, **of) -> str:
    handle = walk.talking(**of)
    robin = walk.people.supporter.member
    conversations.check_in(handle=handle, by=robin, day=date(2026, 5, 20), at=LATER)
    walk.hush()
    return handle


def test_touchbase_sends_the_agreed_check_in_once_and_on_its_day(mails: Walk):
    handle, robin = agreed(mails, of=by_mail()), mails.people.supporter.member
    with pytest.raises(NotAvailable, match=r"^No check-in is due\. Agree one first, with the person\.$"):
        conversations.send_check_in(handle=handle, by=robin, at=NOON + 6 * DAY)
    conversations.send_check_in(handle=handle, by=robin, at=NOON + 7 * DAY)
    assert mails.told() == [("recipient", "check-in")]
    with pytest.raises(NotAvailable):
        conversations.send_check_in(handle=handle, by=robin, at=NOON + 7 * DAY)


def test_a_new_day_can_be_sent_anew(mails: Walk):
    handle, robin = agreed(mails, of=by_mail()), mails.people.supporter.member
    conversations.send_check_in(handle=handle, by=robin, at=NOON + 7 * DAY)
    mails.hush()
    conversations.check_in(handle=handle, by=robin, day=date(2026, 5, 27), at=NOON + 7 * DAY)
    conversations.send_check_in(handle=handle, by=robin, at=NOON + 14 * DAY)
    assert mails.told() == [("recipient", "check-in")]


def test_a_check_in_that_would_never_arrive_isnt_sent(mails: Walk):
    handle = agreed(mails)
    with pytest.raises(NotAvailable, match="We can't send this one for you"):
        conversations.send_check_in(handle=handle, by=mails.people.supporter.member, at=NOON + 7 * DAY)
    assert queries.check_in_is_due(mails.held(handle), NOON + 7 * DAY)


# --------------------------------------------------------------------------------- close and undo


def test_a_supporter_closes_what_they_have(walk: Walk):
    handle = walk.talking()
    walk.hush()
    conversations.close(handle=handle, by=walk.people.supporter.member, at=LATER)
    assert (walk.state(handle), walk.told(), acts(walk, "close")) == (State.CLOSING, [], 0)


@pytest.mark.parametrize("state", sorted(set(State) - {State.CLOSING}))
def test_the_desk_closes_whatever_is_open_and_whoever_knew_whom_is_told(walk: Walk, state: State):
    handle = walk.to(state)
    walk.hush()
    conversations.close(handle=handle, by=walk.people.coordinator.member, at=LATER)
    knew = state in {State.ACCEPTED, State.INVITED, State.TALKING}
    assert walk.told() == ([("supporter", "ended")] if knew else [])
    assert (walk.state(handle), acts(walk, "close")) == (State.CLOSING, 1)


@pytest.mark.parametrize("part", ["supporter", "coordinator"])
def test_closing_twice_is_closing_once(walk: Walk, part: str):
    handle, by = walk.talking(), getattr(walk.people, part).member
    conversations.close(handle=handle, by=by, at=LATER)
    before = walk.held(handle)
    conversations.close(handle=handle, by=by, at=LATER + MINUTE)
    assert walk.held(handle) == before


def test_when_the_desk_undoes_its_close_the_peer_is_told_again(walk: Walk):
    handle, desk = walk.talking(), walk.people.coordinator.member
    conversations.close(handle=handle, by=desk, at=LATER)
    walk.hush()
    conversations.undo_close(handle=handle, by=desk, at=LATER + MINUTE)
    assert walk.told() == [("supporter", "waiting")]
    assert walk.held(handle).assignee == walk.people.supporter.member.supporter


def test_when_nobody_had_it_nobody_is_told(walk: Walk):
    handle, desk = walk.matched(), walk.people.coordinator.member
    conversations.close(handle=handle, by=desk, at=LATER)
    walk.hush()
    conversations.undo_close(handle=handle, by=desk, at=LATER + MINUTE)
    assert (walk.state(handle), walk.told()) == (State.MATCHED, [])


def test_after_erasing_there_is_nothing_to_undo(walk: Walk):
    handle = walk.closing()
    walk.sweep(NOON + 6 * HOUR)
    for person in (walk.people.supporter, walk.people.coordinator):
        with pytest.raises(NotFound):
            conversations.undo_close(handle=handle, by=person.member, at=NOON + 6 * HOUR)


# --------------------------------------------------------------------------------- erase at their wish


@pytest.mark.parametrize("state", State)
def test_the_desk_erases_at_somebodys_wish_from_anywhere(walk: Walk, state: State):
    handle = walk.to(state)
    walk.hush()
    conversations.erase_now(handle=handle, by=walk.people.coordinator.member, at=LATER)
    knew = state in {State.ACCEPTED, State.INVITED, State.TALKING}
    assert (Referral.objects.count(), Key.objects.count(), acts(walk, "erase")) == (0, 0, 1)
    assert walk.told() == ([("supporter", "ended")] if knew else [])
    assert Pool.objects.get(measure="people").n == 1


@pytest.mark.parametrize("state", [State.ACCEPTED, State.INVITED, State.TALKING, State.CLOSING])
def test_so_does_the_supporter_who_has_it_and_knows_that_it_is_gone(walk: Walk, state: State):
    handle = walk.to(state)
    walk.hush()
    conversations.erase_now(handle=handle, by=walk.people.supporter.member, at=LATER)
    assert (Referral.objects.count(), walk.told(), acts(walk, "erase")) == (0, [], 0)


# --------------------------------------------------------------------------------- at the desk


def test_the_desk_gives_a_new_link_and_the_old_one_ends(walk: Walk):
    received = actions.receive(here=walk.here, asking=asking(), once="", at=NOON)
    old = walk.link(received)
    handle = queries.private_view(old, at=NOON).handle
    new = conversations.new_link(handle=handle, by=walk.people.coordinator.member, at=LATER)
    assert queries.private_view(new, at=LATER).handle == handle
    with pytest.raises(NotFound):
        queries.private_view(old, at=LATER)
    assert acts(walk, "new link") == 1


def held_one(walk: Walk) -> str:
    """A colleague asked for somebody, where the clock would match at once."""
    walk.here = make_program(policy_text(matching='match_by = "clock"\nclock_share = 0.01'))
    return arrival.arrive(here=walk.here, asking=asking(), source=Source.COLLEAGUE, once="", at=NOON).handle


def test_what_nobody_has_checked_is_never_matched_by_the_clock(walk: Walk):
    handle = held_one(walk)
    walk.sweep(NOON + 20 * HOUR)
    assert (walk.state(handle), walk.held(handle).held) == (State.RECEIVED, True)


def test_once_the_desk_says_it_is_real_the_clock_matches(walk: Walk):
    handle = held_one(walk)
    at = NOON + HOUR
    conversations.release_held(handle=handle, by=walk.people.coordinator.member, at=at)
    assert not walk.held(handle).held
    walk.sweep(at)
    assert walk.state(handle) is State.MATCHED
    actor = walk.people.coordinator.account.id
    assert log.count(program=walk.here.id, actor=actor, verb="release", day=NOON.date()) == 1
