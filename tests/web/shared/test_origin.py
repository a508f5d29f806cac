"""Changes from our own pages alone, without a cookie for it."""

import pytest
from django.test import Client

from tests.factories.browsers import HERE, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.probes")]

OWN = "http://testserver"
OTHER = "https://elsewhere.example.org"
SENTENCE = b"This came from another site, so we did nothing with it."


def written(client, **headers):
    """Whether a form sent like this is read."""
    answer = client.post("/reads/", {"name": "Robin"}, headers=headers)
    assert answer.status_code in {200, 403}
    assert (SENTENCE in answer.content) is (answer.status_code == 403)
    return answer.content == b"Robin"


@pytest.mark.parametrize(
    ("site", "ours"),
    [
        ("same-origin", True),
        ("none", True),
        ("same-site", False),
        ("cross-site", False),
        ("", False),
        ("x", False),
    ],
)
def test_a_browser_that_says_where_from_is_taken_at_its_word(site, ours):
    assert written(Client(), **{"Sec-Fetch-Site": site}) is ours


def test_where_from_counts_more_than_the_origin():
    assert not written(Client(), **{"Sec-Fetch-Site": "cross-site", "Origin": OWN})
    assert written(Client(), **{"Sec-Fetch-Site": "same-origin", "Origin": "null"})


@pytest.mark.parametrize(
    ("origin", "ours"),
    [(OWN, True), ("https://testserver", True), (OTHER, False), ("http://testserver:81", False), ("", False)],
)
def test_an_older_browser_names_the_origin(origin, ours):
    assert written(Client(), Origin=origin) is ours


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
def test_what_says_nothing_may_write_as_anybody_could(headers):
    client = Client()
    client.cookies["language"] = "es"

    assert written(client, **headers)


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}])
@pytest.mark.parametrize("cookie", ["touchbase", "note", "anything"])
def test_what_says_nothing_may_not_write_with_somebodys_cookie(headers, cookie):
    client = Client()
    client.cookies[cookie] = "a value"

    assert not written(client, **headers)


def test_somebody_signed_in_writes_from_our_pages_alone(people):
    client = sign_in(Client(), people.leader.account)

    assert not written(client)
    assert written(client, **HERE)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_way_of_writing_is_left_open(method):
    answer = getattr(Client(), method)("/reads/", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["get", "head", "options", "trace"])
def test_reading_from_another_site_is_fine(method):
    answer = getattr(Client(), method)("/reads/", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200


def test_no_page_sets_a_cookie_for_it(visitor, here):
    visitor.get("/harbor/open/")
    visitor.post("/reads/", {"name": "Robin"})
    visitor.get("/account/sign-in/")

    assert not visitor.cookies
