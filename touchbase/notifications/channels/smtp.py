"""Mail by the organization's mail server (`TOUCHBASE_SMTP`)."""

import smtplib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from touchbase.notifications.channels.mail import domain, private
from touchbase.notifications.errors import MailFailed, ServerUnreachable

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_HOW = "write it as smtp://user:password@host:port, or smtps://"
# Everything that building or handing over a mail raises. Their texts hold addresses, and are dropped.
_FAILURES = (OSError, ValueError, MessageError)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the mail server is. `smtps` encrypts from the start, `starttls` after the greeting."""

    host: str
    port: int
    user: str = field(repr=False)
    password: str = field(repr=False)
    smtps: bool
    starttls: bool


def address(text: str) -> Address:
    """What `TOUCHBASE_SMTP` says. Raises `ValueError` that repeats none of it.

    `smtp://` must offer STARTTLS with a certificate that holds, except on this machine itself.
    """
    parts, port = _parts(text)
    if parts is None or parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(_HOW)
    smtps = parts.scheme == "smtps"
    return Address(
        host=parts.hostname,
        port=port or (465 if smtps else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        smtps=smtps,
        starttls=not smtps and parts.hostname not in _LOOPBACK,
    )


def _parts(text: str) -> tuple[SplitResult | None, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError:  # its text would repeat what was written, password included
        return None, None


class MailServer(EmailBackend):
    """Django's SMTP backend. Its failures know neither address nor text, and it doesn't name its machine."""

    def __init__(self, fail_silently: bool = False, **_options: Any) -> None:
        where = address(settings.SMTP_ADDRESS)
        super().__init__(
            host=where.host,
            port=where.port,
            username=where.user,
            password=where.password,
            use_tls=where.starttls,
            use_ssl=where.smtps,
            fail_silently=fail_silently,
        )

    @property
    def connection_class(self) -> Any:
        """How a connection is made: greeting as the sender's domain, not as this machine."""
        made = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP

        def connect(host: str, port: int, **options: Any) -> smtplib.SMTP:
            return made(host, port, **options | {"local_hostname": domain()})

        return connect

    def open(self) -> bool | None:
        """Connect, greet, encrypt and sign in. Raises `ServerUnreachable`."""
        try:
            return super().open()
        except _FAILURES as failure:
            reason = type(failure).__name__
        self.close()
        # Raised here, after the except, so that the failure isn't kept as its cause.
        raise ServerUnreachable(_("The mail server can't be reached. Nothing was sent."), reason=reason)

    def close(self) -> None:
        """Say goodbye. A server that is rude about it has accepted the mail all the same."""
        with suppress(OSError):
            super().close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand messages over. Raises `MailFailed` when one isn't accepted."""
        try:
            return super().send_messages([private(message) for message in email_messages]) or 0
        except MailFailed:
            raise
        except _FAILURES as failure:
            reason = type(failure).__name__
        raise MailFailed(_("The mail server didn't take a message."), reason=reason)
