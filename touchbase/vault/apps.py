"""The vault as one of Django's apps: its checks come with it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault."""

    name = "touchbase.vault"

    def ready(self) -> None:
        """Register the checks."""
        from touchbase.vault import checks  # noqa: F401
