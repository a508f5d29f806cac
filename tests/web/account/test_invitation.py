"""A one-time link to a role."""

from datetime import timedelta

import pytest
import time_machine

from touchbase.accounts import actions, queries
from touchbase.accounts.models import Account, Invitation, Membership, StaffSession
from touchbase.accounts.roles import Role
from touchbase.kernel import clock
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db


def link(program, role=Role.COORDINATOR, email="robin.vale@example.org", *, signs_in=True):
    """The address of an invitation."""
    token = actions.invite(program_id=program.id, role=role, email=email, at=clock.now(), signs_in=signs_in)
    return f"/account/invitation/{token}/"


def test_opening_a_link_changes_nothing(here, visitor):
    address = link(here)

    for method in ("get", "head"):
        assert getattr(visitor, method)(address).status_code == 200
    page = visitor.get(address).content.decode()

    assert here.policy.program.name in page
    assert "robin.vale@example.org" in page
    assert not Account.objects.exists()
    assert (Invitation.objects.count(), StaffSession.objects.count()) == (1, 0)


def test_a_link_from_the_machine_itself_lets_its_holder_in_and_offers_a_passkey(here, visitor):
    answer = visitor.post(link(here), {"name": "Robin Vale"})

    assert answer["Location"] == "/account/passkeys/add/"
    assert visitor.get("/account/passkeys/add/").status_code == 200
    assert visitor.get("/account/")["Location"] == "/harbor/desk/board/"


def test_any_other_link_makes_a_member_who_then_shows_that_the_address_is_theirs(here, visitor):
    answer = visitor.post(link(here, signs_in=False), {"name": "Robin Vale"})

    assert answer["Location"] == "/account/sign-in/?next=%2Faccount%2F&said=joined"
    assert b"You&#x27;re in. Now sign in" in visitor.get(answer["Location"]).content
    assert Membership.objects.count() == 1
    assert not StaffSession.objects.exists()


def test_somebody_known_only_presses(people, here, visitor):
    robin = people.supporter.account
    address = link(here, Role.LEADER, robin.email)
    assert b"known here as Robin Vale" in visitor.get(address).content

    visitor.post(address)

    member = queries.member_of(robin, here.id)
    assert member is not None
    assert member.roles == {Role.SUPPORTER, Role.LEADER}


def test_the_link_takes_the_browser_over_from_whoever_was_signed_in(people, here, visitor_of):
    visitor = visitor_of(people.leader.account)

    visitor.post(link(here, Role.BACKUP, "sam.new@example.org"), {"name": "Sam New"})

    assert b"sam.new@example.org" in visitor.get("/account/you/").content


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", b"Enter the name your colleagues know."),
        ("x" * 81, b"Enter the name in 80 characters or fewer."),
    ],
)
def test_a_name_that_is_none_is_asked_for_again(here, visitor, typed, sentence):
    answer = visitor.post(link(here), {"name": typed})

    assert answer.status_code == 400
    assert sentence in answer.content
    assert Invitation.objects.count() == 1


def test_a_name_with_hidden_characters_is_refused(here, visitor):
    answer = visitor.post(link(here), {"name": "Robin\u202eelaV"})

    assert answer.status_code == 400
    assert b"Enter the name your colleagues know, in 80 characters or fewer." in answer.content
    assert not Account.objects.exists()


def test_a_link_that_was_used_and_one_that_never_was_look_the_same(here, visitor):
    address = link(here, signs_in=False)
    visitor.post(address, {"name": "Robin Vale"})

    used, never = visitor.get(address), visitor.get("/account/invitation/never/")

    assert (used.status_code, never.status_code) == (404, 404)
    assert used.content == never.content
    assert b"Ask whoever invited you for a new one." in used.content


def test_a_link_ends_after_a_week(here, visitor):
    address = link(here)

    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert visitor.post(address, {"name": "Robin Vale"}).status_code == 404
    assert not Account.objects.exists()


def test_a_role_that_stays_apart_is_refused_with_a_sentence(people, here, visitor):
    address = link(here, Role.COORDINATOR, "new@example.org")
    actions.add_member(program_id=here.id, role=Role.LEADER, email="new@example.org", name="New Leader")

    answer = visitor.post(address)

    assert answer.status_code == 400
    assert b"One person can&#x27;t be two of coordinator, backup and leader in a program." in answer.content
    assert not StaffSession.objects.exists()


def test_who_is_invited_as_a_supporter_reads_the_rules_and_says_what_they_do(here, visitor):
    address = link(here, Role.SUPPORTER)
    page = visitor.get(address).content.decode()
    assert "What a peer does" in page
    assert "peer supporter. We would ask you now and then" in page
    assert '<option value="nurse">Nurse</option>' in page

    answer = visitor.post(address, {"name": "Robin Vale", "profession": "pilot"})
    assert (answer.status_code, Invitation.objects.count(), Account.objects.count()) == (422, 1, 0)
    assert 'value="Robin Vale"' in answer.content.decode()
    assert 'id="profession-error"' in answer.content.decode()

    visitor.post(address, {"name": "Robin Vale", "profession": "nurse"})
    assert visitor.get("/account/")["Location"] == "/harbor/mine/"
    assert Supporter.objects.get().profession == "nurse"


def test_any_other_role_is_asked_for_no_profession(here, visitor):
    page = visitor.get(link(here, Role.LEADER)).content.decode()
    assert ("What a peer does" in page, 'name="profession"' in page) == (False, False)
