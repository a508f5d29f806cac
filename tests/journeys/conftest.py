"""What every journey begins with: a browser, a moment, and the program's people at their screens."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from tests.factories.chromium import launched
from tests.journeys.screens import Screens
from touchbase.kernel import clock
from touchbase.outreach.sweep import Swept, run_once
from touchbase.vault import rotation

MONDAY = datetime(2026, 5, 11, 14, 0, tzinfo=UTC)  # ten in the morning at Harbor


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the journeys of a file; each person gets a context of their own in it."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright runs a loop in this thread, and Django would refuse to read rows beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether browsers run scripts. A journey that asks for this is walked twice."""
    return bool(request.param)


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """Ten on a Monday morning; from then on time goes by as it does."""
    with time_machine.travel(MONDAY) as traveler:
        yield traveler


@pytest.fixture
def screens(
    monday: time_machine.Traveller, chromium: Browser, live_server, settings, request: pytest.FixtureRequest
) -> Iterator[Screens]:
    """Screens for everybody in a journey."""
    settings.SITE_ADDRESS = live_server.url
    cache.clear()
    scripts = request.getfixturevalue("scripts") if "scripts" in request.fixturenames else True
    found = Screens(chromium, live_server.url, scripts=scripts)
    yield found
    found.close()
    connections.close_all()


@pytest.fixture
def later(monday: time_machine.Traveller) -> Callable[..., Swept]:
    """Let time pass, and the clock look: `later(days=4)`. Without arguments the clock looks now.

    A clock that jumps is doubted, and nothing ends until an operator says that it is right.
    """

    def pass_by(**span: float) -> Swept:
        if span:
            monday.shift(timedelta(**span))
            rotation.accept_clock(at=clock.now())
        return run_once(clock.now())

    return pass_by
