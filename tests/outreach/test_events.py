"""What the clock does when something is due: each thing once, in order, however late it looks."""

from datetime import date, timedelta

import pytest

from tests.canary import LINNET, WREN
from tests.factories.people import make_supporter
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking, steps_of
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import ReferralMovedOn
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions, answers, conversations, events
from touchbase.programs.policy import SendBy
from touchbase.referrals.course import Answer, Event
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def told_at(walk: Walk, at) -> list[tuple[str, str]]:
    """Who is written to because of one look of the clock. Nothing is sent in it."""
    walk.hush()
    for row in Referral.objects.filter(next_at__lte=at):
        going_on = True
        while going_on:
            held = walk.held(row.handle)
            due = held.next_at <= at and held.next_kind != Event.ERASE
            going_on = due and events.act(held, Event(held.next_kind), at)
    return walk.told()


# --------------------------------------------------------------------------------- waiting for a match


def test_the_desk_is_reminded_at_half_the_time_the_backup_at_80_percent_and_both_when_it_is_late(walk: Walk):
    at = NOON - 4 * HOUR  # half of the time is over at 8 pm; the reminder of the night comes at half past
    handle = walk.received(at)
    half = walk.held(handle).next_at
    assert told_at(walk, half) == [("coordinator", "reminder")]
    eighty = walk.held(handle).next_at
    assert told_at(walk, eighty) == [("backup", "reminder"), ("coordinator", "reminder")]
    assert told_at(walk, at + DAY) == [("backup", "late"), ("coordinator", "late")]
    assert told_at(walk, at + 2 * DAY - timedelta(minutes=1)) == []
    assert told_at(walk, at + 2 * DAY) == [("backup", "late"), ("coordinator", "late")]
    assert told_at(walk, at + 3 * DAY) == [("backup", "late"), ("coordinator", "late")]


def test_after_an_outage_of_25_hours_each_is_told_once_and_everything_is_done_in_order(walk: Walk):
    handle = walk.received()
    assert told_at(walk, NOON + 25 * HOUR) == [
        ("backup", "late"), ("backup", "reminder"), ("coordinator", "late"), ("coordinator", "reminder"),
    ]  # fmt: skip
    course = walk.held(handle).course
    assert course.done == (Event.HALF, Event.EIGHTY, Event.DUE)
    assert course.reminded == NOON + 25 * HOUR
    assert told_at(walk, NOON + 25 * HOUR) == []


def test_reminders_come_while_somebody_is_asked_too(walk: Walk):
    handle = walk.matched(NOON)
    walk.sweep(NOON + 9 * HOUR)
    assert walk.held(handle).course.done == (Event.HALF,)  # of midnight, told in the evening before
    assert walk.state(handle) is State.RECEIVED  # and the ask had run out meanwhile


def test_an_ask_runs_out_after_waking_hours_and_the_desk_looks_again(walk: Walk):
    handle = walk.matched(NOON + 7 * HOUR)  # asked at 8 pm: an hour is left of the day
    ask = walk.held(handle).course.ask
    assert ask is not None
    assert ask.until == NOON + 22 * HOUR  # 10 am
    assert told_at(walk, NOON + 21.5 * HOUR) == [("coordinator", "reminder")]  # of half of the match clock
    assert walk.state(handle) is State.MATCHED
    assert ("coordinator", "reminder") in told_at(walk, NOON + 22 * HOUR)
    held = walk.held(handle)
    assert (held.state, held.course.barred) == (State.RECEIVED, (walk.people.supporter.member.supporter,))


# --------------------------------------------------------------------------------- matched by the clock


@pytest.fixture
def by_clock(walk: Walk) -> Walk:
    walk.here = make_program(policy_text(matching='match_by = "clock"\nclock_share = 0.25'))
    return walk


def test_the_clock_asks_the_best_match_at_its_share_of_the_time(by_clock: Walk):
    handle = by_clock.received()
    assert told_at(by_clock, NOON + 5.5 * HOUR) == []
    assert told_at(by_clock, NOON + 6 * HOUR) == [("other_supporter", "ask")]  # a nurse, as they are
    assert steps_of(by_clock.held(handle)) == ["match"]


def test_a_pass_leads_to_the_next_at_once(by_clock: Walk):
    handle = by_clock.received()
    by_clock.sweep(NOON + 6 * HOUR)
    actions.pass_on(handle=handle, by=by_clock.people.other_supporter.member, at=NOON + 7 * HOUR)
    by_clock.sweep(NOON + 7 * HOUR)
    held = by_clock.held(handle)
    assert (held.state, held.assignee) == (State.MATCHED, by_clock.people.supporter.member.supporter)


def test_silence_leads_to_the_next_in_the_same_look(by_clock: Walk):
    handle = by_clock.received()
    by_clock.sweep(NOON + 6 * HOUR)
    by_clock.sweep(NOON + DAY)
    held = by_clock.held(handle)
    assert (held.state, held.assignee) == (State.MATCHED, by_clock.people.supporter.member.supporter)
    assert steps_of(held) == ["match", "ask expired", "match"]


def test_when_nobody_fits_the_desk_and_the_backup_hear_it_once(by_clock: Walk):
    Supporter.objects.update(active=False)
    handle = by_clock.received()
    assert told_at(by_clock, NOON + 6 * HOUR) == [("backup", "late"), ("coordinator", "late")]
    assert told_at(by_clock, NOON + 6.5 * HOUR) == []
    assert by_clock.state(handle) is State.RECEIVED


def test_and_the_clock_looks_again_after_each_reminder(by_clock: Walk):
    Supporter.objects.update(active=False)
    handle = by_clock.received()
    by_clock.sweep(NOON + 6 * HOUR)
    assert Event.CLOCK_MATCH in by_clock.held(handle).course.done
    Supporter.objects.update(active=True)
    by_clock.sweep(NOON + 7 * HOUR)
    assert by_clock.state(handle) is State.RECEIVED
    by_clock.sweep(NOON + 8.5 * HOUR)  # 8:30 pm: the reminder of the night
    assert by_clock.state(handle) is State.MATCHED


def test_the_clock_asks_each_time_whoever_has_room_then(by_clock: Walk):
    Supporter.objects.update(limit=1)
    for who in (asking(), asking(WREN), asking(LINNET)):
        by_clock.received(of=who)
    by_clock.sweep(NOON + 6 * HOUR)
    asked = list(Referral.objects.filter(state=State.MATCHED).values_list("assignee_id", flat=True))
    supporters = [by_clock.people.supporter, by_clock.people.other_supporter]
    assert sorted(asked) == sorted(person.member.supporter for person in supporters)
    assert Referral.objects.filter(state=State.RECEIVED).count() == 1


# --------------------------------------------------------------------------------- with a peer


def test_a_silent_peer_is_nudged_and_then_the_desk_hears_too(walk: Walk):
    handle = walk.accepted()
    accepted = NOON + 2 * HOUR
    assert told_at(walk, accepted + 11.5 * HOUR) == []
    assert told_at(walk, accepted + 12 * HOUR) == [("supporter", "waiting")]
    assert told_at(walk, accepted + DAY) == [("coordinator", "late"), ("supporter", "waiting")]
    assert told_at(walk, accepted + 2 * DAY) == []
    assert walk.held(handle).course.done == (Event.NUDGE, Event.TOUCH_DUE)


def test_where_the_desk_sees_nothing_of_it_the_peer_alone_is_told(walk: Walk):
    walk.here = make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    walk.accepted()
    assert told_at(walk, NOON + 2 * DAY) == [("supporter", "waiting")]


def test_the_peer_hears_when_a_second_note_may_go(walk: Walk):
    handle = walk.invited()
    assert told_at(walk, NOON + 3 * DAY + 2.5 * HOUR) == []
    assert told_at(walk, NOON + 3 * DAY + 3 * HOUR) == [("supporter", "waiting")]
    assert walk.touch(handle, NOON + 3 * DAY + 3 * HOUR).state is State.INVITED


def test_no_answer_rests_then_closes_then_is_erased(walk: Walk):
    handle = walk.invited()
    sent = NOON + 3 * HOUR
    no_answer = sent + 12 * DAY  # five days for a second note, seven to answer it
    assert told_at(walk, no_answer - HOUR) == [("supporter", "waiting")]
    assert walk.state(handle) is State.INVITED
    assert told_at(walk, no_answer) == [("supporter", "ended")]
    held = walk.held(handle)
    assert (held.state, held.course.answer) == (State.RESTING, Answer.NONE)
    assert told_at(walk, no_answer + 7 * DAY) == []
    assert (walk.state(handle), walk.held(handle).course.previous) == (State.CLOSING, State.RESTING)
    assert walk.sweep(no_answer + 7 * DAY + 29 * timedelta(minutes=1)).erased == 0
    assert walk.sweep(no_answer + 7 * DAY + timedelta(minutes=30)).erased == 1


def test_the_peer_is_told_on_the_day_of_an_agreed_check_in_as_people_wake(walk: Walk):
    handle = walk.talking()
    answers.agree_check_in_by_recipient(held=walk.held(handle), day=date(2026, 5, 20), at=NOON + DAY)
    wakes = NOON + 7 * DAY - 5 * HOUR  # 7 am at Harbor
    assert told_at(walk, wakes - timedelta(minutes=30)) == []
    assert told_at(walk, wakes) == [("supporter", "waiting")]


def test_a_peer_is_warned_a_week_before_nothing_ends_it_and_told_that_it_ended(walk: Walk):
    handle = walk.talking()
    last = NOON + 4 * HOUR
    assert told_at(walk, last + 23 * DAY - HOUR) == []
    assert told_at(walk, last + 23 * DAY) == [("supporter", "waiting")]
    assert told_at(walk, last + 30 * DAY) == [("supporter", "ended")]
    assert walk.state(handle) is State.CLOSING


def test_something_happening_starts_the_days_anew_and_the_warning_with_them(walk: Walk):
    handle = walk.talking()
    told_at(walk, NOON + 24 * DAY)
    conversations.talked(
        handle=handle, by=walk.people.supporter.member, at=NOON + 25 * DAY, mode=None, minutes="", close=False
    )
    assert told_at(walk, NOON + 40 * DAY) == []
    assert told_at(walk, NOON + 48 * DAY) == [("supporter", "waiting")]
    assert told_at(walk, NOON + 55 * DAY) == [("supporter", "ended")]
    assert walk.state(handle) is State.CLOSING


@pytest.mark.parametrize("state", [State.RECEIVED, State.MATCHED, State.ACCEPTED, State.TALKING])
def test_after_the_longest_time_everything_closes(walk: Walk, state: State):
    handle = walk.to(state)
    if state is State.TALKING:
        for day in (25, 50, 75):
            held = walk.held(handle)
            answers.agree_check_in_by_recipient(held=held, day=None, at=NOON + day * DAY)
    walk.sweep(NOON + 91 * DAY)
    assert walk.state(handle) is State.CLOSING


def test_a_rest_that_began_late_ends_with_the_longest_time(walk: Walk):
    handle = walk.talking()
    for day in (25, 50, 75):
        answers.agree_check_in_by_recipient(held=walk.held(handle), day=None, at=NOON + day * DAY)
    walk.answer(handle, Answer.NOT_NOW, NOON + 88 * DAY)
    assert told_at(walk, NOON + 90 * DAY) == []
    assert walk.state(handle) is State.CLOSING


# --------------------------------------------------------------------------------- five a day, then ask


@pytest.fixture
def many(walk: Walk) -> Walk:
    """Seven referrals in which nothing happened for a month, with seven supporters."""
    for n in range(7):
        person = make_supporter(walk.here, f"Peer {'ABCDEFG'[n]}", phone="")
        handle = walk.received(of=asking(contact=f"+1503555018{n}"))
        walk.ask(handle, person, NOON)
        actions.accept(handle=handle, by=person.member, at=NOON)
        actions.touch(handle=handle, by=person.member, at=NOON, how=SendBy.PEER)
        walk.answer(handle, Answer.YES, NOON)
    return walk


def closed() -> int:
    return Referral.objects.filter(state=State.CLOSING).count()


def test_five_a_day_close_by_themselves_and_then_the_desk_is_asked_once(many: Walk):
    many.hush()
    at = NOON + 30 * DAY
    many.sweep(at)
    assert closed() == 5
    asked = Outgoing.objects.filter(member=many.people.coordinator.member.ids[Role.COORDINATOR])
    assert log.count(program=many.here.id, actor="clock", verb="close", day=at.date()) == 5
    assert log.count(program=many.here.id, actor="clock", verb="ask to close", day=at.date()) == 1
    asked.delete()
    many.sweep(at + HOUR)
    assert not asked.exists()
    assert Referral.objects.filter(state=State.TALKING).count() == 2


def test_the_others_close_on_the_next_day_of_the_program(many: Walk):
    many.sweep(NOON + 30 * DAY)
    many.sweep(NOON + 30 * DAY + 11.5 * HOUR)  # half past eleven in the evening at Harbor
    assert Referral.objects.filter(state=State.TALKING).count() == 2
    many.sweep(NOON + 30 * DAY + 12 * HOUR)
    assert Referral.objects.filter(state=State.TALKING).count() == 0


def test_where_the_desk_sees_nothing_it_isnt_asked_either(many: Walk):
    make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    assert [told for told in told_at(many, NOON + 30 * DAY) if told[0] == "coordinator"] == []
    assert closed() == 5


def test_every_event_but_erasing_has_its_act():
    assert set(Event) - set(events._ACTS) == {Event.ERASE}


def test_an_act_that_comes_second_writes_nothing(walk: Walk):
    handle = walk.received()
    seen = walk.held(handle)
    walk.hush()
    events.act(seen, Event.HALF, NOON + 12 * HOUR)
    walk.hush()
    with pytest.raises(ReferralMovedOn):
        events.act(seen, Event.HALF, NOON + 12 * HOUR)
    assert walk.told() == []
