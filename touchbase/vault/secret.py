"""Key bytes that don't show themselves, and how one key is made from another."""

import os
from collections.abc import Callable
from typing import NoReturn

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

LENGTH = 32  # bytes; every key is for AES-256 or HMAC-SHA-256


class Secret(bytes):
    """The bytes of a key. Printing, formatting or pickling one gives nothing away."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(...)"

    __str__ = __repr__

    def __format__(self, how: str) -> str:
        return "Secret(...)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a key is never written down")


def random_key() -> Secret:
    """A new key from the machine's random source."""
    return Secret(os.urandom(LENGTH))


def derive(key: Secret, label: bytes, length: int = LENGTH) -> Secret:
    """A key of `length` bytes for one use, named by `label`, from which `key` can't be told.

    Our keys are uniformly random already, so HKDF needs only its second half (RFC 5869 section 3.3).
    """
    return Secret(HKDFExpand(algorithm=SHA256(), length=length, info=label).derive(key))


def deriver(key: Secret) -> Callable[[bytes], Secret]:
    """What derives many keys from one as `derive` does: what depends on `key` alone is done once."""
    begun = HMAC(key, SHA256())

    def derived(label: bytes) -> Secret:
        made = begun.copy()
        made.update(label + b"\x01")  # the first block of RFC 5869 section 2.3 is all of it
        return Secret(made.finalize())

    return derived


def label(*parts: object) -> bytes:
    """Parts as one byte string, each with its length, so that no two lists of parts look alike."""
    return ",".join([f"{len(text)}:{text}" for text in map(str, parts)]).encode()
