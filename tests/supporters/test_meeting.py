"""Meetings: planned from topics of a list, told to who meets, and a number at the end."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.factories.paths import NOON
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.models import Outgoing
from touchbase.supporters import meeting, meetings
from touchbase.supporters.models import Meeting
from touchbase.supporters.occasions import Circle, Gathering, Topic

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 11)


def plan(program, circle=Circle.SUPPORTERS, day=TODAY):
    topics = (Topic.CARE, Topic.SKILLS)
    gathering = Gathering(circle, day, time(17), 90, "Library", topics)
    return meeting.plan(program_id=program.id, gathering=gathering, by="dana", at=NOON)


def test_supporters_are_told_of_theirs_and_nobody_of_the_teams(here, people):
    plan(here, Circle.TEAM)
    assert not Outgoing.objects.exists()
    plan(here)
    told = {people.supporter.member.supporter, people.other_supporter.member.supporter}
    assert set(Outgoing.objects.values_list("member", "template")) == {(one, "meeting") for one in told}


def test_a_supporter_finds_their_circles_meetings_alone(here, people):
    team, ours = plan(here, Circle.TEAM), plan(here)
    assert [one.id for one in meetings.meetings(here.id, Circle.SUPPORTERS)] == [ours]
    with pytest.raises(NotFound):
        meetings.meeting(team, here.id, Circle.SUPPORTERS)


def test_a_number_is_all_that_is_kept_of_who_came(here, people):
    key = plan(here)
    meeting.held(meeting=key, program_id=here.id, came=9, at=NOON)
    assert Meeting.objects.values("held", "came", "topic_keys").get() == {
        "held": True,
        "came": 9,
        "topic_keys": ["care", "skills"],
    }


@pytest.mark.parametrize("came", [0, -1, 501])
def test_a_number_that_is_none_is_asked_for_again(here, people, came):
    with pytest.raises(DomainError, match="from 1 to 500"):
        meeting.held(meeting=plan(here), program_id=here.id, came=came, at=NOON)


def test_nobody_is_counted_before_the_day_and_what_was_held_stays(here, people):
    ahead = plan(here, day=TODAY + timedelta(days=1))
    with pytest.raises(DomainError, match="on the day"):
        meeting.held(meeting=ahead, program_id=here.id, came=3, at=NOON)
    meeting.cancel(meeting=ahead, program_id=here.id)
    done = plan(here)
    meeting.held(meeting=done, program_id=here.id, came=3, at=NOON)
    with pytest.raises(DomainError, match="was held"):
        meeting.cancel(meeting=done, program_id=here.id)


def test_another_programs_meeting_is_not_there(here, elsewhere, people):
    key = plan(here)
    for act in (
        lambda: meeting.held(meeting=key, program_id=elsewhere.id, came=3, at=NOON),
        lambda: meeting.cancel(meeting=key, program_id=elsewhere.id),
        lambda: meetings.meeting(key, elsewhere.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_list_costs_one_query(here, people, django_assert_num_queries):
    for _number in range(30):
        plan(here)
    with django_assert_num_queries(1):
        assert len(meetings.meetings(here.id)) == 30


def change(program, key, **changes):
    gathering = Gathering(Circle.SUPPORTERS, TODAY, time(17), 90, "Library", (Topic.CARE, Topic.SKILLS))
    meeting.change(
        meeting=key, program_id=program.id, gathering=replace(gathering, **changes), by="dana", at=NOON
    )


@pytest.mark.parametrize(
    "changes", [{"day": TODAY + timedelta(days=1)}, {"begins": time(18)}, {"place": "Hall"}]
)
def test_supporters_are_told_of_another_time_or_place(here, people, changes):
    key = plan(here)
    Outgoing.objects.all().delete()
    change(here, key, **changes)
    assert Outgoing.objects.count() == 2
    ((field, value),) = changes.items()
    assert getattr(Meeting.objects.get(), field) == value


def test_other_topics_and_the_teams_own_meeting_are_told_to_nobody(here, people):
    team, ours = plan(here, Circle.TEAM), plan(here)
    Outgoing.objects.all().delete()
    change(here, ours, topics=(Topic.RULES,), minutes=30)
    change(here, team, place="Hall")
    assert not Outgoing.objects.exists()
    assert Meeting.objects.get(pk=ours).topic_keys == ["rules"]
    assert Meeting.objects.get(pk=team).circle == "team"  # who meets stays


def test_a_meeting_that_was_held_or_is_another_programs_isnt_changed(here, elsewhere, people):
    key = plan(here)
    with pytest.raises(NotFound):
        change(elsewhere, key)
    meeting.held(meeting=key, program_id=here.id, came=3, at=NOON)
    with pytest.raises(DomainError, match="was held"):
        change(here, key)
