"""The leader's page on paper: one page, whatever was counted, in every program."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route

from tests.factories.programs import make_program
from tests.utilization.full import everything, headcounts
from touchbase.accounts import actions as accounts
from touchbase.accounts.models import Account
from touchbase.accounts.roles import Role
from touchbase.utilization import actions, queries
from touchbase.utilization.counters import MEASURES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(databases=["default", "vault"])]
EXAMPLES = sorted((Path(__file__).parents[2] / "programs").glob("*.toml"))
LEADER = "max.field@example.org"
HERE = "http://127.0.0.1:9"
# Counted by the vault and for the pool alone; they are no tables.
UNSAID = {"people", "feedback"}


@pytest.fixture
def programs():
    """The five example programs. In all but one everything was counted, and all of it is shown."""
    found = [make_program(file.read_text()) for file in EXAMPLES]
    for here in found:
        accounts.add_member(program_id=here.id, role=Role.LEADER, email=LEADER, name="Max Field")
    for here in found[1:]:
        counts, staff = everything(here.policy), headcounts(here.policy)
        actions.add(program_id=here.id, batch=here.slug, half_year="2025-H2", counts=counts)
        actions.release_due(program_id=here.id, today=date(2026, 1, 2), floor=11, headcounts=staff)
        sheet = queries.release_of(here.id, "2025-H2").sheet
        assert {table.measure for table in sheet.tables} == set(MEASURES) - UNSAID
    return found


@pytest.fixture
def leader(chromium, programs, visitor_of):
    """The screen of somebody who leads all of them. There is no server: all was answered before."""
    browser = visitor_of(Account.objects.get(email=LEADER))
    pages = {f"/{here.slug}/numbers/": browser.get(f"/{here.slug}/numbers/").content for here in programs}
    page = chromium.new_page()

    def answer(route: Route) -> None:
        place = urlsplit(route.request.url).path
        if place.startswith("/static/"):
            route.fulfill(path=str(finders.find(place.removeprefix("/static/"))))
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=pages.get(place, b""))

    page.route("**", answer)
    yield page
    page.close()


def printed(page: Page, paper: str) -> int:
    """On how many pages the browser prints what it shows."""
    return len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(format=paper)))


def test_the_numbers_of_every_program_are_one_printed_page(leader, programs):
    said = []
    for here in programs:
        leader.goto(f"{HERE}/{here.slug}/numbers/")
        said.append(leader.locator("h1").inner_text())
        assert [printed(leader, paper) for paper in ("A4", "Letter")] == [1, 1], here.slug
    longest = "2000 people reached out between July and December 2025."
    assert said == ["Nothing to show yet.", *[longest] * 4]


def test_on_paper_there_are_the_tables_and_nothing_to_press(leader, programs):
    leader.goto(f"{HERE}/{programs[1].slug}/numbers/")
    leader.emulate_media(media="print")
    seen = "all => all.filter(each => each.checkVisibility()).length"
    parts = ("table", ".bars", ".report :is(a, button)", ".chart")
    counts = [leader.locator(part).evaluate_all(seen) for part in parts]
    assert counts == [len(MEASURES) - len(UNSAID), 0, 0, 1]
