"""The app of messages. Its checks run before anything starts."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What leaves the building."""

    name = "touchbase.notifications"

    def ready(self) -> None:
        """Register the checks."""
        from touchbase.notifications import checks  # noqa: F401
