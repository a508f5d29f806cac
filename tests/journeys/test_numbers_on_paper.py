"""The leader's page on paper: one page, whatever was counted, in every program."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from tests.factories.chromium import launched
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
PARTS = ("table", ".chart", ".bars", ".report :is(a, button)")
SEEN = "all => all.filter(each => each.checkVisibility()).length"
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
def pages(programs, visitor_of) -> dict[str, bytes]:
    """The page of numbers of each program, as somebody gets it who leads all of them."""
    browser = visitor_of(Account.objects.get(email=LEADER))
    return {here.slug: browser.get(f"/{here.slug}/numbers/").content for here in programs}


@contextmanager
def screen(pages: Mapping[str, bytes]) -> Iterator[Page]:
    """A browser that gets these pages and the styles, and nothing else: there is no server."""

    def answer(route: Route) -> None:
        place = urlsplit(route.request.url).path
        if place.startswith("/static/"):
            route.fulfill(path=str(finders.find(place.removeprefix("/static/"))))
        else:
            page = pages.get(place.strip("/"), b"")
            route.fulfill(content_type="text/html; charset=utf-8", body=page)

    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page()
        page.route("**", answer)
        yield page
        browser.close()


@dataclass(frozen=True)
class Print:
    """What comes out of the printer: on how many pages of which paper, and the parts that are seen."""

    heading: str
    pages: dict[str, int]
    parts: dict[str, int]


def printed(page: Page) -> Print:
    """What the browser prints of what it shows."""
    sheets = {paper: page.pdf(format=paper) for paper in ("A4", "Letter")}
    page.emulate_media(media="print")
    parts = {part: page.locator(part).evaluate_all(SEEN) for part in PARTS}
    page.emulate_media(media="null")
    counts = {paper: len(re.findall(rb"/Type /Page\b(?!s)", sheet)) for paper, sheet in sheets.items()}
    return Print(page.locator("h1").inner_text(), counts, parts)


def test_the_numbers_of_every_program_are_one_printed_page_of_tables(programs, pages):
    found = []
    with screen(pages) as page:
        for here in programs:
            page.goto(f"http://127.0.0.1:9/{here.slug}/")
            found.append(printed(page))
    one = {"A4": 1, "Letter": 1}
    tables = dict(zip(PARTS, (len(MEASURES) - len(UNSAID), 1, 0, 0), strict=True))
    longest = Print("2000 people reached out between July and December 2025.", one, tables)
    assert found == [Print("Nothing to show yet.", one, dict.fromkeys(PARTS, 0)), *[longest] * 4]
