"""Browsers for tests: they say where a request comes from, and some are signed in.

Fixtures: `visitor` (nobody's), `visitor_of(account)` (somebody's, just signed in); `browser` is Playwright's.
Django's own `client` says neither where it comes from nor what it is, as no browser does; its writes with a
cookie are refused.
"""

from collections.abc import Callable
from threading import enumerate as threads

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.test import Client

from touchbase.accounts import sessions
from touchbase.accounts.mail import THREAD
from touchbase.accounts.models import Account
from touchbase.accounts.sessions import SessionStore

HERE = {"Sec-Fetch-Site": "same-origin"}


def new_browser() -> Client:
    """A browser that nobody has signed in to."""
    return Client(headers=HERE)


def sign_in(browser: Client, account: Account) -> Client:
    """Sign `account` in, now, as the sign-in page does at its end."""
    request = HttpRequest()
    request.session = SessionStore()
    sessions.sign_in(request, account)
    request.session.save()
    browser.cookies["touchbase"] = request.session.session_key or ""
    return browser


def session_of(browser: Client) -> SessionBase:
    """What the server keeps for a browser. Save it to change what is kept."""
    cookie = browser.cookies.get("touchbase")
    return SessionStore(cookie.value if cookie else None)


def mailbox() -> list[EmailMessage]:
    """What was sent, once everything on its way has arrived."""
    for thread in threads():
        if thread.name == THREAD:
            thread.join()
    return list(getattr(mail, "outbox", []))


@pytest.fixture(autouse=True)
def _nothing_was_asked_before() -> None:
    """Rates are counted in the process's memory, which one test hands to the next."""
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    """A browser that nobody has signed in to."""
    return new_browser()


@pytest.fixture
def visitor_of() -> Callable[[Account], Client]:
    """A new browser that somebody has just signed in to."""
    return lambda account: sign_in(new_browser(), account)
