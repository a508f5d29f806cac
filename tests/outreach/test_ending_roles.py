"""Ending somebody's role, changing one, and putting it back."""

from typing import Any

import pytest

from tests.factories.people import make_person
from tests.factories.walking import NOON, Walk
from touchbase.accounts import actions as accounts
from touchbase.accounts import queries
from touchbase.accounts.models import Account
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.outreach import leaving
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def end(walk: Walk, who: Any, role: Role) -> Any:
    by = walk.people.coordinator.member
    return leaving.end_role(account=who.account.pk, role=role, by=by, at=NOON)


def change(walk: Walk, who: Any, role: Role) -> None:
    (held,) = who.member.ids.values()
    accounts.change_role(membership=held, role=role, by=walk.people.coordinator.account.pk, at=NOON)


def verbs(walk: Walk) -> list[str]:
    return [act.verb for act in log.acts(program=walk.here.id, since=NOON.date())]


def test_what_a_supporter_held_is_back_on_the_board(walk: Walk):
    handle = walk.accepted()
    end(walk, walk.people.supporter, Role.SUPPORTER)
    assert walk.state(handle) is State.RECEIVED
    assert not Account.objects.filter(pk=walk.people.supporter.account.pk).exists()
    assert "end role" in verbs(walk)


def test_a_role_nobody_has_is_not_there(walk: Walk):
    for who in (walk.people.leader, walk.people.elsewhere):
        with pytest.raises(NotFound, match="not in the program any more"):
            end(walk, who, Role.COORDINATOR)


def test_the_last_coordinator_stays(walk: Walk):
    with pytest.raises(DomainError, match="This is the only coordinator"):
        end(walk, walk.people.coordinator, Role.COORDINATOR)
    with pytest.raises(DomainError, match="This is the only coordinator"):
        change(walk, walk.people.coordinator, Role.LEADER)
    assert verbs(walk) == []


def test_one_of_two_coordinators_may_become_leader(walk: Walk):
    other = make_person(walk.here, Role.COORDINATOR, "Noor Hale")
    change(walk, other, Role.LEADER)
    assert set(queries.member_at(other.account.pk, walk.here.id).roles) == {Role.LEADER}
    assert verbs(walk) == ["change role"]


def test_the_same_role_again_changes_nothing(walk: Walk):
    change(walk, walk.people.backup, Role.BACKUP)
    assert verbs(walk) == []


@pytest.mark.parametrize(("part", "role"), [("supporter", Role.LEADER), ("leader", Role.SUPPORTER)])
def test_other_roles_do_not_change_into_each_other(walk: Walk, part: str, role: Role):
    with pytest.raises(DomainError, match="Only coordinator, backup and leader change into each other"):
        change(walk, getattr(walk.people, part), role)


def test_who_left_meanwhile_is_not_changed(walk: Walk):
    with pytest.raises(NotFound):
        accounts.change_role(membership="nobody", role=Role.BACKUP, by="dana", at=NOON)


def test_a_role_is_put_back_as_it_was(walk: Walk):
    was = end(walk, walk.people.leader, Role.LEADER)
    by = walk.people.coordinator.member
    leaving.put_back(name=was.name, email=was.email, role=Role.LEADER, by=by, at=NOON)
    again = Account.objects.get(email=was.email)
    held = set(queries.member_at(again.pk, walk.here.id).roles)
    assert (again.name, held) == ("Max Field", {Role.LEADER})
    assert verbs(walk) == ["end role", "give role"]


def test_everybody_is_read_at_once_with_all_their_roles(walk: Walk, django_assert_num_queries):
    accounts.add_member(
        program_id=walk.here.id, role=Role.SUPPORTER, email="max.field@harbor.example.org", name="Max Field"
    )
    Account.objects.filter(name="Jo Marsh").update(away_until=NOON.date())
    with django_assert_num_queries(1):
        found = queries.everybody(walk.here.id, NOON.date())
    said = {who.name: (set(who.roles), away) for who, away in found}
    assert list(said) == sorted(said)
    assert said["Max Field"] == ({Role.LEADER, Role.SUPPORTER}, False)
    assert said["Jo Marsh"] == ({Role.BACKUP}, True)
