"""When a press of the recipient fails on our side, the page says whom to call, and nothing is half done."""

import pytest
from django.test import Client

from tests.factories.browsers import HERE
from tests.factories.full_stores import full_store
from tests.factories.paths import Path
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.mark.parametrize(
    ("address", "form"), [("answer/", {"answer": "not-now"}), ("check-in/", {"day": "2026-05-20"})]
)
def test_a_press_that_cannot_be_kept_names_the_phone(path: Path, address: str, form: dict[str, str]) -> None:
    browser = Client(headers=HERE, raise_request_exception=False)
    browser.get(f"/t/{path.talking().token}/")
    with full_store("default"):
        answer = browser.post(f"/t/{address}", form)
    assert answer.status_code == 503
    assert "207-555-0160" in answer.content.decode()
    assert path.held().state is State.TALKING
