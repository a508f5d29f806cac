"""When a note may go, and when to stop."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.programs import policy_text
from touchbase.notifications.catalogue import Template
from touchbase.outreach.etiquette import MOST_TOUCHES, still_wanted, why_not_check_in, why_not_touch
from touchbase.programs.files import parse
from touchbase.referrals.course import Course, Source, Touch
from touchbase.referrals.lifecycle import State

POLICY = parse(
    policy_text(clock="second_touch_after_days = 3\nsecond_touch_until_days = 5"), file="harbor.toml"
)
FIRST = datetime(2026, 5, 14, 18, 0, tzinfo=UTC)  # a Thursday, 2 pm at Harbor
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SLOT = timedelta(minutes=30)


def course(*touches):
    """A referral after these notes."""
    sent = tuple(Touch(at=at) for at in touches)
    return Course(
        source=Source.SELF, arrived=FIRST - DAY, due=FIRST, waiting=FIRST - DAY, active=FIRST, touches=sent
    )


def why_not(state, at, *touches):
    return why_not_touch(state, course(*touches), POLICY, at)


def test_the_first_note_may_go_as_soon_as_a_peer_has_said_yes():
    assert why_not(State.ACCEPTED, FIRST) == ""


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (HOUR, "It's too soon for a second note. It may go from Sun, May 17, 2:00 pm."),
        (3 * DAY - SLOT, "It's too soon for a second note. It may go from today, 2:00 pm."),
        (3 * DAY, ""),
        (4 * DAY, ""),
        (5 * DAY, ""),
        (5 * DAY + SLOT, "The time for a second note is over. They have the link, should things change."),
    ],
)
def test_a_second_note_waits_three_days_and_comes_within_five(after, sentence):
    assert why_not(State.INVITED, FIRST + after, FIRST) == sentence


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("after", [HOUR, 4 * DAY, 30 * DAY])
def test_two_notes_are_the_most_anyone_gets_whoever_sends_them(state, after):
    sentence = why_not(state, FIRST + 4 * DAY + after, FIRST, FIRST + 4 * DAY)
    assert sentence == "Two notes have gone out. That's the most anyone gets; the rest is up to them."
    assert MOST_TOUCHES == 2


@pytest.mark.parametrize("after", [HOUR, 4 * DAY, 20 * DAY])
def test_a_peer_who_takes_over_writes_the_second_note_when_they_are_ready(after):
    assert why_not(State.ACCEPTED, FIRST + after, FIRST) == ""


@pytest.mark.parametrize(
    "state", [State.RECEIVED, State.MATCHED, State.TALKING, State.RESTING, State.CLOSING]
)
@pytest.mark.parametrize("touches", [(), (FIRST,)])
def test_no_note_goes_after_an_answer_or_before_a_yes(state, touches):
    found = why_not(state, FIRST + 4 * DAY, *touches)
    assert found == "No note can go now: they have answered, or this has closed."


def test_days_between_notes_are_the_programs_own_days():
    """The clocks go back on November 1, 2026: three days later is the same hour of the day."""
    first = datetime(2026, 10, 30, 18, 0, tzinfo=UTC)  # 2 pm; 2 pm on November 2 is 19:00 UTC
    second = datetime(2026, 11, 2, 19, 0, tzinfo=UTC)
    assert why_not(State.INVITED, second, first) == ""
    assert why_not(State.INVITED, second - SLOT, first).startswith("It's too soon")


TODAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY - DAY, "Choose a day after today."),
        (TODAY, "Choose a day after today."),
        (TODAY + DAY, ""),
        (TODAY + 28 * DAY, ""),
        (TODAY + 29 * DAY, "Choose a day within 28 days."),
    ],
)
def test_a_check_in_is_agreed_for_a_day_within_four_weeks(day, sentence):
    assert why_not_check_in(day, TODAY, POLICY) == sentence


def test_every_refusal_is_said_in_the_readers_language():
    asked = [
        why_not_touch(State.INVITED, course(FIRST, FIRST), POLICY, FIRST, str.upper),
        why_not_touch(State.RESTING, course(FIRST), POLICY, FIRST, str.upper),
        why_not_touch(State.INVITED, course(FIRST), POLICY, FIRST + 9 * DAY, str.upper),
        why_not_touch(State.INVITED, course(FIRST), POLICY, FIRST, lambda _sentence: "%(day)s"),
        why_not_check_in(TODAY, TODAY, POLICY, str.upper),
        why_not_check_in(TODAY + 90 * DAY, TODAY, POLICY, lambda _sentence: "%(days)s"),
    ]
    assert [sentence.isupper() for sentence in asked] == [True, True, True, False, True, False]
    assert (asked[3], asked[5]) == ("Sun, May 17, 2:00 pm", "28")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("system", [True, False])
def test_a_note_is_wanted_while_its_answer_is_waited_for(state, system):
    written = course(FIRST).changed(touches=(Touch(at=FIRST, system=system),))
    for template in (Template.INVITATION, Template.SECOND_TOUCH):
        assert still_wanted(template, state, written) == (system and state is State.INVITED)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("asked", [True, False])
def test_a_list_is_wanted_by_who_rests_and_asked_for_it(state, asked):
    rests = course(FIRST).changed(list_sent=asked)
    assert still_wanted(Template.RESOURCES, state, rests) == (asked and state is State.RESTING)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("sent", [True, False])
def test_a_check_in_is_wanted_while_they_talk(state, sent):
    agreed = course(FIRST).changed(checked_back=sent)
    assert still_wanted(Template.CHECK_IN, state, agreed) == (sent and state is State.TALKING)
