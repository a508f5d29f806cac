"""What browsers may keep and tell."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.probes")]

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
PUBLIC = {"Cache-Control": None, "Referrer-Policy": "same-origin", "X-Robots-Tag": None}


def headers(answer):
    """The three that differ."""
    return {name: answer.headers.get(name) for name in PRIVATE}


@pytest.mark.parametrize(
    "address", ["/link/", "/door/", "/nothing/at/all/ever/", "/silent/", "/harbor/desk/7f/"]
)
def test_what_is_not_public_is_kept_nowhere_and_named_to_nobody(visitor, here, address):
    assert headers(visitor.get(address)) == PRIVATE


def test_so_are_pages_of_members(people, visitor_of):
    assert headers(visitor_of(people.coordinator.account).get("/harbor/desk/")) == PRIVATE


def test_a_public_page_is_named_to_ourselves_so_that_its_form_can_be_told_from_others(visitor, here):
    assert headers(visitor.get("/harbor/open/")) == PUBLIC


def test_an_account_page_is_private_even_to_the_stranger(visitor):
    answer = visitor.get("/account/sign-in/")

    # allauth says it too, in more words; every one of them forbids keeping.
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_nothing_of_ours_is_framed_or_uses_what_a_device_has(visitor):
    answer = visitor.get("/open/")

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=(), " in answer["Permissions-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


def test_the_demo_is_in_no_index(visitor, settings):
    settings.DEMO = True

    assert visitor.get("/open/")["X-Robots-Tag"] == "noindex, nofollow"


def test_https_stays_https(visitor, settings):
    assert "Strict-Transport-Security" not in visitor.get("/open/").headers

    settings.SITE_ADDRESS = "https://touchbase.example.org"
    assert visitor.get("/open/")["Strict-Transport-Security"] == "max-age=31536000"
