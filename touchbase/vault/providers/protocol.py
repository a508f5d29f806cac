"""What a key provider does: it holds one key for each epoch, and can lose it for good.

The file provider is the only one yet; a TPM, a key service or a hardware module would be another (vault.md
section 2).
"""

from enum import StrEnum
from typing import ClassVar, Protocol

from touchbase.vault.secret import Secret


class KeyState(StrEnum):
    """What has become of a provider's key."""

    PRESENT = "present"
    GONE = "gone"
    UNREADABLE = "unreadable"  # it is there, but can't be opened now


class KeyGone(Exception):
    """The provider has no such key, and what it wrapped will never open again."""


class KeyProvider(Protocol):
    """Keys that never leave the provider. Each call raises `Unavailable` when it can't be reached."""

    tier: ClassVar[int]  # what an attacker needs for the provider's keys (vault.md section 2)

    def create(self, n: int) -> str:
        """Make the key of epoch `n`, and return by what name it goes. One that is there already stays."""

    def wrap(self, ref: str, epoch_key: Secret) -> bytes:
        """An epoch's key under the provider's key `ref`. Raises `KeyGone`."""

    def unwrap(self, ref: str, wrapped: bytes) -> Secret:
        """The epoch's key again. Raises `KeyGone`."""

    def destroy(self, ref: str) -> None:
        """Lose the key `ref` for good. Doing it twice is the same as once."""

    def state(self, ref: str) -> KeyState:
        """What has become of the key `ref`. Never raises."""
