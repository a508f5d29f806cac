"""What must hold about mail before anything starts: a typo is told then, not by a message that stays."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from touchbase.notifications.channels import mail, smtp


@register(Tags.security)
def check_mail(**_: Any) -> list[CheckMessage]:
    """Refuse a mail server or a sender that can't be read. Repeats neither: one holds a password."""
    return [*_check_server(), *_check_sender()]


def _check_server() -> Iterator[CheckMessage]:
    try:
        if settings.SMTP_ADDRESS:
            smtp.address(settings.SMTP_ADDRESS)
    except ValueError as problem:
        yield Error("TOUCHBASE_SMTP can't be read.", hint=f"Please {problem}.", id="touchbase.E031")


def _check_sender() -> Iterator[CheckMessage]:
    name, at, domain = mail.sender().rpartition("@")
    if not (name and at and domain):
        yield Error(
            "TOUCHBASE_FROM has no address.",
            hint="Write it as: Peer support <peers@example.org>",
            id="touchbase.E032",
        )
