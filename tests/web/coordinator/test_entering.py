"""The desk enters somebody who called or wrote."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.canary import FINCH
from tests.factories.people import People
from touchbase.accounts.models import Account
from touchbase.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NEW = "/harbor/desk/board/new/"
SENT = {
    "source": "colleague", "name": FINCH.name, "channel": "text", "contact": FINCH.phone, "knows": "yes",
    "profession": "nurse", "once": "A" * 32,
}  # fmt: skip


@pytest.fixture
def dana(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.coordinator.account)


def test_the_board_leads_to_the_form_and_the_form_to_the_referral(dana: Client) -> None:
    assert f'href="{NEW}"' in dana.get("/harbor/desk/board/").content.decode()
    answer = dana.post(NEW, SENT, follow=True)
    page = unescape(answer.content.decode())
    handle = Referral.objects.get().handle
    assert answer.redirect_chain == [(f"/harbor/desk/board/{handle}/", 302)]
    assert [said in page for said in (FINCH.name, "A colleague asked", "They know", "Ask this peer")] == [
        True
    ] * 4
    assert "Does this look real?" not in page


def test_nothing_of_it_is_remembered_by_the_browser(dana: Client) -> None:
    page = dana.get(NEW).content.decode()
    form = page[page.index('autocomplete="off" novalidate') :]
    boxes = re.findall(r'<(?:input|select)(?![^>]*type="(?:hidden|radio|checkbox)")[^>]*>', form)
    assert boxes
    assert [box for box in boxes if 'autocomplete="off"' not in box] == []


def test_what_needs_another_look_is_said_all_at_once(dana: Client) -> None:
    answer = dana.post(NEW, {"once": "A" * 32})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "4 things need another look" in page
    places = re.findall(r'<li><a href="#([^"]+)">', page)
    assert places == ["source-self", "name", "channel-text", "contact"]
    assert [place for place in places if f'id="{place}"' not in page] == []
    assert Referral.objects.count() == 0


def test_one_may_be_held_until_it_is_checked(dana: Client) -> None:
    page = unescape(dana.post(NEW, SENT | {"held": "yes"}, follow=True).content.decode())
    assert (Referral.objects.get().held, "Does this look real?" in page) == (True, True)


def test_whoever_isnt_eligible_is_told_where_to_turn_and_not_kept(dana: Client) -> None:
    page = unescape(dana.post(NEW, SENT | {"profession": "not.listed"}).content.decode())
    assert "Tell them where to turn: If you don't work here" in page
    assert Referral.objects.count() == 0


def test_a_coordinators_own_request_goes_to_the_others_at_the_desk(dana: Client, people: People) -> None:
    mine = SENT | {"channel": "email", "contact": people.coordinator.account.email}
    page = unescape(dana.post(NEW, mine, follow=True).content.decode())
    assert "Somebody else at the desk looks after it." in page
    assert FINCH.name not in page
