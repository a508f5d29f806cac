"""A recipient's browser that holds the link."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.browsers import new_browser
from tests.factories.paths import Path


@pytest.fixture
def holder() -> Callable[[Path], Client]:
    """A browser in which the private link was opened."""

    def opened(path: Path) -> Client:
        browser = new_browser()
        browser.get(f"/t/{path.token}/")
        return browser

    return opened


@pytest.fixture
def mail_works(settings) -> None:
    """Touchbase can send mail itself."""
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
