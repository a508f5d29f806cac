"""Somebody with a list of everybody's contacts, who tries it on whatever is left of the vault.

Knows how a tag is made and uses none of our code. Besides the keys of epochs, whatever lies about is tried as
a key: the ends of every value of every row there ever was, their digests, the key files, the root key.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.vault.attacker import VaultCopy, _derive, _epoch_keys, _label, _unwrapped

KEY = 32  # bytes


@dataclass(frozen=True)
class Row:
    """One row of one copy: whose, under which epoch, and what is kept of their contact."""

    program: str
    handle: str
    epoch: int
    wrapped: bytes
    tag: bytes
    source: bytes


@dataclass(frozen=True)
class Dictionary:
    """The contacts, by the digest that stands for each inside the vault."""

    prints: Mapping[bytes, str]

    @classmethod
    def of(cls, contacts: Iterable[str]) -> "Dictionary":
        """Of these contacts, as the vault would be given them."""
        return cls({hashlib.sha256(contact.encode()).digest(): contact for contact in contacts})

    def by_tags(self, rows: Iterable[Row], keys: Iterable[bytes]) -> set[str]:
        """Who is named by a tag, with every key tried on every program, as it is and as an epoch's key."""
        found, rows = set(), list(rows)
        for program in {row.program for row in rows}:
            tags = {row.tag for row in rows if row.program == program}
            made = {key for raw in keys for key in (raw, _derive(raw, _label("tag/v1", program)))}
            for key in made:
                found |= {name for print_, name in self.prints.items()
                          if hmac.digest(key, print_, "sha256") in tags}  # fmt: skip
        return found

    def by_sources(self, rows: Iterable[Row], keys: Iterable[bytes]) -> set[str]:
        """Who is named by a sealed fingerprint, with every key tried on every one."""
        every = list(keys)
        opened = {print_ for row in rows for key in every for print_ in _opened(row, key)}
        return {self.prints[print_] for print_ in opened & self.prints.keys()}

    def lying_about(self, data: bytes) -> set[str]:
        """Whose digest lies in these bytes as it is."""
        windows = {data[at : at + KEY] for at in range(len(data) - KEY + 1)}
        return {self.prints[print_] for print_ in windows & self.prints.keys()}


def epoch_keys(copies: Iterable[VaultCopy], files: Iterable[tuple[str, bytes]], root: bytes) -> set[bytes]:
    """Every epoch's key that the files open."""
    return {key for _, key in _epoch_keys(list(copies), list(files), root)}


def referral_keys(rows: Iterable[Row], keys: Iterable[bytes]) -> set[bytes]:
    """Every referral's key that these epochs' keys open."""
    tried = [
        (_derive(key, _label("wrap/v1", row.program, row.handle, row.epoch)), row.wrapped)
        for row in rows
        for key in keys
    ]
    return {found for key, wrapped in tried if (found := _unwrapped(key, wrapped))}


def scraps(values: Iterable[object]) -> Iterator[bytes]:
    """What of these values could be a key: their first and last bytes, and their digest."""
    for value in values:
        raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        yield hashlib.sha256(raw).digest()
        if len(raw) >= KEY:
            yield raw[:KEY]
            yield raw[-KEY:]


def _opened(row: Row, key: bytes) -> Iterator[bytes]:
    bound = _label(row.program, row.handle)
    for cipher in (AESGCM(key), AESGCM(_derive(key, b"dup/v1"))):
        try:
            yield cipher.decrypt(row.source[:12], row.source[12:], bound)
        except InvalidTag:
            continue
