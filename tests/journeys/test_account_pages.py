"""The account's pages for everybody: by axe, in both themes, at 320 pixels."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, sync_playwright

from tests.factories.browsers import new_browser, sign_in
from tests.factories.chromium import launched
from touchbase.accounts import actions, passkeys
from touchbase.accounts.roles import Role
from touchbase.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


@pytest.fixture(params=["light", "dark"])
def screen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A small phone, by day and by night."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        page = chromium.new_page(viewport={"width": 320, "height": 640}, color_scheme=request.param)
        yield page
        chromium.close()
        connections.close_all()


def expect_it_holds_for_everybody(screen: Page, place: str) -> None:
    """No finding of axe, and nothing beside the screen."""
    found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(screen).response["violations"]]
    assert found == [], place
    assert screen.evaluate("document.documentElement.scrollWidth") <= 320, place


def test_every_page_of_the_account_holds_for_everybody(people, here, screen, live_server):
    robin = people.supporter.account
    actions.add_member(program_id=here.id, role=Role.LEADER, email=robin.email, name="")
    passkeys.add(account=robin.pk, name="my phone", credential={})
    token = actions.invite(program_id=here.id, role=Role.BACKUP, email="sam@example.org", at=clock.now())

    for place in (
        "/account/sign-in/?said=locked",
        f"/account/invitation/{token}/",
        "/account/invitation/never/",
        "/nothing/at/all/ever/",
    ):
        screen.goto(live_server.url + place)
        expect_it_holds_for_everybody(screen, place)

    screen.goto(f"{live_server.url}/account/sign-in/")
    screen.get_by_label("Work email").fill(robin.email)
    screen.get_by_role("button", name="Send me a code").click()
    expect_it_holds_for_everybody(screen, "/account/code/")
    screen.get_by_role("button", name="Sign in").click()
    expect_it_holds_for_everybody(screen, "/account/code/ with an empty code")

    cookie = sign_in(new_browser(), robin).cookies["touchbase"].value
    screen.context.add_cookies([{"name": "touchbase", "value": cookie, "url": live_server.url}])
    for place in ("/account/", "/account/you/", "/account/passkeys/add/"):
        screen.goto(live_server.url + place)
        expect_it_holds_for_everybody(screen, place)
