"""The sign-in code's message."""

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from tests.factories.browsers import mailbox
from touchbase.accounts import mail
from touchbase.kernel.errors import Unavailable


class Silent(BaseEmailBackend):
    """A mail server that can't be reached."""

    def open(self):
        raise ConnectionRefusedError("robin.vale@example.org refused")

    def send_messages(self, email_messages):
        raise ConnectionResetError("robin.vale@example.org reset")


def test_a_code_comes_alone_and_names_nobody():
    mail.send_code("robin.vale@example.org", "1234-5678")

    (message,) = mailbox()
    assert message.to == ["robin.vale@example.org"]
    assert message.subject == "Touchbase: your sign-in code"
    assert message.body == (
        "Your sign-in code is 1234-5678\n\n"
        "It works once, for 15 minutes, in the browser that asked for it.\n"
        "If you didn't ask for it, delete this message. Nobody can sign in with it alone.\n"
    )


def test_a_server_that_answers_says_nothing():
    mail.knock()

    assert mailbox() == []


def test_a_server_that_does_not_answer_is_said_plainly_and_logged_without_an_address(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Silent"

    with pytest.raises(Unavailable) as refused:
        mail.knock()

    assert str(refused.value) == (
        "We can't send mail just now. Sign in with a passkey, try again in a few minutes, "
        "or ask whoever runs Touchbase here for a link."
    )
    assert caplog.messages == ["mail_unreachable ConnectionRefusedError"]


def test_an_installation_without_a_mail_server_says_so(settings):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"

    with pytest.raises(Unavailable):
        mail.knock()


def test_a_code_that_is_not_taken_is_logged_without_an_address(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Silent"

    mail.send_code("robin.vale@example.org", "1234-5678")
    mailbox()

    assert caplog.messages == ["sign_in_code_not_sent ConnectionResetError"]
