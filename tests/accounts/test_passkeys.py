"""Passkeys: theirs alone, and without a time."""

import pytest
from allauth.mfa.models import Authenticator

from touchbase.accounts import passkeys
from touchbase.accounts.adapter import WaysInAdapter
from touchbase.accounts.passkeys import NO_TIME
from touchbase.kernel.errors import DomainError, NotFound

pytestmark = pytest.mark.django_db


def add(person, name="my phone"):
    """Give somebody a passkey."""
    passkeys.add(account=person.account.id, name=name, credential={"id": "x"})


def test_a_passkey_keeps_neither_when_it_was_made_nor_when_it_was_used(people):
    add(people.supporter)

    row = Authenticator.objects.get()
    assert (row.created_at, row.last_used_at) == (NO_TIME, None)
    assert row.data == {"name": "my phone", "credential": {"id": "x"}}


def test_everybody_sees_their_own(people):
    add(people.supporter, "my phone")
    add(people.supporter, "my key")
    add(people.leader, "another phone")

    assert [one.name for one in passkeys.passkeys_of(people.supporter.account.id)] == ["my phone", "my key"]
    assert [one.name for one in passkeys.passkeys_of(people.leader.account.id)] == ["another phone"]


def test_a_name_is_cut_to_what_a_list_shows(people):
    add(people.supporter, "x" * 60)

    assert [one.name for one in passkeys.passkeys_of(people.supporter.account.id)] == ["x" * 40]


def test_ten_are_enough(people):
    for _ in range(10):
        add(people.supporter)

    with pytest.raises(DomainError) as refused:
        add(people.supporter)
    assert str(refused.value) == "You have ten passkeys. Remove one you don't use, then add this one."


def test_one_forgets_ones_own_and_nobody_elses(people):
    add(people.supporter)
    (mine,) = passkeys.passkeys_of(people.supporter.account.id)

    with pytest.raises(NotFound):
        passkeys.remove(account=people.leader.account.id, passkey=mine.id)
    assert passkeys.passkeys_of(people.supporter.account.id) == [mine]

    passkeys.remove(account=people.supporter.account.id, passkey=mine.id)
    assert passkeys.passkeys_of(people.supporter.account.id) == []


def test_to_the_site_a_passkey_is_a_random_key_and_to_its_owner_themself(people):
    robin = people.supporter.account

    assert WaysInAdapter().get_public_key_credential_user_entity(robin) == {
        "id": robin.id.encode(),
        "display_name": "Robin Vale",
        "name": "robin.vale@harbor.example.org",
    }


def test_a_passkey_without_a_name_gets_the_next_number(people):
    add(people.supporter)

    assert WaysInAdapter().generate_authenticator_name(people.supporter.account, "webauthn") == "Passkey 2"
