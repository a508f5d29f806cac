"""Sealed values, and what they are sealed for. (The cryptography follows with the vault.)"""

from dataclasses import dataclass
from enum import StrEnum


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
    nonce: bytes
    blob: bytes
