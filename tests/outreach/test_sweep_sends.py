"""The clock sends what waits; what can't be sent for more than an hour is given up, marked and told."""

import pytest

from tests.factories.walking import HOUR, MINUTE, NOON, Walk, by_mail
from touchbase.notifications.models import Outgoing
from touchbase.outreach import answers
from touchbase.outreach.sweep import run_once
from touchbase.programs.policy import SendBy
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def _nobody_answers(mails: Walk, settings):
    """Port 1 of this machine, where no mail server is."""
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.smtp.MailServer"


def test_a_note_that_cant_be_sent_is_given_up_marked_and_told(mails: Walk):
    """Five tries within an hour and a half, then the peer's own phone is the way (vault.md section 9)."""
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    Outgoing.objects.exclude(handle=handle).delete()
    at = NOON + 3 * HOUR
    for minutes in (0, 2, 8, 24, 85):
        assert mails.state(handle) is State.INVITED
        swept = run_once(at + minutes * MINUTE)
        assert swept.retried == (0 if minutes == 85 else 1)
    held = mails.held(handle)
    assert (held.state, held.course.touches, held.course.undelivered) == (State.ACCEPTED, (), True)
    assert mails.told() == [("coordinator", "late"), ("supporter", "waiting")]


def test_a_message_to_staff_that_is_given_up_moves_nothing(mails: Walk):
    handle = mails.received()
    for minutes in (0, 2, 8, 24, 85):
        run_once(NOON + minutes * MINUTE)
    assert not Outgoing.objects.exists()
    assert mails.held(handle).row_version == 0


def test_one_given_up_for_somebody_who_was_erased_is_forgotten(mails: Walk):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    row = Outgoing.objects.get(handle=handle)
    answers.withdraw(held=mails.held(handle), at=NOON + 3 * HOUR)
    Outgoing.objects.all().delete()
    row.save(force_insert=True)
    assert run_once(NOON + 3 * HOUR).sent == 0  # there is nothing to say any more
    assert not Outgoing.objects.exists()
