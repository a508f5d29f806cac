"""The mails to the email list: what they say, and the way off the list in each."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from tests.awareness.conftest import MAILED
from tests.factories.paths import NOON
from tests.factories.programs import make_program
from touchbase.awareness import subscribing
from touchbase.awareness.models import Subscriber
from touchbase.notifications.models import Outgoing
from touchbase.outreach.sweep import run_once

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

NOOR = "noor.hale@harbor.example.org"
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def asked(settings) -> str:
    """Noor asked for the news; the subscriber."""
    settings.SMTP_ADDRESS, settings.SITE_ADDRESS = "smtp://mail.example.org:25", "http://testserver"
    here = make_program(MAILED)
    subscribing.ask(program_id=here.id, address=NOOR, at=NOON)
    return Subscriber.objects.get().id


def sent():
    return [one for one in mail.outbox if one.to == [NOOR]]


def press_and_send(key: str) -> None:
    subscribing.confirm(key=key, at=NOON)
    program = Subscriber.objects.get().program_id
    subscribing.send(program_id=program, text="Grand rounds on May 20.", by="robin", at=NOON)


def test_the_question_says_which_program_and_what_happens_without_a_press(asked):
    run_once(NOON)
    (letter,) = sent()
    body = str(letter.body)
    assert letter.subject == "Program news"
    assert f"http://testserver/n/news/{asked}/" in body
    assert "asked for the news of Harbor Peer Support at this address" in body
    assert f"in {('no', 'one', 'two', 'three')[subscribing.KEPT_DAYS]} days" in body


def test_news_holds_what_was_written_and_how_to_leave(asked):
    run_once(NOON)
    press_and_send(asked)
    run_once(NOON + subscribing.SPREAD + HALF_HOUR)
    letter = sent()[-1]
    body = str(letter.body)
    assert "Grand rounds on May 20." in body
    assert "http://testserver/harbor/" in body
    assert letter.extra_headers["List-Unsubscribe"] == f"<http://testserver/n/news/{asked}/leave/>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.findall(r"http://testserver/n/news/(\w+)/", body) == [asked]


def test_a_mail_to_anybody_else_offers_no_list_to_leave(here, people):
    from touchbase.outreach import naming
    from touchbase.supporters.naming import Named

    naming.name(program_id=here.id, named=Named("Noor", NOOR), at=NOON)
    run_once(NOON + HALF_HOUR)
    assert [one for one in mail.outbox if "List-Unsubscribe" in one.extra_headers] == []
    assert mail.outbox


def test_a_question_that_is_answered_is_not_sent_any_more(asked):
    subscribing.confirm(key=asked, at=NOON)
    run_once(NOON)
    assert (sent(), Outgoing.objects.count()) == ([], 0)


def test_news_isn_t_sent_to_who_left_in_the_same_moment(asked):
    run_once(NOON)
    press_and_send(asked)
    waiting = dict(Outgoing.objects.values().get())
    subscribing.leave(key=asked)
    Outgoing.objects.create(**waiting)  # as if the sender had read the row a moment before
    run_once(NOON + subscribing.SPREAD + HALF_HOUR)
    assert ([one.subject for one in sent()], Outgoing.objects.count()) == (["Program news"], 0)


def test_a_mail_that_never_arrives_is_given_up_and_leaves_the_list_as_it_is(asked, settings):
    run_once(NOON)
    press_and_send(asked)
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"
    run_once(NOON + subscribing.SPREAD + HALF_HOUR)
    assert (Outgoing.objects.count(), Subscriber.objects.get().dies_on) == (0, None)


def test_the_sweep_forgets_what_nobody_confirmed(asked):
    run_once(NOON + timedelta(days=subscribing.KEPT_DAYS + 1))
    assert not Subscriber.objects.exists()
