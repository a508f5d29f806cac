"""Mail in the demo: files in the demo's own folder, for the demo's mailbox page. Never anywhere else (A8)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from touchbase.kernel.ids import new_id
from touchbase.notifications.channels.mail import private
from touchbase.notifications.errors import MailFailed


def folder() -> Path:
    """Where the demo's mail lies. `demo reset` wipes it."""
    return Path(settings.DATA_DIR) / "demo-outbox"


class DemoFolder(BaseEmailBackend):
    """Writes each mail to a file of a random name. Refuses to exist outside the demo."""

    def __init__(self, fail_silently: bool = False, **_options: Any) -> None:
        if not settings.DEMO:
            raise ImproperlyConfigured("Mail is written to files only in the demo.")
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write messages. Raises `MailFailed` when the disk doesn't take one."""
        try:
            for message in email_messages:
                _write(private(message).message().as_bytes())
        except (OSError, ValueError) as failure:
            reason = type(failure).__name__
        else:
            return len(email_messages)
        raise MailFailed(_("A message couldn't be written to the demo's mailbox."), reason=reason)


def _write(content: bytes) -> None:
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    whole = folder() / f"{new_id()}.eml"
    part = whole.with_suffix(".part")
    part.write_bytes(content)
    part.rename(whole)
