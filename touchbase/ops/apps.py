"""Commands and start-up checks."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """What operators do, by command."""

    name = "touchbase.ops"

    def ready(self) -> None:
        """Register the checks that hold before anything starts."""
        from touchbase.ops import checks  # noqa: F401  importing registers them
