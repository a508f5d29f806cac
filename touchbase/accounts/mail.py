"""The one message this app sends: a sign-in code. It names no program, no person and no task (ruling A10)."""

import logging
from smtplib import SMTPException
from threading import Thread

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from touchbase.kernel.errors import Unavailable

logger = logging.getLogger("touchbase.accounts")

THREAD = "sign-in code"


def knock() -> None:
    """Raise `Unavailable` when no mail can be sent. Asked for every address, known or not."""
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except (OSError, SMTPException) as error:
        logger.warning("mail_unreachable %s", type(error).__name__)
        raise Unavailable(
            _(
                "We can't send mail just now. Sign in with a passkey, try again in a few minutes, "
                "or ask whoever runs Touchbase here for a link."
            )
        ) from None


def send_code(address: str, code: str) -> None:
    """Send a sign-in code beside the request: how long it takes must not tell that the address is known."""
    Thread(target=_send, args=(_message(address, code),), name=THREAD).start()


def _message(address: str, code: str) -> EmailMessage:
    body = _(
        "Your sign-in code is %(code)s\n\n"
        "It works once, for 15 minutes, in the browser that asked for it.\n"
        "If you didn't ask for it, delete this message. Nobody can sign in with it alone.\n"
    )
    return EmailMessage(subject=_("Touchbase: your sign-in code"), body=body % {"code": code}, to=[address])


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        logger.warning("sign_in_code_not_sent %s", type(error).__name__)
