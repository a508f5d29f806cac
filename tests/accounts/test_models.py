"""What the database itself refuses, and what it doesn't keep."""

import pytest
from django.db import IntegrityError, models

from tests.factories.people import make_person
from touchbase.accounts.models import Account, AccountState, Invitation, Membership, StaffSession
from touchbase.accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_an_account_has_no_password_and_none_is_ever_asked_for():
    assert Account(email="robin.vale@example.org").has_usable_password() is False


def test_an_account_tells_neither_when_it_was_made_nor_when_it_was_used():
    assert not any(isinstance(field, models.DateTimeField) for field in Account._meta.get_fields())
    assert {field.name for field in Account._meta.concrete_fields} == {
        "id", "email", "name", "state", "away_until", "language",
    }  # fmt: skip


def test_a_session_keeps_no_address_of_the_machine_and_no_name_of_the_browser():
    assert {field.name for field in StaffSession._meta.concrete_fields} == {
        "key_hash", "account", "data", "until",
    }  # fmt: skip


def test_an_invitation_keeps_no_link():
    assert {field.name for field in Invitation._meta.concrete_fields} == {
        "token_hash", "key", "program", "role", "email", "until", "signs_in", "invited_by", "undelivered",
    }  # fmt: skip


def test_an_account_is_found_however_its_address_is_written(here):
    person = make_person(here, Role.LEADER, "Max Field")

    assert Account.objects.get_by_natural_key(" Max.Field@Harbor.example.org ") == person.account


def test_an_address_is_kept_in_small_letters_only():
    with pytest.raises(IntegrityError):
        Account.objects.create(email="Robin.Vale@example.org", name="Robin Vale")


def test_somebody_who_left_may_not_sign_in():
    assert Account(state=AccountState.ACTIVE).is_active
    assert not Account(state=AccountState.LEFT).is_active


@pytest.mark.parametrize(
    "pair",
    [
        (Role.COORDINATOR, Role.LEADER),
        (Role.BACKUP, Role.LEADER),
        (Role.COORDINATOR, Role.BACKUP),
    ],
)
def test_nobody_reads_people_and_counts_of_one_program(here, pair):
    account = Account.objects.create(email="max.field@example.org", name="Max Field")
    Membership.objects.create(account=account, program_id=here.id, role=pair[0])

    with pytest.raises(IntegrityError):
        Membership.objects.create(account=account, program_id=here.id, role=pair[1])


def test_one_person_may_read_the_people_of_one_program_and_the_counts_of_another(here, elsewhere):
    account = Account.objects.create(email="max.field@example.org", name="Max Field")
    Membership.objects.create(account=account, program_id=here.id, role=Role.COORDINATOR)
    Membership.objects.create(account=account, program_id=elsewhere.id, role=Role.LEADER)

    assert account.memberships.count() == 2
