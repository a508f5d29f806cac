"""A supporter reaches out by themself, and says when a contact doesn't work."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.canary import FINCH
from tests.factories.paths import Path
from tests.factories.people import People
from tests.factories.programs import make_program, policy_text
from touchbase.accounts.models import Account
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NEW = "/harbor/mine/new/"
SENT = {"name": FINCH.name, "channel": "text", "contact": FINCH.phone, "once": "A" * 32}


@pytest.fixture
def robin(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.supporter.account)


def words(answer) -> str:
    return unescape(answer.content.decode())


def test_the_page_of_today_leads_to_the_form_and_the_form_to_the_note(robin: Client) -> None:
    assert f'href="{NEW}"' in robin.get("/harbor/mine/").content.decode()
    page = words(robin.post(NEW, SENT, follow=True))
    assert Referral.objects.get().state == State.ACCEPTED
    assert [said in page for said in (FINCH.name, "Your note is ready", "A peer began it")] == [True] * 3


def test_what_needs_another_look_comes_back(robin: Client) -> None:
    answer = robin.post(NEW, SENT | {"contact": "none"})
    assert (answer.status_code, "Enter a mobile number" in words(answer)) == (422, True)
    assert Referral.objects.count() == 0


def test_for_whoever_isnt_eligible_it_says_where_to_turn(robin: Client) -> None:
    assert "Tell them where to turn" in words(robin.post(NEW, SENT | {"profession": "not.listed"}))
    assert Referral.objects.count() == 0


def test_where_only_two_know_there_is_nothing_to_enter(robin: Client) -> None:
    make_program(policy_text(confidence='who_knows = "two"', sources="directory = true"))
    assert NEW not in words(robin.get("/harbor/mine/"))
    assert "registered nowhere" in words(robin.get(NEW))
    assert "registered nowhere" in words(robin.post(NEW, SENT))
    assert Referral.objects.count() == 0


def test_one_press_says_that_a_number_doesnt_work_and_the_name_is_gone(robin: Client, path: Path) -> None:
    path.accepted()
    place = f"/harbor/mine/asks/{path.handle}/"
    assert "That number or address doesn't work" in words(robin.get(place))
    page = words(robin.post(f"{place}wrong-contact/", follow=True))
    assert "The coordinator looks for another one" in page
    assert FINCH.name not in page
    assert robin.get(place).status_code == 404
    assert path.held().course.wrong_contact


def test_after_an_answer_there_is_no_such_button(robin: Client, path: Path) -> None:
    path.talking()
    assert "That number or address doesn't work" not in words(robin.get(f"/harbor/mine/asks/{path.handle}/"))
