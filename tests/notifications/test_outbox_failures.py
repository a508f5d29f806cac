"""What goes wrong with a message: tried five times, never stuck, never told with its text (ruling F23)."""

from datetime import timedelta

import pytest

from tests.canary import FINCH
from tests.notifications.mail_stub import mail_server
from tests.notifications.posting import MINUTE, NOON, deliver, letter
from touchbase.kernel.errors import Unavailable
from touchbase.notifications import queries
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import LOCK, Delivered, Due

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def refusing(settings):
    """A mail server that takes no letter to a recipient."""
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.smtp.MailServer"
    with mail_server(RCPT=f"550 <{FINCH.email}> is unknown") as stub:
        settings.SMTP_ADDRESS = stub.address
        yield stub


def test_a_refused_message_is_tried_after_1_5_15_and_60_minutes_and_then_given_up(refusing, to_person):
    handle = to_person()
    moment = NOON

    for tries, wait in enumerate((1, 5, 15, 60), start=1):
        assert deliver(moment) == Delivered(retried=1)
        ((failed, until),) = Outgoing.objects.values_list("tries", "lock_until")
        assert until is not None
        assert failed == tries
        assert abs(until - moment - wait * MINUTE) < MINUTE / 10
        assert deliver(until - MINUTE / 2) == Delivered()
        moment = until

    last = deliver(moment)
    assert [(due.handle, due.tries) for due in last.given_up] == [(handle, 4)]
    assert (last.sent, last.retried) == (0, 0)
    assert not Outgoing.objects.exists()


def test_a_failure_is_logged_by_its_kind_alone(refusing, to_person, caplog):
    to_person()

    deliver()

    assert [record.getMessage() for record in caplog.records] == [
        "mail_not_sent mail-refused SMTPRecipientsRefused"
    ]
    assert not any(record.exc_info for record in caplog.records)


def test_giving_up_and_telling_happen_together_or_not_at_all(settings, to_person):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"
    handle = to_person()

    def fails(due):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        deliver(gave_up=fails)
    assert queries.is_pending(handle)

    told: list[Due] = []
    deliver(NOON + LOCK + MINUTE, gave_up=told.append)
    assert [due.handle for due in told] == [handle]
    assert not queries.is_pending(handle)


def test_without_a_mail_server_a_message_is_given_up_at_once(settings, to_person):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"
    handle = to_person()

    assert [due.handle for due in deliver().given_up] == [handle]
    assert not Outgoing.objects.exists()


def test_a_server_that_is_away_is_asked_once_a_round_and_nobody_is_looked_up_for_the_rest(
    settings, to_person
):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.smtp.MailServer"
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    for _ in range(3):
        to_person()
    composed = []

    def compose(due):
        composed.append(due)
        return letter(due)

    assert deliver(compose=compose) == Delivered(retried=3, unreachable=True)
    assert len(composed) == 1
    assert {row.tries for row in Outgoing.objects.all()} == {1}


def test_a_store_that_is_away_uses_up_no_try(to_person):
    to_person()

    def away(due):
        raise Unavailable("The vault can't be reached.")

    for n in range(7):
        assert deliver(NOON + 2 * n * MINUTE, compose=away) == Delivered(retried=1)

    assert Outgoing.objects.get().tries == 0
    assert deliver(NOON + 20 * MINUTE) == Delivered(sent=1)


def test_a_message_that_cannot_be_written_does_not_stop_the_others(to_person, caplog):
    broken, whole = to_person(at=NOON - timedelta(hours=1)), to_person()

    def compose(due):
        if due.handle == broken:
            raise ValueError(f"cannot write to {FINCH.name} at {FINCH.email}")
        return letter(due)

    assert deliver(compose=compose) == Delivered(sent=1, retried=1)
    assert queries.is_pending(broken)
    assert not queries.is_pending(whole)
    assert [record.getMessage() for record in caplog.records] == ["mail_not_written ValueError"]


@pytest.mark.parametrize("tries", [0, 4])
def test_a_sender_that_lost_its_lock_changes_nothing_any_more(to_person, tries):
    handle = to_person()
    Outgoing.objects.update(tries=tries)
    later = NOON + LOCK + MINUTE

    def slow(due):
        # While this one takes too long, another sender takes over, and it is its turn to try again.
        Outgoing.objects.filter(pk=due.id).update(lock_until=later, tries=2)
        raise ValueError

    assert deliver(compose=slow) == Delivered()
    row = Outgoing.objects.get(handle=handle)
    assert (row.tries, row.lock_until) == (2, later)
