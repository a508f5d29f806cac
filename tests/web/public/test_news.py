"""Asking for news on the open page: one address, one answer for all, nothing else kept."""

import pytest
from django.db import DatabaseError

from tests.awareness.conftest import MAILED
from tests.factories.programs import make_program
from tests.web.public.asking import title, words
from touchbase.awareness import subscribing
from touchbase.awareness.models import Subscriber
from touchbase.kernel import clock
from touchbase.notifications.models import Outgoing
from touchbase.programs.models import Program
from touchbase.web.public import cap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NEWS = "/harbor/news/"
NOOR = {"address": "noor.hale@harbor.example.org"}


@pytest.fixture
def mailed(settings):
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    return make_program(MAILED)


def test_one_address_is_all_that_is_asked(mailed, visitor):
    form = visitor.get(NEWS).content.decode()
    assert (form.count("<input"), form.count("<textarea"), 'name="address"' in form) == (1, 0, True)
    answer = visitor.post(NEWS, NOOR)
    assert (answer.status_code, words(answer).count("Look into your mail.")) == (200, 1)
    assert list(Subscriber.objects.values_list("address", "mails")) == [(NOOR["address"], 1)]
    assert (answer.headers["Cache-Control"], len(visitor.cookies)) == ("no-store", 0)


def test_looking_at_the_form_keeps_nothing(mailed, visitor):
    visitor.get(NEWS)
    assert (Subscriber.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_the_answer_is_the_same_whether_an_address_is_on_the_list_or_not(mailed, visitor):
    fresh = visitor.post(NEWS, NOOR).content
    waiting = visitor.post(NEWS, NOOR).content
    subscribing.confirm(key=Subscriber.objects.get().id, at=clock.now())
    assert fresh == waiting == visitor.post(NEWS, NOOR).content


def test_what_can_not_be_used_comes_back_as_it_was_typed(mailed, visitor):
    answer = visitor.post(NEWS, {"address": "noor at harbor"})
    assert (answer.status_code, title(answer)) == (422, "Needs another look: News by email")
    assert b'value="noor at harbor"' in answer.content
    assert words(answer).count("Enter an email address, like robin.vale@example.org.") == 2
    assert not Subscriber.objects.exists()


def test_an_hour_takes_thirty(mailed, visitor, noon):
    for _time in range(cap.ASKS_AN_HOUR):
        cap.count(mailed.id, noon, of=cap.NEWS)
    answer = visitor.post(NEWS, NOOR)
    assert (answer.status_code, Subscriber.objects.count()) == (429, 0)
    assert not cap.is_full(mailed.id, noon)  # people who ask for a peer aren't kept out by it


def test_a_store_that_is_away_keeps_nothing_and_says_so(mailed, visitor, monkeypatch):
    def away(**_given):
        raise DatabaseError

    monkeypatch.setattr(subscribing, "ask", away)
    answer = visitor.post(NEWS, NOOR)
    assert (answer.status_code, "Nothing was stored" in words(answer)) == (503, True)
    assert b'value="noor.hale@harbor.example.org"' in answer.content


@pytest.mark.parametrize("why", ["no list", "no mail server", "paused"])
def test_where_there_is_no_list_the_page_says_whom_to_call(settings, visitor, why):
    settings.SMTP_ADDRESS = "" if why == "no mail server" else "smtp://mail.example.org:25"
    make_program(None if why == "no list" else MAILED)
    if why == "paused":
        Program.objects.update(state="paused")
    read, sent = visitor.get(NEWS), visitor.post(NEWS, NOOR)
    assert (read.status_code, sent.status_code) == (200, 409)
    assert "There is no email list here now." in words(read)
    assert not Subscriber.objects.exists()


def test_the_footer_leads_there_where_there_is_a_list(mailed, elsewhere, visitor):
    link = '/news/">News by email</a>'
    there = [link in visitor.get(f"/{slug}/promise/").content.decode() for slug in ("harbor", "inland")]
    assert there == [True, False]
