"""A supporter would like to talk: who is told, and how little."""

import pytest

from tests.factories.paths import NOON
from touchbase.accounts.roles import Role
from touchbase.notifications.models import Outgoing
from touchbase.outreach import caring
from touchbase.supporters import care

pytestmark = pytest.mark.django_db


def told() -> set[tuple[str, str]]:
    return set(Outgoing.objects.values_list("member", "template"))


def ask(here, person) -> None:
    caring.ask(program_id=here.id, membership=person.member.supporter, at=NOON)


def test_without_a_lead_peer_the_coordinator_is_told(here, people):
    ask(here, people.supporter)
    assert told() == {(people.coordinator.member.ids[Role.COORDINATOR], "care-desk")}


def test_lead_peers_are_told_and_the_desk_is_not(here, people):
    ari = people.other_supporter.member.supporter
    care.choose_lead(membership=ari, program_id=here.id, leads=True)
    ask(here, people.supporter)
    assert told() == {(ari, "care")}


def test_the_only_lead_peer_who_asks_reaches_the_coordinator(here, people):
    care.choose_lead(membership=people.supporter.member.supporter, program_id=here.id, leads=True)
    ask(here, people.supporter)
    assert told() == {(people.coordinator.member.ids[Role.COORDINATOR], "care-desk")}


def test_asking_again_writes_nothing_more(here, people):
    ask(here, people.supporter)
    Outgoing.objects.all().delete()
    ask(here, people.supporter)
    assert told() == set()
