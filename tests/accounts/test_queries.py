"""Reading who is who."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.people import make_person
from touchbase.accounts import actions, queries
from touchbase.accounts.models import Account
from touchbase.accounts.permissions import GRANTS, Permission
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def also(person, program, role):
    """Give somebody one more role."""
    return actions.add_member(
        program_id=program.id, role=role, email=person.account.email, name=person.account.name
    )


def member_of(person, program):
    """What somebody is there, where they are something."""
    found = queries.member_of(person.account, program.id)
    assert found is not None
    return found


def test_a_member_is_everything_they_are_in_one_program(here, elsewhere):
    robin = make_person(here, Role.SUPPORTER, "Robin Vale")
    leading = also(robin, here, Role.LEADER)
    also(robin, elsewhere, Role.COORDINATOR)

    member = member_of(robin, here)

    assert (member.account, member.name, member.email) == (
        robin.account.id, "Robin Vale", "robin.vale@harbor.example.org",
    )  # fmt: skip
    assert member.program == here.id
    assert member.roles == {Role.SUPPORTER, Role.LEADER}
    assert member.ids == {Role.SUPPORTER: robin.member.supporter, Role.LEADER: leading}


def test_a_member_may_what_any_of_their_roles_may(here):
    robin = make_person(here, Role.SUPPORTER, "Robin Vale")
    also(robin, here, Role.LEADER)
    member = member_of(robin, here)

    both = GRANTS[Role.SUPPORTER] | GRANTS[Role.LEADER]
    assert {permission for permission in Permission if member.may(permission)} == both
    assert {Permission.ASK_ANSWER, Permission.NUMBERS_SEE} <= both


def test_in_another_program_they_are_nothing(people, elsewhere):
    assert queries.member_of(people.supporter.account, elsewhere.id) is None


def test_only_a_supporter_has_a_supporters_membership(people):
    assert people.supporter.member.supporter == people.supporter.member.ids[Role.SUPPORTER]
    with pytest.raises(NotFound):
        _ = people.coordinator.member.supporter


def test_somebodys_programs_are_told_one_by_one(here, elsewhere):
    robin = make_person(here, Role.SUPPORTER, "Robin Vale")
    also(robin, elsewhere, Role.COORDINATOR)

    members = queries.programs_of(robin.account)

    assert [(member.program, set(member.roles)) for member in members] == [
        (here.id, {Role.SUPPORTER}),
        (elsewhere.id, {Role.COORDINATOR}),
    ]


def test_somebody_without_a_role_has_no_programs():
    account = Account.objects.create(email="robin.vale@example.org", name="Robin Vale")

    assert queries.programs_of(account) == []


def test_the_staff_of_a_role_are_told_by_name(people, here):
    found = queries.staff(here.id, Role.SUPPORTER, TODAY)

    assert [(one.name, one.away) for one in found] == [("Ari Stone", False), ("Robin Vale", False)]


@pytest.mark.parametrize(("days", "away"), [(-1, False), (0, True), (1, True)])
def test_somebody_is_away_until_the_end_of_their_last_day(people, here, days, away):
    last = TODAY + timedelta(days=days)
    actions.set_away(account=people.backup.account.id, until=last, today=last)

    assert [one.away for one in queries.staff(here.id, Role.BACKUP, TODAY)] == [away]


def test_one_of_the_staff_is_found_by_their_membership(people):
    dana = queries.staff_member(people.coordinator.member.ids[Role.COORDINATOR])

    assert dana == queries.Staff(
        membership=people.coordinator.member.ids[Role.COORDINATOR],
        account=people.coordinator.account.id,
        name="Dana Quill",
        email="dana.quill@harbor.example.org",
        away=False,
    )


def test_a_membership_that_is_gone_is_not_found():
    with pytest.raises(NotFound):
        queries.staff_member("gone")
    with pytest.raises(NotFound):
        queries.member_of_membership("gone")


def test_the_holder_of_a_membership_is_everything_they_are_there(here):
    robin = make_person(here, Role.SUPPORTER, "Robin Vale")
    leading = also(robin, here, Role.LEADER)

    assert queries.member_of_membership(leading) == member_of(robin, here)


def test_everybody_in_a_program_is_told_by_account(people, here):
    names = queries.names_of(here.id)

    assert names[people.backup.account.id] == "Jo Marsh"
    assert sorted(names.values()) == [
        "Ari Stone", "Dana Quill", "Jo Marsh", "Kit Root", "Max Field", "Noor Center", "Robin Vale",
    ]  # fmt: skip


def test_a_page_for_those_signed_in_knows_who_it_is_for(people):
    assert queries.person(people.leader.account) == people.leader.account
    with pytest.raises(NotFound):
        queries.person(AnonymousUser())
