"""Tier 0: one small file an epoch, sealed by the installation root, in the vault's own folder.

The promise rests on these files really going (vault.md section 2): they are overwritten, synced and unlinked.
"""

import base64
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from touchbase.vault.providers.interface import KeyGone, ProviderError

_REF = re.compile(r"^epoch-\d+$")
_NONCE = 12
_CACHE_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Keys that must be able to go: never back this folder up.\n"


class FileProvider:
    """Keys of epochs as files. `root` is read at each use, so that it is in memory no longer than a call."""

    def __init__(self, folder: Path, root_file: Path) -> None:
        self._folder = folder
        self._root_file = root_file

    def prepare(self) -> None:
        """Make the folder and the root key of a new installation. What is there stays as it is."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._root_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._folder / "CACHEDIR.TAG").write_text(_CACHE_TAG)
        if not self._root_file.exists():
            _write(self._root_file, base64.b64encode(secrets.token_bytes(32)))

    def create(self, n: int) -> str:
        """Make the key file of an epoch, unless a process that was cut off made it before."""
        ref = f"epoch-{n}"
        path = self._path(ref)
        if not path.exists():
            nonce = secrets.token_bytes(_NONCE)
            sealed = self._root().encrypt(nonce, secrets.token_bytes(32), _bound(ref))
            _write(path, nonce + sealed)
        return ref

    def wrap(self, ref: str, n: int, key: bytes) -> bytes:
        """Wrap an epoch's key under the file's key."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._key(ref)).encrypt(nonce, key, _bound(f"{ref}|{n}"))

    def unwrap(self, ref: str, n: int, wrapped: bytes) -> bytes:
        """Unwrap an epoch's key."""
        try:
            return AESGCM(self._key(ref)).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bound(f"{ref}|{n}"))
        except InvalidTag:
            raise ProviderError("this key does not open") from None

    def destroy(self, ref: str) -> None:
        """Overwrite, sync, unlink, sync the folder."""
        path = self._path(ref)
        if path.exists():
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            _sync_folder(self._folder)

    def refs(self) -> set[str]:
        """The epochs that still have a key file."""
        return {path.stem for path in self._folder.glob("epoch-*.key")}

    def _path(self, ref: str) -> Path:
        if not _REF.match(ref):
            raise ProviderError("this is not a reference of the file provider")
        return self._folder / f"{ref}.key"

    def _key(self, ref: str) -> bytes:
        try:
            data = self._path(ref).read_bytes()
            return self._root().decrypt(data[:_NONCE], data[_NONCE:], _bound(ref))
        except FileNotFoundError:
            raise KeyGone("the key of this epoch is gone") from None
        except (OSError, InvalidTag):
            raise ProviderError("the key of this epoch can't be read") from None

    def _root(self) -> AESGCM:
        try:
            return AESGCM(base64.b64decode(self._root_file.read_bytes(), validate=True))
        except (OSError, ValueError):
            raise ProviderError("the installation root can't be read") from None


def _bound(ref: str) -> bytes:
    return f"provider/v1|{ref}".encode()


def _write(path: Path, data: bytes) -> None:
    """Write a small secret file at once and for good: complete after a crash, or not there."""
    passing = path.with_suffix(f".{secrets.token_hex(4)}")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    passing.rename(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
