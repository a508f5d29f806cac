"""Whether a copy of the key store would do: its epochs open, its keys unwrap, a canary sings."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.conf import settings

from touchbase.vault import generations, keys
from touchbase.vault.doors import door
from touchbase.vault.errors import Unavailable
from touchbase.vault.keys import Owner
from touchbase.vault.providers.file import FOLDER, FileProvider
from touchbase.vault.providers.protocol import KeyGone
from touchbase.vault.secret import Secret

EpochRow = tuple[int, str, bytes]  # number, name of the provider's key, wrapped key
KeyRow = tuple[str, str, int, bytes]  # handle, program, epoch, wrapped key


@dataclass(frozen=True, slots=True)
class Tried:
    """What a copy of the vault opens."""

    epochs: int  # whose keys the copy's provider gives
    broken: int  # epochs that should open and don't
    keys: int  # of referrals, that unwrap
    lost: int  # that don't
    sang: bool  # the canary opened

    @property
    def ok(self) -> bool:
        """Whether the copy would do."""
        return self.sang and not self.broken and not self.lost


@door
def try_copy(
    *, folder: Path, epochs: Sequence[EpochRow], rows: Sequence[KeyRow], canary: tuple[int, bytes]
) -> Tried:
    """Open what a copy in `folder` holds, with its own provider's files and the root key of here."""
    provider = FileProvider(folder / FOLDER, settings.ROOT_KEY_FILE)
    found: dict[int, Secret] = {}
    for n, ref, wrapped in epochs:
        with suppress(KeyGone, Unavailable, OSError):
            found[n] = provider.unwrap(ref, bytes(wrapped))
    opened = sum(_unwraps(found, row) for row in rows)
    return Tried(len(found), len(epochs) - len(found), opened, len(rows) - opened, _sings(found, canary))


def _unwraps(found: dict[int, Secret], row: KeyRow) -> bool:
    handle, program, epoch, wrapped = row
    with suppress(InvalidUnwrap, KeyError):
        return bool(keys.unwrap(found[epoch], epoch, Owner(program, handle), bytes(wrapped)))
    return False


def _sings(found: dict[int, Secret], canary: tuple[int, bytes]) -> bool:
    epoch, sealed = canary
    with suppress(InvalidTag, KeyError):
        return keys.open_canary(found[epoch], bytes(sealed)) == generations.CANARY
    return False
