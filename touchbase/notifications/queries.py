"""What pages and commands may ask about what leaves the building."""

from django.conf import settings

from touchbase.notifications.models import Outgoing


def can_send() -> bool:
    """Whether Touchbase sends mail itself. If not, pages offer the supporter's own phone and mail (A9)."""
    return bool(settings.DEMO or settings.SMTP_ADDRESS)


def is_pending(handle: str) -> bool:
    """Whether a message to this person still waits to be sent."""
    return Outgoing.objects.filter(handle=handle).exists()
