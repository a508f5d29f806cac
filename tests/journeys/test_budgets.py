"""The budgets of effort (ux.md section 2) that no other journey counts: late items, signing in, first loads.

Asking, the answer, a supporter's whole part, a new referral at the desk and the leader's look are counted in
`test_seven_steps`; a colleague's form in `test_other_people`; a team event in `test_team_event`.
"""

import gzip
import re

import pytest
from playwright.sync_api import Response

from tests.canary import FINCH
from tests.factories.browsers import mailbox
from tests.factories.listing import listing_of, make_listed, with_list
from tests.factories.walking import Walk
from tests.journeys.screens import DESK, Screen, letters_to, link_in
from tests.journeys.test_other_ways import token_of
from touchbase.kernel import clock
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
FIRST_LOAD = 100_000  # bytes


def test_a_late_item_is_one_press_in_the_message_and_one_to_act(screens, scripts, here, people, later):
    walk = Walk(here, people)
    handle = walk.received(clock.now())
    later(hours=25)
    desk = screens.signed_in(
        people.coordinator, link_in(next(letters_to("dana.quill@harbor.example.org"))), DESK
    )
    before = len(desk.requests)
    assert "1 h late" in desk.words
    assert desk.ends_above("#ask") <= DESK["height"]
    desk.press("Ask this peer")
    assert (desk.presses, desk.typed, walk.state(handle)) == (1, 0, State.MATCHED)
    assert [method for method, _path in desk.requests[before:]].count("POST") == 1


def test_signing_in_is_an_address_and_a_code_that_is_pasted_and_never_a_password(
    screens, scripts, here, people, later
):
    walk = Walk(here, people)
    walk.ask(walk.received(clock.now()), people.supporter, clock.now())
    later()
    peer = screens.new().go(link_in(next(letters_to(people.supporter.account.email))))
    assert peer.page.locator("input[type=password]").count() == 0
    peer.type("Work email", people.supporter.account.email).press("Send me a code")
    code = re.search(r"\b\d{4}-\d{4}\b", str(mailbox()[-1].body))
    assert code is not None
    box = peer.page.get_by_role("textbox", name="Code")
    assert (box.get_attribute("autocomplete"), box.get_attribute("inputmode")) == ("one-time-code", "numeric")
    peer.type("Code", code.group()).press("Sign in")
    # Two inputs and two presses, and they are where the message leads.
    assert (peer.typed, peer.presses, "Could you take this one?" in peer.words) == (2, 2, True)


def loaded(screen: Screen, place: str) -> dict[str, int]:
    """Everything that opening a page asks for, with how many bytes each answer has as it travels.

    `touchbase prepare` leaves a compressed copy beside each file of our own, which is what a server sends;
    pages aren't compressed.
    """
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    screen.page.on("response", keep)
    screen.page.goto(screen.address + place)
    screen.page.wait_for_load_state("networkidle")
    screen.page.remove_listener("response", keep)
    return {each.url: weight(each) for each in answers}


def weight(answer: Response) -> int:
    """The bytes of one answer, head and body."""
    sizes = answer.request.sizes()
    body = len(gzip.compress(answer.body())) if "/static/" in answer.url else sizes["responseBodySize"]
    return sizes["responseHeadersSize"] + body


def test_a_first_load_is_light_and_asks_nobody_but_us(screens, people, here):
    # Given a program with a list, and somebody who was written to.
    walk = Walk(with_list(), people)
    handle = walk.invited(clock.now())
    robin = listing_of(make_listed(here, "Wren Sorel"))
    places = ["talk/", "refer/", "event/", "peers/", f"peers/{robin}/", "urgent/", "promise/", "resources/"]
    own = f"/t/{token_of(walk, handle)}/"

    # When each page is the first that somebody opens, then it is light, and everything of it comes from here.
    for place in (own, "/harbor/", *(f"/harbor/{each}" for each in places)):
        found = loaded(screens.new(), place)
        assert sum(found.values()) <= FIRST_LOAD, place
        assert {url for url in found if not url.startswith(screens.address)} == set(), place
        assert not any(url.rpartition(".")[2] in {"woff", "woff2", "ttf", "otf"} for url in found), place

    # The same for a supporter who opens what they were asked for: nothing is kept from an earlier page.
    supporter = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/")
    cookies = supporter.page.context.cookies()
    fresh = screens.new()
    fresh.page.context.add_cookies([{**each} for each in cookies])
    found = loaded(fresh, f"/harbor/mine/asks/{handle}/")
    assert FINCH.name in fresh.says
    assert sum(found.values()) <= FIRST_LOAD
    assert {url for url in found if not url.startswith(screens.address)} == set()
    assert Referral.objects.count() == 1
