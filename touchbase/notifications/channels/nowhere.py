"""No mail server: nothing leaves, and pages offer the supporter's own phone and mail instead (A8, A9)."""

from collections.abc import Sequence
from typing import NoReturn

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from touchbase.notifications.errors import NoServer


class NoMailServer(BaseEmailBackend):
    """Takes no mail, and says so."""

    def open(self) -> NoReturn:
        """Raises `NoServer`."""
        raise NoServer(_("This installation has no mail server. Ask whoever runs it, or call the program."))

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:  # noqa: ARG002
        """Raises `NoServer`."""
        self.open()
