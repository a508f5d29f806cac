"""Who is told: whoever is there, and everybody when nobody is."""

import pytest

from tests.factories.walking import DAY, HOUR, NOON, Walk
from touchbase.accounts import actions as accounts
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.outreach.telling import tell_it_ended, tell_peer
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def away(person, until=NOON + DAY) -> None:
    accounts.set_away(account=person.account.id, until=until.date(), today=NOON.date())


def tell(walk: Walk, *, backup: bool = False, at=NOON) -> list[str]:
    tell_desk(program=walk.here.id, template=Template.REMINDER, at=at, backup=backup)
    return [part for part, _template in walk.told()]


def test_the_coordinator_is_told(walk: Walk):
    assert tell(walk) == ["coordinator"]


def test_the_backup_is_told_too_when_it_presses(walk: Walk):
    assert tell(walk, backup=True) == ["backup", "coordinator"]


def test_the_backup_stands_in_for_a_coordinator_who_is_away(walk: Walk):
    away(walk.people.coordinator)
    assert tell(walk) == ["backup"]


def test_a_backup_who_is_away_isnt_told_while_the_coordinator_is_there(walk: Walk):
    away(walk.people.backup)
    assert tell(walk, backup=True) == ["coordinator"]


def test_when_both_are_away_both_are_told(walk: Walk):
    away(walk.people.coordinator)
    away(walk.people.backup)
    assert tell(walk) == ["backup", "coordinator"]


def test_a_day_away_is_a_day_at_the_program(walk: Walk):
    """Half past three in the morning in London is still the evening before at Harbor."""
    away(walk.people.coordinator, until=NOON)
    assert tell(walk, at=NOON + 11.5 * HOUR) == ["backup"]


def test_nobody_of_another_program_is_told(walk: Walk):
    assert "elsewhere" not in tell(walk, backup=True)


@pytest.mark.parametrize("state", State)
def test_only_who_has_it_is_told_that_something_waits(walk: Walk, state: State):
    held = walk.held(walk.to(state))
    walk.hush()
    tell_peer(held=held, template=Template.WAITING, at=NOON)
    theirs = state in {State.MATCHED, State.ACCEPTED, State.INVITED, State.TALKING}
    assert walk.told() == ([("supporter", "waiting")] if theirs else [])


@pytest.mark.parametrize("state", State)
def test_only_who_knew_whom_is_told_that_it_ended(walk: Walk, state: State):
    held = walk.held(walk.to(state))
    walk.hush()
    tell_it_ended(held=held, at=NOON)
    knew = state in {State.ACCEPTED, State.INVITED, State.TALKING}
    assert walk.told() == ([("supporter", "ended")] if knew else [])
