"""A passkey in a real browser: added after a code, then used instead of one."""

import os
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.factories.browsers import mailbox, new_browser
from tests.factories.chromium import launched
from touchbase.accounts.models import Account, AccountState, StaffSession
from touchbase.accounts.passkeys import NO_TIME, passkeys_of

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A browser on a device that can hold passkeys. It fails the test when a script does."""
    # Playwright runs a loop in this thread, and Django would refuse to read rows beside it.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        page = chromium.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        yield page
        chromium.close()
        # Beside that loop this thread has connections of its own; PostgreSQL can't drop a store they hold.
        connections.close_all()
    assert faults == []


def device_of(page: Page, **changes: bool) -> None:
    """Give the browser a device that answers at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | changes})


def sign_in_by_code(page: Page, server: LiveServer, email: str) -> None:
    """The way without a passkey."""
    page.goto(f"{server.url}/account/sign-in/")
    page.get_by_label("Work email").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(mailbox()[-1].body.split("is ")[1].split("\n")[0])
    page.get_by_role("button", name="Sign in").click()


def test_a_supporter_adds_a_passkey_and_signs_in_with_it(people, screen, live_server):
    robin = people.supporter.account
    device_of(screen)
    sign_in_by_code(screen, live_server, robin.email)

    screen.goto(f"{live_server.url}/account/you/")
    screen.get_by_role("link", name="Add a passkey").click()
    screen.get_by_label("A name for it").fill("my phone")
    screen.get_by_role("button", name="Add it").click()
    screen.get_by_role("button", name="Remove my phone").wait_for()
    assert [one.name for one in passkeys_of(robin.pk)] == ["my phone"]

    screen.get_by_role("button", name="Sign out").click()
    screen.goto(f"{live_server.url}/account/sign-in/?next=/account/you/")
    screen.get_by_role("button", name="Sign in with a passkey").click()
    screen.get_by_role("button", name="Remove my phone").wait_for()

    assert screen.url == f"{live_server.url}/account/you/"
    assert [row.account for row in StaffSession.objects.all()] == [robin]
    assert [(row.created_at, row.last_used_at) for row in Authenticator.objects.all()] == [(NO_TIME, None)]


def test_the_passkey_of_somebody_who_left_does_nothing(people, screen, live_server):
    robin = people.supporter.account
    device_of(screen)
    sign_in_by_code(screen, live_server, robin.email)
    screen.goto(f"{live_server.url}/account/passkeys/add/")
    screen.get_by_role("button", name="Add it").click()
    screen.get_by_role("button", name="Remove Passkey 1").wait_for()
    screen.get_by_role("button", name="Sign out").click()
    Account.objects.filter(pk=robin.pk).update(state=AccountState.LEFT)

    screen.get_by_role("button", name="Sign in with a passkey").click()
    screen.get_by_role("status").get_by_text("That passkey didn't work here.").wait_for()

    assert not StaffSession.objects.filter(account__isnull=False).exists()


def test_a_device_without_a_passkey_reads_one_sentence_and_may_have_a_code(people, screen, live_server):
    device_of(screen, automaticPresenceSimulation=True)
    screen.goto(f"{live_server.url}/account/sign-in/")

    screen.get_by_role("button", name="Sign in with a passkey").click()
    screen.get_by_text("That passkey didn't work here. Try again, or have a code sent.").wait_for()

    assert screen.get_by_role("button", name="Send me a code").is_visible()
    assert not StaffSession.objects.filter(account__isnull=False).exists()


def test_without_javascript_a_code_does_all_of_it(people, screen, live_server):
    robin = people.supporter.account
    plain = screen.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{live_server.url}/account/sign-in/")
    assert not plain.get_by_role("button", name="Sign in with a passkey").is_visible()

    sign_in_by_code(plain, live_server, robin.email)
    plain.goto(f"{live_server.url}/account/passkeys/add/")

    assert plain.get_by_text("A code by mail works without both.").is_visible()
    assert [row.account for row in StaffSession.objects.all()] == [robin]


def test_another_site_gets_no_way_in_with_the_browsers_cookie(people, screen, live_server):
    sign_in_by_code(screen, live_server, people.supporter.account.email)
    cookies = {cookie["name"]: cookie for cookie in screen.context.cookies()}
    assert set(cookies) == {"touchbase"}
    assert (cookies["touchbase"]["httpOnly"], cookies["touchbase"]["sameSite"]) == (True, "Lax")
    assert cookies["touchbase"]["expires"] == -1

    visitor = new_browser()
    visitor.cookies["touchbase"] = cookies["touchbase"]["value"]
    answer = visitor.post("/account/away/", {"until": ""}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
