"""The picture in the README is the page itself: made here when it is missing or asked for."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import sync_playwright

from tests.factories.chromium import launched

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
PICTURE = Path(__file__).parents[2] / "docs/images/program-page.png"
PNG = b"\x89PNG\r\n\x1a\n"


def test_the_readme_shows_the_program_page_as_it_is(
    here, live_server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cache.clear()
    taken = tmp_path / "page.png"
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{live_server.url}/harbor/")
        page.screenshot(path=taken)
        browser.close()
        connections.close_all()
    if os.environ.get("UPDATE_PICTURES") or not PICTURE.exists():
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_bytes(taken.read_bytes())
    found = [file.read_bytes()[:24] for file in (taken, PICTURE)]
    assert found[0] == found[1]
    assert found[0].startswith(PNG)
