"""The pages behind a link in a mail of the email list: reading changes nothing, a press does."""

import pytest
from django.test import Client

from tests.awareness.conftest import MAILED
from tests.factories.programs import make_program
from tests.web.public.asking import words
from touchbase.awareness import subscribing
from touchbase.awareness.models import Subscriber
from touchbase.kernel import clock

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def key(settings) -> str:
    """Noor asked for the news, and got the mail."""
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    here = make_program(MAILED)
    subscribing.ask(program_id=here.id, address="noor.hale@harbor.example.org", at=clock.now())
    return Subscriber.objects.get().id


def state() -> list[bool]:
    """Whether each address is confirmed."""
    return [row.dies_on is None for row in Subscriber.objects.all()]


def test_reading_changes_nothing_and_sets_no_cookie(key, visitor):
    for page in ("", "leave/"):
        read = visitor.get(f"/n/news/{key}/{page}")
        assert (read.status_code, state(), len(visitor.cookies)) == (200, [False], 0)
        assert "Was it you who asked for the news?" in words(read)
        assert (read.headers["Cache-Control"], read.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert (visitor.get(f"/n/news/{key}/confirm/").status_code, state()) == (405, [False])


def test_one_press_confirms_and_one_leaves(key, visitor):
    said = words(visitor.post(f"/n/news/{key}/confirm/"))
    assert ("You are on the list." in said, state()) == (True, [True])
    assert "Leave the list?" in words(visitor.get(f"/n/news/{key}/"))
    left = visitor.post(f"/n/news/{key}/leave/")
    assert (left.status_code, state()) == (200, [])
    assert "/harbor/" in left.content.decode()


def test_no_page_shows_the_address(key, visitor):
    pages = [visitor.get(f"/n/news/{key}/"), visitor.post(f"/n/news/{key}/confirm/")]
    pages.append(visitor.post(f"/n/news/{key}/leave/"))
    assert [page for page in pages if b"noor" in page.content.lower()] == []


def test_a_mail_program_leaves_by_itself_without_a_page_or_a_cookie(key):
    """RFC 8058: a POST from elsewhere, with one field, no cookie and no word of where it comes from."""
    subscribing.confirm(key=key, at=clock.now())
    answer = Client().post(f"/n/news/{key}/leave/", {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, state()) == (200, [])


def test_leaving_twice_is_as_good_as_once_and_a_link_that_ended_says_so(key, visitor):
    visitor.post(f"/n/news/{key}/leave/")
    again = visitor.post(f"/n/news/{key}/leave/")
    assert (again.status_code, "Nothing of it is kept here" in words(again)) == (200, True)
    assert [visitor.get(f"/n/news/{key}/{page}").status_code for page in ("", "leave/")] == [404, 404]
    assert visitor.post(f"/n/news/{key}/confirm/").status_code == 404
