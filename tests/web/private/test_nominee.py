"""The pages behind the link of somebody who was named."""

import pytest

from tests.factories.browsers import new_browser
from tests.factories.meanwhile import meanwhile
from tests.web.public.asking import title, words
from touchbase.accounts.models import Account
from touchbase.supporters import nominating
from touchbase.supporters.models import Nomination, Supporter
from touchbase.supporters.naming import Named

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOOR = Named("Noor Hale", "noor.hale@harbor.example.org")
AGREED = {"name": "Noor Hale", "profession": "nurse", "agree": "yes"}


@pytest.fixture
def link(here, people, noon) -> str:
    """Noor's link."""
    nominating.name(program_id=here.id, named=NOOR, at=noon)
    key = Nomination.objects.get().id
    nominating.invite(nomination=key, program_id=here.id, by=people.coordinator.account.id, at=noon)
    return f"/n/{nominating.new_link(nomination=key)}/"


def test_opening_it_changes_nothing_and_takes_the_link_out_of_the_address(visitor, link):
    before = list(Nomination.objects.values())
    answer = visitor.get(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/n/")
    cookie = visitor.cookies["nominee"]
    assert (cookie["max-age"], cookie["path"], bool(cookie["httponly"])) == (1200, "/n/", True)
    for page in ("/n/", "/n/more/"):
        opened = visitor.get(page)
        assert (opened.status_code, title(opened)) == (200, "A note for you")
        assert (opened.headers["Cache-Control"], opened.headers["Referrer-Policy"]) == (
            "no-store",
            "no-referrer",
        )
        assert link.encode() not in opened.content
    assert list(Nomination.objects.values()) == before


def test_yes_and_no_are_side_by_side_and_nobody_is_named(visitor, link):
    visitor.get(link)
    said = words(visitor.get("/n/"))
    assert [each in said for each in ("Tell me more", "Not for me", "Nobody asks why.")] == [True] * 3
    assert [name for name in ("Dana", "Robin") if name in said] == []


def test_not_for_me_erases_the_name_and_ends_the_link(visitor, link):
    visitor.get(link)
    answer = visitor.post("/n/not-for-me/")
    assert (Nomination.objects.count(), "completely fine" in words(answer)) == (0, True)
    assert visitor.cookies["nominee"].value == ""
    assert (visitor.get(link).status_code, visitor.get("/n/").status_code) == (404, 404)


def test_agreeing_makes_an_account_and_leads_to_the_sign_in(visitor, link):
    visitor.get(link)
    answer = visitor.post("/n/more/", AGREED)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/sign-in/?next=%2Fharbor%2Fmine%2Ftraining%2F&said=joined"
    assert Supporter.objects.get(membership__account__email=NOOR.contact).trained_month is None
    assert visitor.get(link).status_code == 404


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ({"agree": ""}, "Tick this if you agree."),
        ({"profession": ""}, "Pick one from the list."),
        ({"name": " "}, "Enter the name your colleagues know, in 80 characters or fewer."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(visitor, link, field, sentence):
    visitor.get(link)
    answer = visitor.post("/n/more/", AGREED | field)
    assert (answer.status_code, words(answer).count(sentence)) == (422, 2)
    assert (Account.objects.filter(email=NOOR.contact).count(), Nomination.objects.count()) == (0, 1)


def test_who_says_no_in_another_window_while_they_agree_is_not_made_a_supporter(visitor, link):
    visitor.get(link)
    other = new_browser()
    other.get(link)
    with meanwhile(lambda: other.post("/n/not-for-me/"), after='FROM "supporters_nomination"'):
        answer = visitor.post("/n/more/", AGREED)
    assert (answer.status_code, "This link has ended." in words(answer)) == (404, True)
    assert (Account.objects.filter(email=NOOR.contact).count(), Nomination.objects.count()) == (0, 0)


@pytest.mark.parametrize("place", ["/n/", "/n/more/", "/n/nothing-like-a-link/"])
def test_without_a_link_that_holds_there_is_nothing(visitor, link, place):
    answer = visitor.get(place)
    assert (answer.status_code, "This link has ended." in words(answer)) == (404, True)
    assert visitor.post("/n/not-for-me/").status_code == 404
    assert Nomination.objects.count() == 1
