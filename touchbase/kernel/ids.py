"""Random keys. No table that a referral touches counts its rows (ruling C1)."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 26
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]  # of ten bits, for a short loop


def new_id() -> str:
    """A 128-bit random key in 26 characters. It says nothing about time or order."""
    return spell(secrets.randbits(128))


def spell(number: int) -> str:
    """A 128-bit number as a key."""
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)])


def reference(handle: str) -> str:
    """What people call a referral when they may not see a name: `7F-Q2`."""
    return f"{handle[1:3]}-{handle[3:5]}".upper()
