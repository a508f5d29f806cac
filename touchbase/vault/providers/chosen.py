"""The provider this installation uses."""

from django.conf import settings

from touchbase.vault.providers.file import FileProvider
from touchbase.vault.providers.interface import KeyProvider

FOLDER = "provider"


def provider() -> KeyProvider:
    """The file provider in the vault's folder: the only one of this release."""
    return file_provider()


def file_provider() -> FileProvider:
    """The file provider, with its verb for a new installation."""
    return FileProvider(settings.VAULT_DIR / FOLDER, settings.ROOT_KEY_FILE)
