"""What an open referral goes by after its program's policy has changed (ruling D16)."""

import pytest

from tests.factories.programs import policy_text
from touchbase.programs.files import parse
from touchbase.programs.policy import CoordinatorSees, OwnDepartment
from touchbase.programs.promises import promised


def policy(**changes):
    return parse(policy_text(**changes), file="harbor.toml")


def test_clocks_and_who_may_know_stay():
    hasty = "match_within_hours = 4\nrest_days = 2"
    then, today = policy(), policy(clock=hasty, contact='channels = ["text"]')
    found = promised(then, today)
    assert (found.clock, found.contact, found.confidence) == (then.clock, then.contact, then.confidence)


@pytest.mark.parametrize(
    ("then", "today", "holds"),
    [
        ("life", "until_accept", CoordinatorSees.UNTIL_ACCEPT),
        ("until_accept", "life", CoordinatorSees.UNTIL_ACCEPT),
        ("life", "life", CoordinatorSees.LIFE),
    ],
)
def test_of_how_long_the_desk_sees_the_shorter_holds(then, today, holds):
    sees = [policy(confidence=f'coordinator_sees = "{one}"') for one in (then, today)]
    assert promised(*sees).confidence.coordinator_sees is holds


@pytest.mark.parametrize(
    ("then", "today", "holds"),
    [
        ("fine", "never", OwnDepartment.NEVER),
        ("never", "fine", OwnDepartment.NEVER),
        ("fine", "ask", OwnDepartment.ASK),
        ("ask", "fine", OwnDepartment.ASK),
    ],
)
def test_of_asking_the_own_team_the_more_careful_holds(then, today, holds):
    own = [policy(matching=f'own_department = "{one}"') for one in (then, today)]
    assert promised(*own).matching.own_department is holds


def test_whom_to_call_is_whom_one_calls_today():
    then, today = policy(), policy(coordinator='phone = "207-555-0199"', legal='phone = "207-555-0155"')
    found = promised(then, today)
    assert (found.coordinator.phone, found.legal.phone) == ("207-555-0199", "207-555-0155")
    called = policy_text().replace('number = "988"', 'number = "207-555-0911"')
    urgent = promised(then, parse(called, file="harbor.toml")).safety
    assert [one.number for one in urgent.urgent] == ["207-555-0911"]
    assert urgent.exceptions == then.safety.exceptions
