"""Asking for a peer in a real browser: with scripts and without, by keyboard, in both themes."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.canary import FINCH
from tests.factories.chromium import launched
from touchbase.referrals.models import Referral

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

# Also what axe leaves to those who promise more: 7 to 1, and a target's size.
STRICT = {"rules": {name: {"enabled": True} for name in ("color-contrast-enhanced", "target-size")}}
OPEN_PAGES = (
    "/",
    "/harbor/",
    "/harbor/talk/",
    "/harbor/urgent/",
    "/harbor/promise/",
    "/harbor/questions/",
    "/trust/",
)


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A browser nobody has used."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cache.clear()
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def opened(chromium: Browser, live_server, here) -> Callable[..., Page]:
    """Open a page on a small phone; the keywords are Playwright's own."""

    def open_page(place: str, **how: object) -> Page:
        page = chromium.new_page(viewport={"width": 320, "height": 640}, **how)  # type: ignore[arg-type]
        page.goto(live_server.url + place)
        return page

    return open_page


def expect_it_holds_for_everybody(page: Page, place: str) -> None:
    """No finding of axe, the strict ones included, and nothing beside the screen."""
    found = Axe().run(page, options=STRICT).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], place
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, place


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_one_page_and_one_request_lead_to_the_thank_you(opened, scripts):
    page = opened("/harbor/", java_script_enabled=scripts)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.is_navigation_request() else None)

    page.get_by_label("What should we call you?").fill(FINCH.name)
    page.get_by_label("Mobile number").fill(FINCH.phone)
    page.get_by_role("button", name="Ask for a peer").click()

    assert page.get_by_role("heading", level=1).inner_text() == f"Thank you, {FINCH.name}."
    assert [(request.method, request.url.rpartition("/harbor")[2]) for request in sent] == [
        ("POST", "/talk/")
    ]
    assert page.context.cookies() == []
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_one_box_is_named_by_the_way_that_is_picked(opened, scripts):
    page = opened("/harbor/talk/", java_script_enabled=scripts)
    for way, name in (("Call", "Phone number"), ("Email", "Email address"), ("Text", "Mobile number")):
        page.get_by_role("radio", name=way, exact=True).check()
        assert page.get_by_role("textbox", name=name, exact=True).count() == 1


def test_with_a_script_the_keyboard_follows_the_pick(opened):
    page = opened("/harbor/talk/")
    box = page.locator("#contact")
    assert box.get_attribute("inputmode") == "tel"
    page.get_by_role("radio", name="Email", exact=True).check()
    assert (box.get_attribute("inputmode"), box.get_attribute("autocomplete")) == ("email", "email")


def test_without_a_script_any_keyboard_can_write_an_address(opened):
    page = opened("/harbor/talk/", java_script_enabled=False)
    assert page.locator("#contact").get_attribute("inputmode") is None


def test_the_whole_form_is_filled_by_keyboard_alone(opened):
    page = opened("/harbor/talk/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the main part
    for _way in page.get_by_role("navigation", name="Who it is for").get_by_role("link").all():
        page.keyboard.press("Tab")  # past the ways in
    page.keyboard.press("Tab")
    page.keyboard.type(FINCH.name)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # a call
    page.keyboard.press("Tab")
    page.keyboard.type(FINCH.phone)
    page.keyboard.press("Enter")
    page.get_by_text("They will call you.").wait_for()
    assert Referral.objects.count() == 1


def test_what_needs_another_look_is_where_the_focus_is(opened):
    page = opened("/harbor/talk/")
    page.get_by_role("button", name="Ask for a peer").click()
    page.get_by_role("alert").wait_for()
    assert "2 things need another look" in page.evaluate("document.activeElement.innerText")
    expect_it_holds_for_everybody(page, "the form with problems")
    page.get_by_role("link", name="Tell us what to call you.").click()
    assert page.evaluate("document.activeElement.id") == "name"


def test_the_private_link_is_copied_with_one_press(opened):
    page = opened("/harbor/talk/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("What should we call you?").fill(FINCH.name)
    page.get_by_label("Mobile number").fill(FINCH.phone)
    page.get_by_role("button", name="Ask for a peer").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/t/[A-Za-z0-9_-]{22,}/", copied)
    assert copied == page.get_by_label("Your private link").input_value()
    expect_it_holds_for_everybody(page, "the thank-you")


def test_a_press_on_cancel_erases(opened):
    page = opened("/harbor/talk/", java_script_enabled=False)
    page.get_by_label("What should we call you?").fill(FINCH.name)
    page.get_by_label("Mobile number").fill(FINCH.phone)
    page.get_by_role("button", name="Ask for a peer").click()
    page.get_by_role("button", name="Cancel and erase this").click()
    assert page.get_by_role("heading", level=1).inner_text() == "It is erased."
    assert Referral.objects.count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_open_page_holds_for_everybody(opened, live_server, theme):
    page = opened("/", color_scheme=theme)
    for place in OPEN_PAGES:
        page.goto(live_server.url + place)
        expect_it_holds_for_everybody(page, place)


@pytest.mark.parametrize("place", OPEN_PAGES)
def test_nothing_runs_over_at_four_times_the_size_or_with_twice_the_text(opened, place):
    page = opened(place)  # 320 pixels are 1280 at 400 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 640, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("place", OPEN_PAGES)
def test_from_right_to_left_nothing_runs_over_either(opened, place):
    page = opened(place)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
