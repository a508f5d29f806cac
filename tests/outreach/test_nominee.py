"""The letter to somebody who was named, and the desk's."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from tests.factories.paths import NOON
from touchbase.notifications.models import Outgoing
from touchbase.outreach import naming
from touchbase.outreach.sweep import run_once
from touchbase.supporters import nominating, nominations
from touchbase.supporters.models import Nomination
from touchbase.supporters.naming import Named

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

NOOR = Named("Noor Hale", "noor.hale@harbor.example.org")


@pytest.fixture
def invited(here, people, settings) -> str:
    """Noor was named and invited; the nomination."""
    settings.SMTP_ADDRESS, settings.SITE_ADDRESS = "smtp://mail.example.org:25", "http://testserver"
    nominating.name(program_id=here.id, named=NOOR, at=NOON)
    key = Nomination.objects.get().id
    nominating.invite(nomination=key, program_id=here.id, by=people.coordinator.account.id, at=NOON)
    return key


def test_the_desk_hears_once_that_somebody_was_named_and_not_who(here, people):
    for _time in range(2):
        naming.name(program_id=here.id, named=NOOR, at=NOON)
    assert list(Outgoing.objects.values_list("template", flat=True)) == ["named"]
    run_once(NOON + timedelta(minutes=30))
    sent = mail.outbox[-1]
    assert (sent.to, "Noor" in str(sent.body)) == (["dana.quill@harbor.example.org"], False)


def test_the_nominee_reads_a_constant_subject_their_name_and_their_link(invited):
    run_once(NOON + timedelta(minutes=30))
    sent = next(one for one in mail.outbox if one.to == [NOOR.contact])
    body = str(sent.body)
    assert sent.subject == "Touchbase: something is waiting"
    assert "Hi Noor Hale," in body
    assert "It's 4 hours of training" in body
    found = re.search(r"http://testserver/n/(\S+)/", body)
    assert found is not None
    assert nominations.behind(found[1], NOON.date()).id == invited
    assert [name for name in ("Dana", "Quill", "Robin", "Vale") if name in body] == []


def test_who_was_set_aside_meanwhile_is_written_nothing(here, invited):
    waiting = dict(Outgoing.objects.filter(template="nomination").values().get())
    nominating.set_aside(nomination=invited, program_id=here.id, by="x", at=NOON)
    Outgoing.objects.create(**waiting)  # as if the sender had read the row a moment before
    run_once(NOON + timedelta(minutes=30))
    assert [one for one in mail.outbox if one.to == [NOOR.contact]] == []


def test_a_mail_that_is_given_up_shows_at_the_desk_and_the_link_still_leads_somewhere(
    here, invited, settings
):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"
    run_once(NOON + timedelta(minutes=30))
    assert [one.state.value for one in nominations.waiting(here.id, NOON.date())] == ["undelivered"]
    assert nominations.behind(nominating.new_link(nomination=invited), NOON.date()).id == invited


def test_the_sweep_forgets_who_never_answered(invited):
    run_once(NOON + timedelta(days=40))
    assert Nomination.objects.count() == 1
    run_once(NOON + timedelta(days=92))
    assert Nomination.objects.count() == 0
