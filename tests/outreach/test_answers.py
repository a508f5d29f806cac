"""What the recipient presses: every answer is fine, and can be changed until it closes."""

from datetime import date

import pytest

from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking, by_mail, steps_of
from touchbase.kernel.errors import StepNotAllowed
from touchbase.outreach import actions, answers, conversations
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import Channel
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import Actor, State
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

LATER = NOON + DAY
REST = [Answer.NOT_NOW, Answer.RESOURCES]


def test_yes_leads_to_a_talk_and_the_peer_is_told(walk: Walk):
    handle = walk.invited()
    walk.hush()
    held = walk.answer(handle, Answer.YES, LATER)
    assert (held.state, held.course.answer) == (State.TALKING, Answer.YES)
    assert held.assignee == walk.people.supporter.member.supporter
    assert walk.told() == [("supporter", "waiting")]


def test_a_yes_that_the_peer_writes_down_needs_no_message_to_them(walk: Walk):
    handle = walk.invited()
    walk.hush()
    conversations.answered(handle=handle, by=walk.people.supporter.member, said=Answer.YES, at=LATER)
    assert (walk.state(handle), walk.told()) == (State.TALKING, [])


@pytest.mark.parametrize("said", REST)
@pytest.mark.parametrize("state", [State.INVITED, State.TALKING])
def test_not_now_and_the_list_rest_and_the_peer_is_told_that_it_ended(walk: Walk, state: State, said: Answer):
    handle = walk.to(state)
    walk.hush()
    held = walk.answer(handle, said, LATER)
    assert (held.state, held.assignee, held.course.answer) == (State.RESTING, "", said)
    assert (held.course.rest_from, held.next_kind) == (LATER, "rest-over")
    assert held.next_at == LATER + 7 * DAY
    assert walk.told() == [("supporter", "ended")]


def test_what_the_peer_writes_down_themself_needs_no_message(walk: Walk):
    handle = walk.invited()
    walk.hush()
    conversations.answered(handle=handle, by=walk.people.supporter.member, said=Answer.NOT_NOW, at=LATER)
    assert (walk.state(handle), walk.told()) == (State.RESTING, [])


@pytest.mark.parametrize("said", [Answer.YES, *REST])
def test_the_same_answer_twice_is_one_answer(walk: Walk, said: Answer):
    handle = walk.invited()
    held = walk.answer(handle, said, LATER)
    assert walk.answer(handle, said, LATER + HOUR) == held


def test_between_not_now_and_the_list_one_changes_freely_and_the_rest_runs_on(walk: Walk):
    handle = walk.resting(said=Answer.NOT_NOW)
    since = walk.held(handle).course.rest_from
    walk.hush()
    held = walk.answer(handle, Answer.RESOURCES, LATER)
    assert (held.state, held.course.answer, held.course.rest_from) == (State.RESTING, Answer.RESOURCES, since)
    assert walk.answer(handle, Answer.NOT_NOW, LATER).course.answer is Answer.NOT_NOW
    assert walk.told() == []


def test_yes_after_all_leads_back_to_the_same_peer(walk: Walk):
    handle = walk.resting()
    walk.hush()
    held = walk.answer(handle, Answer.YES, LATER)
    assert (held.state, held.assignee) == (State.TALKING, walk.people.supporter.member.supporter)
    assert (held.course.answer, held.course.rest_from) == (Answer.YES, None)
    assert walk.told() == [("supporter", "waiting")]


def test_or_to_the_queue_when_that_peer_serves_no_more(walk: Walk):
    handle = walk.resting()
    Supporter.objects.update(active=False)
    walk.hush()
    held = walk.answer(handle, Answer.YES, NOON + 5 * DAY)
    assert (held.state, held.assignee, held.course.peer) == (State.RECEIVED, "", "")
    assert (held.course.waiting, held.course.due) == (NOON + 5 * DAY, NOON + 5.5 * DAY)
    assert walk.told() == [("coordinator", "reminder")]


def test_a_changed_mind_can_change_again(walk: Walk):
    handle = walk.invited()
    for said in (Answer.NOT_NOW, Answer.YES, Answer.RESOURCES, Answer.YES):
        walk.answer(handle, said, LATER)
    assert steps_of(walk.held(handle))[-4:] == ["rest", "again", "rest", "again"]
    assert walk.state(handle) is State.TALKING


@pytest.mark.parametrize("state", [State.RECEIVED, State.MATCHED, State.ACCEPTED])
def test_before_a_note_there_is_nothing_to_answer(walk: Walk, state: State):
    handle = walk.to(state)
    for said in (Answer.YES, *REST):
        with pytest.raises(NotAvailable, match=r"^There is nothing to answer yet\. A note comes first\.$"):
            walk.answer(handle, said, LATER)
    assert walk.state(handle) is state


def handed_back(walk: Walk, state: State) -> str:
    """A first note went out, then it was handed back, and somebody else may have it."""
    handle = walk.invited()
    actions.hand_back(handle=handle, by=walk.people.supporter.member, at=LATER)
    ari = walk.people.other_supporter
    if state is not State.RECEIVED:
        walk.ask(handle, ari, LATER)
    if state is State.ACCEPTED:
        actions.accept(handle=handle, by=ari.member, at=LATER)
    walk.hush()
    return handle


@pytest.mark.parametrize("state", [State.RECEIVED, State.MATCHED])
def test_a_yes_to_a_peer_who_handed_back_is_kept_for_the_next(walk: Walk, state: State):
    handle = handed_back(walk, state)
    held = walk.answer(handle, Answer.YES, LATER)
    assert (held.state, held.course.answer) == (state, Answer.YES)
    assert walk.told() == []


def test_a_yes_while_the_next_peer_is_about_to_write_leads_to_a_talk(walk: Walk):
    handle = handed_back(walk, State.ACCEPTED)
    assert walk.answer(handle, Answer.YES, LATER).state is State.TALKING
    assert walk.told() == [("other_supporter", "waiting")]


@pytest.mark.parametrize("state", [State.RECEIVED, State.MATCHED, State.ACCEPTED])
def test_not_now_to_a_peer_who_handed_back_rests_wherever_it_is(walk: Walk, state: State):
    handle = handed_back(walk, state)
    held = walk.answer(handle, Answer.NOT_NOW, LATER)
    assert (held.state, held.course.ask) == (State.RESTING, None)
    assert walk.told() == ([("other_supporter", "ended")] if state is State.ACCEPTED else [])


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (State.RECEIVED, State.RECEIVED),
        (State.MATCHED, State.RECEIVED),  # who was only asked never said yes
        (State.ACCEPTED, State.TALKING),
    ],
)
def test_and_yes_after_that_leads_to_whoever_had_said_yes(walk: Walk, state: State, after: State):
    handle = handed_back(walk, state)
    walk.answer(handle, Answer.NOT_NOW, LATER)
    assert walk.answer(handle, Answer.YES, LATER + HOUR).state is after


def test_an_answer_that_is_none_isnt_taken_for_a_yes(walk: Walk):
    handle = walk.invited()
    with pytest.raises(NotAvailable, match=r"^Choose one of the three answers\.$"):
        walk.answer(handle, Answer.NONE, LATER)
    assert walk.state(handle) is State.INVITED


def test_once_it_closes_an_answer_is_too_late_and_says_so(walk: Walk):
    handle = walk.closing()
    with pytest.raises(StepNotAllowed, match=r"^That can't be done any more\. Your page shows what can\.$"):
        walk.answer(handle, Answer.NOT_NOW, NOON + 6 * HOUR)


# --------------------------------------------------------------------------------- the list


@pytest.mark.parametrize("said", REST)
def test_the_list_goes_out_once_when_it_is_pressed_for(mails: Walk, said: Answer):
    handle = mails.resting(of=by_mail(), said=said)
    mails.hush()
    held = answers.send_list(held=mails.held(handle), at=LATER)
    assert held.course.list_sent
    assert mails.told() == [("recipient", "resources")]
    mails.hush()
    assert answers.send_list(held=mails.held(handle), at=LATER + HOUR) == held
    assert mails.told() == []


@pytest.mark.parametrize("channel", [Channel.TEXT, Channel.CALL])
def test_who_gave_no_mail_address_reads_it_on_the_page(mails: Walk, channel: Channel):
    handle = mails.resting(of=asking(channel=channel), said=Answer.RESOURCES)
    with pytest.raises(NotAvailable) as told:
        answers.send_list(held=mails.held(handle), at=LATER)
    assert told.value.message == "We can't send the list to you. You can read it on this page."
    assert not mails.held(handle).course.list_sent


def test_so_does_everybody_where_there_is_no_mail_server(walk: Walk):
    handle = walk.resting(of=by_mail(), said=Answer.RESOURCES)
    with pytest.raises(NotAvailable):
        answers.send_list(held=walk.held(handle), at=LATER)


def test_the_list_is_for_those_who_rest(mails: Walk):
    with pytest.raises(StepNotAllowed):
        answers.send_list(held=mails.held(mails.talking(of=by_mail())), at=LATER)


def test_a_peer_who_was_told_just_the_list_has_it_sent(mails: Walk):
    handle = mails.invited(of=by_mail())
    mails.hush()
    conversations.answered(handle=handle, by=mails.people.supporter.member, said=Answer.RESOURCES, at=LATER)
    assert mails.held(handle).course.list_sent
    assert mails.told() == [("recipient", "resources")]


def test_where_it_can_go_by_mail(mails: Walk):
    handle = mails.invited()
    mails.hush()
    conversations.answered(handle=handle, by=mails.people.supporter.member, said=Answer.RESOURCES, at=LATER)
    assert not mails.held(handle).course.list_sent
    assert mails.told() == []


# --------------------------------------------------------------------------------- a check-in


def test_a_check_in_is_agreed_changed_and_taken_back(walk: Walk):
    handle = walk.talking()
    for day in (date(2026, 5, 20), date(2026, 6, 10), None):
        held = answers.agree_check_in_by_recipient(held=walk.held(handle), day=day, at=LATER)
        assert held.course.check_in == day
    assert walk.state(handle) is State.TALKING


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 5, 14), "Choose a day after today."),
        (date(2026, 6, 12), "Choose a day within 28 days."),
    ],
)
def test_a_day_that_is_over_or_far_off_is_not_agreed(walk: Walk, day: date, says: str):
    handle = walk.talking()
    with pytest.raises(NotAvailable) as told:
        answers.agree_check_in_by_recipient(held=walk.held(handle), day=day, at=LATER)
    assert told.value.message == says
    assert walk.held(handle).course.check_in is None


def test_a_second_check_in_is_told_as_the_first_was(walk: Walk):
    handle = walk.talking()
    for day in (date(2026, 5, 20), date(2026, 5, 27)):
        at = NOON + 2 * HOUR
        answers.agree_check_in_by_recipient(held=walk.held(handle), day=day, at=at)
        walk.hush()
        walk.sweep(NOON.replace(day=day.day))
        assert "check-in" in walk.held(handle).course.done


def test_only_who_talks_agrees_one(walk: Walk):
    with pytest.raises(StepNotAllowed):
        answers.agree_check_in_by_recipient(held=walk.held(walk.invited()), day=date(2026, 5, 20), at=LATER)


def test_the_promised_rules_hold_when_the_file_changes_meanwhile(walk: Walk):
    """Clocks stay as they were promised at the arrival (ruling D16)."""
    handle = walk.invited()
    make_program(policy_text(clock="rest_days = 2"))
    held = answers.answer(held=walk.held(handle), said=Answer.NOT_NOW, by=Actor.RECIPIENT, at=LATER)
    assert held.next_at == LATER + 7 * DAY
