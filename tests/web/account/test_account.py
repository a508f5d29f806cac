"""One's own account: where the work is, being away, passkeys, the way out."""

from datetime import timedelta

import pytest
import time_machine

from tests.factories.browsers import session_of
from touchbase.accounts import actions, passkeys
from touchbase.accounts.models import Account, StaffSession
from touchbase.accounts.roles import Role
from touchbase.kernel import clock

pytestmark = pytest.mark.django_db


def today():
    """This day, as the account pages count it."""
    return clock.now().date()


# --------------------------------------------------------------------------------------- where the work is


@pytest.mark.parametrize(
    ("part", "address"),
    [
        ("coordinator", "/harbor/desk/board/"),
        ("backup", "/harbor/desk/board/"),
        ("supporter", "/harbor/mine/"),
        ("leader", "/harbor/numbers/"),
        ("elsewhere", "/inland/desk/board/"),
    ],
)
def test_who_works_in_one_place_is_there_at_once(people, visitor_of, part, address):
    assert visitor_of(getattr(people, part).account).get("/account/")["Location"] == address


def test_who_works_in_several_chooses(people, here, elsewhere, visitor_of):
    robin = people.supporter.account
    actions.add_member(program_id=here.id, role=Role.COORDINATOR, email="ari@example.org", name="Ari")
    actions.add_member(program_id=here.id, role=Role.LEADER, email=robin.email, name="")
    actions.add_member(program_id=elsewhere.id, role=Role.SUPPORTER, email=robin.email, name="")

    page = visitor_of(robin).get("/account/").content.decode()

    places = ["/harbor/mine/", "/harbor/numbers/", "/inland/mine/"]
    assert [part.split('"')[0] for part in page.split('class="peer" href="')[1:]] == places
    assert page.count(here.policy.program.name) >= 2


def test_who_has_no_page_yet_reads_so(people, visitor_of):
    page = visitor_of(people.operator.account).get("/account/").content.decode()

    assert "No page of a program is open to you yet." in page


def test_the_stranger_signs_in_first(visitor):
    assert visitor.get("/account/")["Location"] == "/account/sign-in/?next=%2Faccount%2F"
    assert visitor.get("/account/you/")["Location"] == "/account/sign-in/?next=%2Faccount%2Fyou%2F"
    assert visitor.post("/account/away/")["Location"] == "/account/sign-in/?next=%2Faccount%2F"
    assert visitor.get("/account/passkeys/add/").status_code == 302


# --------------------------------------------------------------------------------------------- being away


def test_one_says_until_when_one_is_away_and_that_one_is_back(people, visitor_of):
    dana = people.coordinator.account
    visitor = visitor_of(dana)
    last = today() + timedelta(days=9)

    assert visitor.post("/account/away/", {"until": last.isoformat()})["Location"] == "/account/you/"
    assert Account.objects.get(pk=dana.pk).away_until == last
    page = visitor.get("/account/you/").content.decode()
    assert f'value="{last.isoformat()}"' in page
    assert f"You're away until {last:%a, %b} {last.day}, {last.year}." in page

    visitor.post("/account/away/", {"until": ""})
    assert Account.objects.get(pk=dana.pk).away_until is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("soon", "Enter a day, like 2027-01-31, or leave it empty."),
        ("2020-01-01", "Choose today or a later day."),
    ],
)
def test_a_day_that_is_none_is_asked_for_again_and_stays_in_the_field(people, visitor_of, typed, sentence):
    answer = visitor_of(people.coordinator.account).post("/account/away/", {"until": typed})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    assert Account.objects.get(pk=people.coordinator.account.pk).away_until is None


# ---------------------------------------------------------------------------------------------- passkeys


def test_one_sees_and_removes_ones_passkeys(people, visitor_of):
    robin = people.supporter.account
    passkeys.add(account=robin.pk, name="my <phone>", credential={})
    (mine,) = passkeys.passkeys_of(robin.pk)
    visitor = visitor_of(robin)
    assert "Remove my &lt;phone&gt;" in visitor.get("/account/you/").content.decode()

    assert visitor.post(f"/account/passkeys/{mine.id}/remove/")["Location"] == "/account/you/"
    assert passkeys.passkeys_of(robin.pk) == []


def test_nobody_removes_somebody_elses(people, visitor_of):
    passkeys.add(account=people.supporter.account.pk, name="my phone", credential={})
    (theirs,) = passkeys.passkeys_of(people.supporter.account.pk)

    assert visitor_of(people.leader.account).post(f"/account/passkeys/{theirs.id}/remove/").status_code == 404
    assert passkeys.passkeys_of(people.supporter.account.pk) == [theirs]


@pytest.mark.parametrize("address", ["/account/passkeys/add/", "/account/passkeys/1/remove/"])
def test_changing_how_one_signs_in_needs_a_fresh_sign_in(people, visitor_of, address):
    at = clock.now()
    with time_machine.travel(at, tick=False):
        visitor = visitor_of(people.supporter.account)
    with time_machine.travel(at + timedelta(minutes=10), tick=False):
        visitor.get("/account/you/")
    with time_machine.travel(at + timedelta(minutes=16), tick=False):
        assert visitor.post(address)["Location"].endswith("&said=step-up")


def test_a_passkey_is_asked_for_with_what_the_device_needs_and_nothing_inline(people, visitor_of):
    visitor = visitor_of(people.supporter.account)

    page = visitor.get("/account/passkeys/add/").content.decode()

    assert 'data-options="{&quot;publicKey&quot;' in page
    assert "<script>" not in page
    assert 'type="application/json"' not in page


@pytest.mark.parametrize("credential", ["", "{}", "x"])
def test_a_device_that_answers_nonsense_adds_nothing(people, visitor_of, credential):
    visitor = visitor_of(people.supporter.account)
    visitor.get("/account/passkeys/add/")

    answer = visitor.post("/account/passkeys/add/", {"credential": credential, "passwordless": "on"})

    assert b'class="error" role="alert">That didn\'t work on this device.' in answer.content
    assert passkeys.passkeys_of(people.supporter.account.pk) == []


# ---------------------------------------------------------------------------------------------- the way out


def test_signing_out_ends_the_session(people, visitor_of):
    visitor = visitor_of(people.leader.account)

    assert visitor.post("/account/sign-out/")["Location"] == "/account/sign-in/?said=out"
    assert not StaffSession.objects.exists()
    assert visitor.get("/account/you/").status_code == 302


def test_locking_ends_the_session_and_keeps_the_place(people, visitor_of):
    visitor = visitor_of(people.coordinator.account)

    answer = visitor.post("/account/lock/", {"next": "/harbor/desk/board/7f/"})

    assert answer["Location"] == "/account/sign-in/?next=%2Fharbor%2Fdesk%2Fboard%2F7f%2F&said=locked"
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize("place", ["", "https://elsewhere.example.org/", "//elsewhere.example.org"])
def test_locking_keeps_no_place_that_is_not_ours(people, visitor_of, place):
    answer = visitor_of(people.coordinator.account).post("/account/lock/", {"next": place})

    assert answer["Location"] == "/account/sign-in/?said=locked"


@pytest.mark.parametrize("address", ["/account/sign-out/", "/account/lock/", "/account/away/"])
def test_a_link_ends_nothing_and_changes_nothing(people, visitor_of, address):
    visitor = visitor_of(people.leader.account)

    assert visitor.get(address).status_code == 405
    assert session_of(visitor)["_auth_user_id"] == people.leader.account.pk
