"""Looking changes nothing: a scanner opens every link of every message and page, and no row is another.

Left out of the comparison: sessions, where each request of somebody signed in notes the minute, and the audit
sums, where each look of a supporter at a name adds one. Both are meant to change by looking.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from django.test import Client

from tests.factories.browsers import mailbox, sign_in
from tests.factories.people import People
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import HOUR, NOON, Walk, by_mail
from touchbase.outreach.sweep import run_once
from touchbase.programs.policy import SendBy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals.lifecycle import State
from touchbase.supporters.models import Supporter

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
MEANT_TO_CHANGE = {"accounts_staffsession", "audit_act"}
_LINK = re.compile(r'(?:href|action|src|hx-get|formaction)="([^"]*)"|(http://testserver/\S+)')


def dump() -> dict[str, list[str]]:
    """Every row of every table of both stores, but those that are meant to change by looking."""
    found = {}
    for alias in connections:
        with connections[alias].cursor() as cursor:
            names = connections[alias].introspection.table_names(cursor)
            for table in set(names) - MEANT_TO_CHANGE:
                cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(table)}")  # noqa: S608
                found[f"{alias}.{table}"] = sorted(str(row) for row in cursor.fetchall())
    return found


def links_of(text: str, place: str) -> Iterator[str]:
    """Every address in a page or message that leads to us: links, and where forms would send."""
    for attribute, plain in _LINK.findall(text):
        target = urlsplit(urljoin(f"http://testserver{place}", unescape(attribute or plain.rstrip(".,"))))
        if target.scheme in {"http", "https"} and target.netloc == "testserver":
            yield f"{target.path}?{target.query}" if target.query else target.path


def crawl(browser: Client, starts: list[str]) -> dict[str, int]:
    """Open everything that can be reached from some addresses with GET and HEAD, as a scanner does."""
    waiting, seen = list(starts), dict[str, int]()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        cache.clear()  # a scanner isn't slowed down by how often it asks
        browser.head(place)
        answer = browser.get(place)
        seen[place] = answer.status_code
        if "Location" in answer.headers:
            waiting += links_of(f'href="{answer.headers["Location"]}"', place)
        elif "html" in answer.headers.get("Content-Type", ""):
            waiting += links_of(answer.content.decode(), place)
    return seen


@pytest.fixture
def here() -> CurrentProgram:
    """A program that mails its notes itself, so that a private link is in a mailbox."""
    return make_program(policy_text(confidence='send_by = "system"'))


@pytest.fixture
def every_state(here, people, settings) -> Iterator[list[str]]:
    """A referral in every state, and every message about them sent; the clock stands still then."""
    settings.SITE_ADDRESS, settings.SMTP_ADDRESS = "http://testserver", "smtp://mail.example.org:25"
    Supporter.objects.update(limit=3)
    walk = Walk(here, people)
    found = [walk.to(state) for state in (State.RECEIVED, State.RESTING, State.TALKING)]
    found.append(walk.to(State.MATCHED, NOON + 6 * HOUR))
    found.append(walk.to(State.CLOSING, NOON + 3 * HOUR))  # closed in this very moment
    found.append(walk.invited(of=by_mail(), how=SendBy.SYSTEM))
    run_once(NOON + 8 * HOUR)
    with time_machine.travel(NOON + 8 * HOUR, tick=False):
        yield found


def browsers_of(people: People) -> Iterator[tuple[str, Client]]:
    """A scanner at a mail server, and the browsers of everybody who works here, with a scanner in them."""
    for part, person in people.everyone():
        yield part, sign_in(Client(), person.account) if person else Client()


def test_a_scanner_opens_everything_and_nothing_changes(every_state, people):
    # Given messages to everybody, with a private link among them, and a row of everything.
    starts = {link for message in mailbox() for link in links_of(str(message.body), "/")}
    assert starts >= {"/harbor/desk/board/", "/harbor/mine/"}
    private = {link for link in starts if link.startswith("/t/")}
    assert len(private) == 1
    before = dump()

    # When a scanner opens all of it with GET and HEAD, also in the browsers of who is signed in.
    seen = {part: crawl(browser, ["/", *starts]) for part, browser in browsers_of(people)}

    # Then it came everywhere, nothing broke, and no row is another.
    assert {code for found in seen.values() for code in found.values()} == {200, 302, 404, 405}
    assert seen["stranger"].items() >= {"/t/": 200, "/t/erase/": 200, "/t/answer/": 405}.items()
    boards = {f"/harbor/desk/board/{handle}/" for handle in every_state}
    assert {place for place, code in seen["coordinator"].items() if code == 200} >= boards
    asks = {place for place, code in seen["supporter"].items() if code == 200 and "/asks/" in place}
    assert len(asks) >= 3
    assert dump() == before
