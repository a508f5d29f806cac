"""Provider keys as small files, sealed by the installation's root key (tier 0).

The promise then rests on these files and on every copy of them being deleted: see vault.md section 2.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from touchbase.vault.errors import Unavailable
from touchbase.vault.providers.protocol import KeyGone, KeyState
from touchbase.vault.secret import LENGTH, Secret, derive, label, random_key

FOLDER = "provider"
# Backup programs that know the convention leave a folder alone that holds this (bford.info/cachedir).
CACHE_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# The vault: never in a backup of this machine.\n"
_NAME = re.compile(r"epoch-[0-9]+")
_FORMAT = b"\x01"  # sealed by AES-256-GCM
_NONCE, _TAG = 12, 16


@dataclass(frozen=True, slots=True)
class FileProvider:
    """One file for each epoch in `folder`, sealed by the key in `root_file`."""

    folder: Path
    root_file: Path
    tier: ClassVar[int] = 0

    def create(self, n: int) -> str:
        """Make the file of epoch `n`. One left by a process that was killed is taken as it is."""
        ref = f"epoch-{n}"
        with _alone_in(self.folder):
            if not self._file(ref).exists():
                write_durably(self._file(ref), self._sealed(ref, random_key()))
        return ref

    def wrap(self, ref: str, epoch_key: Secret) -> bytes:
        """An epoch's key under the file's. Raises `KeyGone`, `Unavailable`."""
        return aes_key_wrap(self._wrapping_key(ref), epoch_key)

    def unwrap(self, ref: str, wrapped: bytes) -> Secret:
        """The epoch's key again. Raises `KeyGone`, `Unavailable`."""
        key = self._wrapping_key(ref)
        with suppress(InvalidUnwrap):
            return Secret(aes_key_unwrap(key, wrapped))
        raise Unavailable

    def destroy(self, ref: str) -> None:
        """Overwrite the file, delete it, and see both on the disk."""
        with _alone_in(self.folder):
            file = self._file(ref)
            if file.exists():
                with file.open("r+b") as old:
                    old.write(os.urandom(file.stat().st_size))
                    old.flush()
                    os.fsync(old.fileno())
                file.unlink()
            _sync(self.folder)

    def state(self, ref: str) -> KeyState:
        """Whether the file is there and the root key opens it."""
        try:
            self._wrapping_key(ref)
        except KeyGone:
            return KeyState.GONE
        except (Unavailable, OSError):
            return KeyState.UNREADABLE
        return KeyState.PRESENT

    def _file(self, ref: str) -> Path:
        # The name comes from a row. Somebody who can write rows must not choose a file with it.
        if not _NAME.fullmatch(ref):
            raise KeyGone
        return self.folder / f"{ref}.key"

    def _sealed(self, ref: str, key: Secret) -> bytes:
        nonce = os.urandom(_NONCE)
        cipher = _cipher(root_key(self.root_file))
        return _FORMAT + nonce + cipher.encrypt(nonce, key, label("provider/v1", ref))

    def _wrapping_key(self, ref: str) -> Secret:
        file = self._file(ref)
        if not file.exists():
            # A folder that isn't mounted must not look like keys that were destroyed.
            raise KeyGone if self.folder.is_dir() else Unavailable
        key = opened(root_key(self.root_file), ref, file.read_bytes())
        if key is None:
            raise Unavailable
        return key


def may_be(raw: bytes) -> bool:
    """Whether bytes from anywhere look like one of these files, whatever their name."""
    return len(raw) == len(_FORMAT) + _NONCE + LENGTH + _TAG and raw[:1] == _FORMAT


def opened(root: Secret, ref: str, raw: bytes) -> Secret | None:
    """What the file of `ref` wraps epoch keys with. None when it isn't that file, or not under this root."""
    nonce, sealed = raw[1 : 1 + _NONCE], raw[1 + _NONCE :]
    if raw[:1] == _FORMAT and len(nonce) == _NONCE:
        with suppress(InvalidTag):
            key = Secret(_cipher(root).decrypt(nonce, sealed, label("provider/v1", ref)))
            return derive(key, label("epoch/v1", ref))
    return None


def _cipher(root: Secret) -> AESGCM:
    return AESGCM(derive(root, b"provider/v1"))


def prepare(*, vault: Path, root_file: Path) -> None:
    """Make folders and root key for a first installation; what is there stays as it is.

    Raises `Unavailable` when keys are there but the root key that sealed them isn't: a new one would lose
    them.
    """
    folder = vault / FOLDER
    for part in (vault, folder, root_file.parent):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)
    (vault / "CACHEDIR.TAG").write_text(CACHE_TAG)
    if root_file.exists():
        return
    if any(folder.glob("*.key")):
        raise Unavailable(f"The root key is missing, and keys depend on it. Bring back {root_file}.")
    with _alone_in(folder):
        if not root_file.exists():
            write_durably(root_file, random_key().hex().encode() + b"\n")


def root_key(file: Path) -> Secret:
    """The installation's own key, from its file. Raises `Unavailable` when it isn't there or isn't one."""
    key = Secret()
    with suppress(OSError, ValueError):
        key = Secret(bytes.fromhex(file.read_text()))
    if len(key) != LENGTH:
        raise Unavailable
    return key


def write_durably(file: Path, content: bytes) -> None:
    """Write a file for this user's eyes alone: whole, and on the disk when this returns, or not at all."""
    new = file.with_name(f".{file.name}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    new.rename(file)
    _sync(file.parent)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One process at a time changes the folder; the turn ends with the process, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """Make what was created in or deleted from a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
