"""The care path, from asking to being forgotten and counted, in a real browser, each at their own screen."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.canary import FINCH
from tests.factories.browsers import mailbox
from tests.factories.people import People, Person
from tests.journeys.test_passkey import FLAGS
from touchbase.kernel import clock
from touchbase.outreach.sweep import run_once
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.utilization import actions as counting
from touchbase.vault.models import Key, Pool

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


class Walk:
    """Several people at several screens, and the presses each has made."""

    def __init__(self, browser: Browser, address: str, *, scripts: bool) -> None:
        self._browser, self.address, self._scripts = browser, address, scripts
        self.presses = 0

    def screen(self, size: dict[str, int]) -> Page:
        """A browser of somebody's own."""
        context = self._browser.new_context(viewport=size, java_script_enabled=self._scripts)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    def go(self, page: Page, place: str) -> None:
        """Open an address."""
        page.goto(self.address + place if place.startswith("/") else place)
        self.holds(page)

    def press(self, page: Page, name: str) -> None:
        """Press a button or follow a link by its words, and look at what comes."""
        target = page.get_by_role("button", name=name, exact=True).or_(
            page.get_by_role("link", name=name, exact=True)
        )
        target.first.click()
        self.presses += 1
        self.holds(page)

    def holds(self, page: Page) -> None:
        """No finding of axe on any page of any journey. Without scripts there is nothing to run it with."""
        if self._scripts:
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url

    def signs_in(self, page: Page, person: Person, front: str) -> None:
        """By the code from the message, as everybody does."""
        self.go(page, front)
        page.get_by_label("Work email").fill(person.account.email)
        page.get_by_role("button", name="Send me a code").click()
        body = str(mailbox()[-1].body)
        code = re.search(r"\b\d{4}[ -]?\d{4}\b", body)
        assert code is not None, "the message holds a code"
        page.get_by_label("Code").fill(code.group())
        page.get_by_role("button", name="Sign in").click()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def walk(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, live_server, settings
) -> Iterator[Walk]:
    """A browser nobody has used, once with scripts and once without."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.SITE_ADDRESS = live_server.url
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    cache.clear()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield Walk(browser, live_server.url, scripts=request.param)
        browser.close()
        connections.close_all()


def asks(walk: Walk, way: str = "Text", contact: str = FINCH.phone) -> tuple[Page, str]:
    """Somebody asks on their phone; their private link is on the thank-you."""
    page = walk.screen(PHONE)
    walk.go(page, "/harbor/")
    page.get_by_label("What should we call you?").fill(FINCH.name)
    page.get_by_role("radio", name=way, exact=True).check()
    page.locator("input[name=contact]").fill(contact)
    page.get_by_role("button", name="Ask for a peer").click()
    walk.holds(page)
    assert page.get_by_role("heading", level=1).inner_text() == f"Thank you, {FINCH.name}."
    link = page.locator("input#link").input_value() if way != "Call" else ""
    return page, link


def matches(walk: Walk, people: People) -> Page:
    """The coordinator reads the sentence and asks Robin, who fits."""
    desk = walk.screen(DESK)
    walk.signs_in(desk, people.coordinator, "/harbor/desk/board/")
    assert desk.get_by_role("heading", level=1).first.inner_text() == "One person is waiting for a match."
    before = walk.presses
    desk.locator("label.fit", has_text="Robin Vale").locator("input").check()
    walk.press(desk, "Ask this peer")
    assert walk.presses - before <= 2  # choosing is the third
    return desk


def accepts(walk: Walk, people: People) -> Page:
    """The supporter signs in from the message, says yes, and only then sees who it is."""
    peer = walk.screen(PHONE)
    walk.signs_in(peer, people.supporter, "/harbor/mine/")
    peer.get_by_text("Could you take this one?").first.click()
    walk.holds(peer)
    assert FINCH.name not in peer.content()
    walk.press(peer, "Yes, I can")
    assert FINCH.name in peer.content()
    return peer


def test_somebody_asks_is_met_and_is_forgotten(walk: Walk, here, people: People) -> None:
    _asker, link = asks(walk)
    desk = matches(walk, people)
    assert FINCH.name not in desk.content()

    peer = accepts(walk, people)
    note = peer.locator("a[href^='sms:']").first.get_attribute("href") or ""
    assert link.rpartition("/t/")[2].strip("/") in note
    walk.press(peer, "I sent it")

    person = walk.screen(PHONE)
    walk.go(person, link)
    assert (person.title(), person.url) == ("A note for you", f"{walk.address}/t/")
    walk.press(person, "Not now")
    walk.press(person, "Let's talk")
    assert "You said: let's talk." in person.get_by_role("heading", level=1).inner_text()

    walk.go(peer, "/harbor/mine/")
    peer.get_by_text("They said: let's talk").first.click()
    walk.press(peer, "We talked")
    assert "Thank you. It is closed." in peer.content()

    run_once(clock.now() + timedelta(hours=1))
    tables = (Referral, Capsule, Link, Key)
    assert [table.objects.count() for table in tables] == [0, 0, 0, 0]
    assert list(Pool.objects.filter(measure="people").values_list("n", flat=True)) == [1]
    person.goto(link)
    assert "This link has ended" in person.content()


def test_counts_reach_the_leader_when_they_are_many(walk: Walk, here, people: People) -> None:
    leader = walk.screen(DESK)
    walk.signs_in(leader, people.leader, "/harbor/numbers/")
    assert "Nothing to show yet" in leader.content()

    Pool.objects.create(program=here.id, measure="people", category="people", n=11)
    Pool.objects.create(program=here.id, measure="source", category="self", n=11)
    run_once(clock.now())
    counting.release_due(
        program_id=here.id, today=clock.now().date() + timedelta(days=190), floor=11, headcounts={}
    )
    walk.go(leader, "/harbor/numbers/")
    assert "11" in leader.get_by_role("main").inner_text()


def test_after_a_pass_somebody_else_is_found(walk: Walk, here, people: People) -> None:
    asks(walk)
    desk = matches(walk, people)
    peer = walk.screen(PHONE)
    walk.signs_in(peer, people.supporter, "/harbor/mine/")
    peer.get_by_text("Could you take this one?").first.click()
    walk.press(peer, "Pass")
    walk.go(desk, "/harbor/desk/board/")
    assert desk.get_by_role("heading", level=1).first.inner_text() == "One person is waiting for a match."
    assert "1 asked before" in desk.content()


def test_who_changes_their_mind_right_away_cancels_on_the_same_page(walk: Walk, here) -> None:
    asker, _link = asks(walk, way="Call")
    walk.press(asker, "Cancel and erase this")
    assert (Referral.objects.count(), Key.objects.count()) == (0, 0)


def test_looking_at_every_page_changes_nothing(walk: Walk, here, people: People) -> None:
    asker, link = asks(walk)
    before = dump()
    for _ in range(2):
        asker.goto(link)
        for place in [each.get_attribute("href") for each in asker.get_by_role("link").all()]:
            if place and place.startswith("/t/"):
                asker.goto(walk.address + place)
                asker.goto(link)
    assert dump() == before


def dump() -> list[tuple[object, ...]]:
    """Every row of a referral in both stores."""
    found: list[tuple[object, ...]] = []
    for table in (Referral, Capsule, Link, Key, Pool):
        found += sorted(tuple(str(value) for value in row) for row in table.objects.values_list())
    return found
