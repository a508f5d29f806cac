"""Somebody who has everything: every copy of every store, every key file, the root key, and all the time.

Knows the formats and uses none of our code: what it opens, anybody could.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap


@dataclass(frozen=True)
class VaultCopy:
    """The key store at a moment: rows of epochs and keys. Old rows stay good: they are tried as well."""

    epochs: tuple[tuple[int, str, bytes], ...]
    keys: tuple[tuple[str, str, int, bytes], ...]


@dataclass(frozen=True)
class Blob:
    """One capsule from some backup of the database."""

    program: str
    handle: str
    purpose: str
    version: int
    nonce: bytes
    blob: bytes


def of_files(folder: Path) -> VaultCopy:
    """Read a copied SQLite store, with its write-ahead log."""
    (file,) = folder.glob("*.sqlite3")
    store = sqlite3.connect(file)
    try:
        epochs = store.execute("SELECT n, provider_ref, wrapped_ek FROM vault_epoch").fetchall()
        keys = store.execute("SELECT handle, program, epoch_id, wrapped FROM vault_key").fetchall()
    finally:
        store.close()
    return of_rows(epochs, keys)


def of_rows(epochs: Iterable[tuple[Any, ...]], keys: Iterable[tuple[Any, ...]]) -> VaultCopy:
    """The same from the rows of a dump."""
    return VaultCopy(
        tuple((n, ref, bytes(wrapped)) for n, ref, wrapped in epochs if wrapped is not None),
        tuple((handle, program, n, bytes(wrapped)) for handle, program, n, wrapped in keys),
    )


def key_files(folder: Path) -> dict[str, bytes]:
    """The provider's files, by name; also those that begin with a dot."""
    return {name: (folder / name).read_bytes() for name in os.listdir(folder)}  # noqa: PTH208


def opens(
    blobs: Iterable[Blob], copies: Iterable[VaultCopy], files: Iterable[tuple[str, bytes]], root: bytes
) -> set[str]:
    """The handles of which anything opens, with every key tried on everything."""
    copies = list(copies)
    epoch_keys = set(_epoch_keys(copies, list(files), root))
    referral_keys: dict[str, set[bytes]] = {}
    for copy in copies:
        for handle, program, n, wrapped in copy.keys:
            for number, key in epoch_keys:
                found = _unwrapped(_derive(key, _label("wrap/v1", program, handle, n)), wrapped)
                if found and number == n:
                    referral_keys.setdefault(handle, set()).add(found)
    every = {key for found in referral_keys.values() for key in found}
    return {blob.handle for blob in blobs if any(_opened(key, blob) for key in every)}


def _epoch_keys(
    copies: Iterable[VaultCopy], files: list[tuple[str, bytes]], root: bytes
) -> Iterator[tuple[int, bytes]]:
    refs = {ref for copy in copies for _, ref, _ in copy.epochs}
    providers = [key for _, raw in files for ref in refs if (key := _provider_key(ref, raw, root))]
    for copy in copies:
        for n, _, wrapped in copy.epochs:
            yield from ((n, found) for key in providers if (found := _unwrapped(key, wrapped)))


def _provider_key(ref: str, raw: bytes, root: bytes) -> bytes | None:
    cipher = AESGCM(_derive(root, b"provider/v1"))
    try:
        inner = cipher.decrypt(raw[1:13], raw[13:], _label("provider/v1", ref))
    except (InvalidTag, ValueError):
        return None
    return _derive(inner, _label("epoch/v1", ref))


def _unwrapped(key: bytes, wrapped: bytes) -> bytes | None:
    try:
        return aes_key_unwrap(key, wrapped)
    except InvalidUnwrap:
        return None


def _opened(key: bytes, blob: Blob) -> bool:
    cipher = AESGCM(_derive(key, _label("capsule/v1", blob.purpose)))
    parts = ("touchbase/v1", blob.program, blob.handle, blob.purpose, 1, blob.version, 1)
    try:
        return bool(cipher.decrypt(blob.nonce, blob.blob, _label(*parts)))
    except InvalidTag:
        return False


def _derive(key: bytes, label: bytes) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=32, info=label).derive(key)


def _label(*parts: object) -> bytes:
    return ",".join(f"{len(str(part))}:{part}" for part in parts).encode()
