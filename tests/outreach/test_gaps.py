from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.meanwhile import meanwhile
from tests.factories.programs import make_program, policy_text
from tests.supporters.rosters import AT, FRI, SAT, THU, WED, make_roster
from touchbase.accounts import actions as accounts
from touchbase.notifications.models import Outgoing
from touchbase.outreach import gaps
from touchbase.outreach.letters import composer
from touchbase.outreach.sweep import run_once
from touchbase.supporters import rostering
from touchbase.supporters.models import Duty

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
DAY = timedelta(days=1)


@pytest.fixture
def roster(here, people):
    """Somebody is named for every day of two weeks, but for Saturday."""
    found = make_roster(here, people)
    ari, kai, mo, robin = found.keys
    every = (ari, kai, mo, robin)
    chosen = {WED + n * DAY: (every[n % 4], "") for n in range(14) if WED + n * DAY != SAT}
    rostering.publish(here=found.here, chosen=chosen, by=people.coordinator.member, at=AT)
    Outgoing.objects.all().delete()
    return found


def told(roster):
    """Who of the desk is about to be written to, and with what."""
    parts = {
        person.member.ids[role]: part
        for part, person in roster.people.everyone()
        if person is not None
        for role in person.member.ids
    }
    return sorted(
        (parts[member], template)
        for member, template in Outgoing.objects.values_list("member_id", "template")
    )


def test_a_gap_days_ahead_is_told_to_the_coordinator_once(roster):
    assert [gaps.alarm(AT) for _look in range(3)] == [1, 0, 0]
    assert told(roster) == [("coordinator", "gap")]


def test_the_sweep_looks_at_the_roster(roster):
    swept = [run_once(AT) for _look in range(2)]
    assert [(each.gaps, each.sent) for each in swept] == [(1, 1), (0, 0)]


def test_of_two_who_look_in_one_moment_one_tells(roster):
    other = []
    with meanwhile(lambda: other.append(gaps.alarm(AT)), before='UPDATE "supporters_duty"'):
        assert gaps.alarm(AT) == 0
    assert (other, told(roster)) == ([1], [("coordinator", "gap")])


def test_nobody_tomorrow_is_an_alarm_today_to_the_backup_as_well(roster):
    gaps.alarm(AT)
    Outgoing.objects.all().delete()
    friday_noon = AT + 2 * DAY
    assert [gaps.alarm(friday_noon) for _look in range(2)] == [1, 0]
    assert told(roster) == [("backup", "gap"), ("coordinator", "gap")]


def test_a_gap_that_opens_on_its_last_day_is_told_at_once(roster):
    gaps.alarm(AT)
    Outgoing.objects.all().delete()
    rostering.give_back(here=roster.here, member=roster.on(THU)[0], day=THU, at=AT)
    assert gaps.alarm(AT) == 1
    assert told(roster) == [("backup", "gap"), ("coordinator", "gap")]


def test_a_supporter_who_leaves_makes_gaps_that_are_told(roster):
    gaps.alarm(AT)
    Outgoing.objects.all().delete()
    accounts.leave(membership=roster.on(FRI)[0])
    assert gaps.alarm(AT) == 1
    assert told(roster) == [("coordinator", "gap")]


def test_a_gap_that_was_filled_and_opens_again_is_told_again(roster):
    gaps.alarm(AT)
    roster.name(SAT, (roster.keys[1], ""))
    assert gaps.alarm(AT) == 0
    rostering.give_back(here=roster.here, member=roster.keys[1], day=SAT, at=AT)
    assert gaps.alarm(AT) == 1


def test_the_day_is_the_program_s_own(roster):
    gaps.alarm(AT)
    still_thursday_at_harbor = datetime(2026, 5, 15, 3, 0, tzinfo=UTC)
    assert gaps.alarm(still_thursday_at_harbor) == 0
    assert gaps.alarm(still_thursday_at_harbor + timedelta(hours=2)) == 1


def test_a_program_without_a_roster_never_alarms(people):
    assert [run_once(AT + n * DAY).gaps for n in range(10)] == [0] * 10
    assert Duty.objects.count() == 0


def test_a_roster_that_is_given_up_alarms_no_more(roster):
    make_program(policy_text(roster.here.slug, roster='kept = "none"'))
    assert gaps.alarm(AT) == 0


def test_the_message_says_neither_when_nor_who(roster):
    from touchbase.notifications.messages import Template
    from touchbase.notifications.outbox import Due

    member = roster.people.coordinator.member
    due = Due("1", roster.here.id, "", next(iter(member.ids.values())), Template.GAP, 0)
    letter = composer(AT)(due)
    assert letter is not None
    assert letter.subject == "Touchbase: something is waiting"
    assert "/harbor/desk/roster/" in letter.body
    assert not any(word in letter.body for word in ("Sat", "May", "Ari", "Kai"))
