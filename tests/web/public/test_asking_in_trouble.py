"""When a store fails, when too many ask, and when something comes that no page of ours sends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from tests.canary import FINCH
from tests.factories.browsers import HERE
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import TALK, ask, typed, values, words
from touchbase.referrals.models import Referral
from touchbase.vault.models import Key
from touchbase.web.public import cap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def _fresh_hour(here):
    """Every test is about Harbor, in an hour nobody has asked in."""
    cache.clear()
    yield
    cache.clear()


def lose(alias: str, table: str) -> None:
    """Make a store fail for real: its table has another name until the test is over."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_lost")


@pytest.mark.parametrize(("alias", "table"), [("vault", "vault_key"), ("default", "referrals_capsule")])
def test_a_store_that_fails_is_said_with_the_phone_and_nothing_is_half_kept(visitor, alias, table):
    lose(alias, table)
    answer = ask(visitor)
    assert answer.status_code == 503
    assert "We can't take your request just now. Nothing was stored; it is only on your screen." in words(
        answer
    )
    assert "Call 207-555-0160 (Program coordinator)" in words(answer)
    assert values(answer)["name"] == FINCH.name
    assert values(answer)["contact"] == FINCH.phone
    assert answer["Cache-Control"] == "no-store"


def test_after_a_failed_vault_no_row_is_left(visitor):
    lose("vault", "vault_key")
    ask(visitor)
    assert Referral.objects.count() == 0


def test_too_many_in_an_hour_are_asked_to_call(visitor, here, monkeypatch):
    monkeypatch.setattr(cap, "ASKS_AN_HOUR", 2)
    codes = [ask(visitor, once=None).status_code for _ in range(3)]
    last = ask(visitor, once=None)
    assert codes == [200, 200, 429]
    assert "Please call us. Nothing was stored" in words(last)
    assert values(last)["name"] == FINCH.name
    assert (Referral.objects.count(), Key.objects.count()) == (2, 2)


def test_the_cap_of_one_program_is_not_anothers(visitor, monkeypatch):
    monkeypatch.setattr(cap, "ASKS_AN_HOUR", 1)
    make_program(policy_text("island"))
    assert ask(visitor).status_code == 200
    assert visitor.post("/island/talk/", typed(once="B" * 32)).status_code == 200


def test_the_cap_is_counted_anew_each_hour():
    at = datetime(2026, 5, 14, 18, 0, tzinfo=UTC)
    for _ in range(cap.ASKS_AN_HOUR):
        cap.count("one", at)
    assert cap.is_full("one", at + timedelta(minutes=59))
    assert not cap.is_full("one", at + timedelta(minutes=60))
    assert not cap.is_full("two", at)


def test_what_could_not_be_read_does_not_count(visitor, monkeypatch):
    monkeypatch.setattr(cap, "ASKS_AN_HOUR", 1)
    assert ask(visitor, name="").status_code == 422
    assert ask(visitor).status_code == 200


@pytest.fixture
def calm():
    """A visitor that gets the page of a failure."""
    return Client(headers=HERE, raise_request_exception=False)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_a_method_that_means_nothing_here_is_answered_plainly(calm, method):
    assert getattr(calm, method)(TALK).status_code in {403, 405}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"name=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"x" * 1_000_000, "text/plain", 422),
        (b"&".join(b"n%d=1" % n for n in range(300)), "application/x-www-form-urlencoded", 413),
        (b"name=%ff%fe&contact=%00", "application/x-www-form-urlencoded", 422),
        (b"name=Robin&channel=text", "application/x-www-form-urlencoded; charset=utf-16", 400),
        (b"no parts at all", "multipart/form-data; boundary=x", 422),
        (b"no boundary", "multipart/form-data", 400),
        (b"{}", "application/json", 422),
        (b"", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_body_no_page_of_ours_sends_is_refused_in_words(calm, body, kind, status):
    answer = calm.generic("POST", TALK, body, content_type=kind)
    assert answer.status_code == status
    assert words(answer)
    assert Referral.objects.count() == 0


def test_a_file_where_a_text_belongs_is_no_text(calm):
    part = b'--x\r\nContent-Disposition: form-data; name="name"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'
    answer = calm.generic("POST", TALK, part, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert values(answer)["name"] == ""


@pytest.mark.parametrize(
    "address", ["/nowhere/talk/", "/harbor/talk/more/", "/HARBOR/talk/", "/harbor%00/talk/"]
)
def test_an_address_that_leads_nowhere_is_a_page(calm, address):
    assert calm.get(address).status_code == 404
    assert calm.post(address, typed()).status_code == 404
