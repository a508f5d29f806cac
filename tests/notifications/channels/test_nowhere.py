"""Without a mail server nothing leaves, and pages know it."""

import pytest
from django.core.mail import get_connection

from tests.canary import FINCH
from touchbase.notifications.channels import mail
from touchbase.notifications.channels.mail import Letter
from touchbase.notifications.errors import NoServer
from touchbase.notifications.queries import can_send


@pytest.fixture(autouse=True)
def no_server(settings):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"


def test_no_mail_leaves_and_the_refusal_says_what_to_do():
    with pytest.raises(NoServer) as refused:
        mail.send(Letter(FINCH.email, "Touching base", FINCH.name))

    assert refused.value.message == (
        "This installation has no mail server. Ask whoever runs it, or call the program."
    )


def test_whoever_knocks_first_is_told_as_well():
    with pytest.raises(NoServer):
        get_connection().open()


def test_pages_offer_the_supporters_own_phone():
    assert not can_send()


def test_with_a_server_touchbase_sends(settings):
    settings.SMTP_ADDRESS = "smtps://mail.example.org"

    assert can_send()
