"""What a key provider does: it holds one key an epoch and can truly destroy it.

The file provider is tier 0. Others (PKCS#11, a key service) fill the same five verbs.
"""

from typing import Protocol


class ProviderError(Exception):
    """The provider can't do what was asked. Carries no value."""


class KeyGone(ProviderError):
    """The provider's key isn't there: it was destroyed, or never made."""


class KeyProvider(Protocol):
    """One key an epoch, by a reference that says nothing."""

    def create(self, n: int) -> str:
        """Make the key of an epoch and return its reference. Again for the same epoch: the same key."""

    def wrap(self, ref: str, n: int, key: bytes) -> bytes:
        """Wrap an epoch's key."""

    def unwrap(self, ref: str, n: int, wrapped: bytes) -> bytes:
        """Unwrap an epoch's key. Raises `KeyGone` or `ProviderError`."""

    def destroy(self, ref: str) -> None:
        """Destroy a key for good. Nothing to destroy is fine."""

    def refs(self) -> set[str]:
        """The references of all keys there are."""
