"""What is written down of the desk: who did what kind of thing, as daily sums."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.factories.paths import Path
from tests.factories.people import People
from touchbase.accounts.models import Account
from touchbase.audit.models import Act

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def acts(people: People, visitor_of: Callable[[Account], Client]) -> str:
    browser = visitor_of(people.coordinator.account)
    return unescape(browser.get("/harbor/desk/acts/").content.decode())


def test_acts_are_shown_as_sums_with_names(people, visitor_of, path: Path) -> None:
    path.matched()
    page = acts(people, visitor_of)
    assert "Dana Quill" in page
    assert "Asked a peer" in page


def test_no_acts_say_so(people, visitor_of, noon) -> None:
    Act.objects.all().delete()
    assert "Nothing yet." in acts(people, visitor_of)
