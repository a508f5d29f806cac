"""Whoever asked leaves no row, cookie, cache or log line, and nothing for the back button to bring."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connections
from playwright.sync_api import Error

from tests.canary import FINCH, LINNET, WREN, sung_in
from tests.factories.walking import Walk
from tests.journeys.screens import SMALL, Screen
from touchbase.kernel import clock
from touchbase.referrals import queries
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener
from touchbase.vault import rotation

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

# Where a request itself lies, sealed or without a name. Nothing else may have a row more than before.
KEPT = {"referrals_referral", "referrals_capsule", "referrals_link", "notifications_outgoing", "vault_key"}
GONE = "This link has ended, to protect your privacy."
_STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, window.name])"


@pytest.fixture
def walk(screens, here, people) -> Walk:
    """Harbor, its people, and an epoch that began before anybody came. Other journeys look at the pages."""
    screens.passes_by = ("/",)
    rotation.rotate(at=clock.now())
    return Walk(here, people)


def rows() -> dict[str, int]:
    """How many rows each table of both stores has."""
    found = {}
    for alias in ("default", "vault"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
                found[table] = cursor.fetchone()[0]
    return found


def remembered(screen: Screen) -> str:
    """Everything a page and its browser hold: shown, typed, stored, in the address."""
    page = screen.page
    boxes = [each.input_value() for each in page.locator("textarea, input[type=text], input[type=tel]").all()]
    stored = page.evaluate(_STORED) if screen.scripts else ""
    return f"{page.content()} {boxes} {stored} {page.url} {page.title()} {page.context.storage_state()}"


def turned(screen: Screen, step: Callable[[], object]) -> bool:
    """Press back or forward; whether there was a page.

    The answer to a form is kept nowhere: in its place the browser says that it has none.
    """
    try:
        step()
    except Error as missing:
        if "ERR_CACHE_MISS" not in missing.message:
            raise
        screen.page.wait_for_url("chrome-error://**")
        return False
    screen.page.wait_for_load_state()
    return True


def expect_nothing_comes_back(screen: Screen, *, pages: int) -> None:
    """Back through everything that was opened, and forward again: nobody is to be seen on any page of it."""
    for step in [screen.page.go_back] * pages + [screen.page.go_forward] * pages:
        there = remembered(screen) if turned(screen, step) else screen.says
        assert sung_in(there) is None, screen.page.url


def expect_nothing_is_kept_beside_the_request(before: dict[str, int], caplog) -> None:
    """No row but of the request itself; no line of a log; in memory only how often something was asked."""
    assert {table for table, count in rows().items() if count > before[table]} <= KEPT
    assert caplog.messages == []
    held = "".join(f"{vars(caches[name])}" for name in caches)
    assert sung_in(held) is None


def test_who_asked_for_themself_leaves_nothing(screens, scripts, walk, caplog):
    before = rows()
    person = screens.new(SMALL).go("/harbor/").go("/harbor/talk/")
    person.type("What should we call you?", FINCH.name).type("Mobile number", FINCH.phone)
    person.press("Ask for a peer")
    assert person.page.context.cookies() == []
    person.go("/harbor/")
    expect_nothing_comes_back(person, pages=2)
    assert person.page.context.cookies() == []
    expect_nothing_is_kept_beside_the_request(before, caplog)


def test_who_typed_and_thought_better_of_it_leaves_nothing(screens, scripts, walk, caplog):
    before = rows()
    person = screens.new(SMALL).go("/harbor/").go("/harbor/talk/")
    person.type("What should we call you?", FINCH.name).type("Mobile number", FINCH.phone)
    person.go("/harbor/")
    expect_nothing_comes_back(person, pages=1)
    assert rows() == before
    assert (person.page.context.cookies(), caplog.messages) == ([], [])


def test_who_asked_for_a_colleague_leaves_nothing(screens, scripts, walk, caplog):
    before = rows()
    asker = screens.new(SMALL).go("/harbor/").go("/harbor/refer/")
    asker.type("What do they go by?", FINCH.name).type("Their mobile number", FINCH.phone)
    asker.open("Anything about you?").type("Your number or email address", LINNET.phone)
    asker.press("Ask for them")
    assert asker.heading == "Thank you for looking out for them."
    asker.go("/harbor/")
    expect_nothing_comes_back(asker, pages=2)
    assert asker.page.context.cookies() == []
    expect_nothing_is_kept_beside_the_request(before, caplog)


def test_who_sent_a_list_of_people_leaves_nothing(screens, scripts, walk, caplog):
    before = rows()
    asker = screens.new(SMALL).go("/harbor/").go("/harbor/event/")
    asker.type("Everyone who was there", f"{FINCH.name}, {FINCH.phone}\n{WREN.name}, {WREN.email}")
    asker.press("Check the list").press("Send the list")
    assert asker.heading == "Thank you for looking out for them."
    asker.go("/harbor/")
    expect_nothing_comes_back(asker, pages=2)
    assert asker.page.context.cookies() == []
    expect_nothing_is_kept_beside_the_request(before, caplog)


# ---------------------------------------------------------------------------------------- the private page


def link_of(walk: Walk, handle: str) -> str:
    """Where somebody's private link leads."""
    held = walk.held(handle)
    opener = Opener("", Actor.RECIPIENT, clock.now())
    token = queries.link_token(handle, program=walk.here.id, n=held.course.link_n, opener=opener)
    return f"/t/{token}/"


def test_a_visit_to_the_private_page_leaves_a_cookie_of_twenty_minutes_and_nothing_else(
    screens, scripts, walk, caplog, tmp_path: Path
):
    link = link_of(walk, walk.invited(clock.now()))
    before = rows()
    reader = screens.new(SMALL).go("/harbor/").go(link)
    (cookie,) = reader.page.context.cookies()
    assert (cookie["name"], cookie["path"], cookie["httpOnly"]) == ("note", "/t/", True)
    (tmp_path / "now").touch()  # the time of the machine, by which the browser goes
    assert 0 < cookie["expires"] - (tmp_path / "now").stat().st_mtime <= 20 * 60
    assert link not in reader.page.url
    assert (rows(), caplog.messages) == (before, [])


def test_when_the_twenty_minutes_are_over_the_back_button_shows_nothing_of_the_private_page(
    screens, scripts, walk
):
    reader = screens.new(SMALL).go("/harbor/").go(link_of(walk, walk.invited(clock.now())))
    own = reader.words
    reader.go("/harbor/questions/")
    reader.page.context.clear_cookies()  # as the browser does then
    reader.page.go_back()
    reader.page.wait_for_load_state()
    assert (reader.heading, own in reader.says) == (GONE, False)


def test_when_it_is_erased_the_back_button_shows_nothing_of_the_private_page(screens, scripts, walk):
    reader = screens.new(SMALL).go("/harbor/").go(link_of(walk, walk.invited(clock.now())))
    own = reader.heading
    reader.press("Erase this now").press("Erase now")
    assert reader.heading == "It is erased."
    seen = []
    for _page in range(2):
        turned(reader, reader.page.go_back)
        seen.append(reader.heading)
    assert seen == [GONE, GONE]
    assert own not in reader.says
