"""Sealed values, and what they are sealed for: AES-256-GCM under a key of its own for each purpose.

A sealed value is bound to its program, referral, purpose and version: moved anywhere else, it doesn't open.
"""

import os
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from touchbase.vault.secret import Secret, derive, label

SCHEMA = 1  # how what is inside is laid out: its length, itself, zeros
AES_256_GCM = 1
STEP = 1024  # bytes; a sealed value's length tells no more than in which step it ends (vault.md section 4)
_NONCE, _TAG, _LENGTH = 12, 16, 4


class Purpose(StrEnum):
    """What a capsule is for; each has its own key."""

    IDENTITY = "identity"
    CONTACT = "contact"
    WISHES = "wishes"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value nobody can read without the vault. Safe to store anywhere."""

    schema: int
    alg: int
    nonce: bytes = field(repr=False)
    blob: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs, and nowhere else. `version` is its row's, where rows have one."""

    program: str
    handle: str
    purpose: Purpose
    version: int = 0


def seal(key: Secret, place: Place, data: bytes) -> Sealed:
    """Seal `data` for one place under a referral's key."""
    nonce = os.urandom(_NONCE)
    blob = _cipher(key, place).encrypt(nonce, _padded(data), _bound_to(place, SCHEMA, AES_256_GCM))
    return Sealed(SCHEMA, AES_256_GCM, nonce, blob)


def unseal(key: Secret, place: Place, sealed: Sealed) -> bytes:
    """What was sealed. Raises `InvalidTag` for whatever isn't exactly what was sealed for this place."""
    if (sealed.schema, sealed.alg, len(sealed.nonce)) != (SCHEMA, AES_256_GCM, _NONCE):
        raise InvalidTag
    bound = _bound_to(place, sealed.schema, sealed.alg)
    return _unpadded(_cipher(key, place).decrypt(sealed.nonce, sealed.blob, bound))


def _cipher(key: Secret, place: Place) -> AESGCM:
    return AESGCM(derive(key, label("capsule/v1", place.purpose)))


def _bound_to(place: Place, schema: int, alg: int) -> bytes:
    return label("touchbase/v1", place.program, place.handle, place.purpose.value, schema, place.version, alg)


def _padded(data: bytes) -> bytes:
    """Length, data, zeros: with the tag a whole number of steps."""
    full = _LENGTH + len(data)
    return len(data).to_bytes(_LENGTH) + data + bytes(-(full + _TAG) % STEP)


def _unpadded(padded: bytes) -> bytes:
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH])]
