"""Epochs: one wrapping key a day, which everything of that day is wrapped under, and which is destroyed.

Private to the vault. An epoch's key is held in this process's memory for a minute at most, so that a destroyed
one is forgotten everywhere soon after.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from time import monotonic

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.db import DatabaseError, IntegrityError, transaction

from touchbase.kernel.clock import slot_up
from touchbase.vault.errors import Gone, Refused, unavailable
from touchbase.vault.models import Epoch, EpochState
from touchbase.vault.providers.chosen import provider
from touchbase.vault.providers.interface import KeyGone, ProviderError
from touchbase.vault.sealing import derive

EPOCH = timedelta(hours=24)
GRACE = timedelta(hours=24)
REMEMBERED_SECONDS = 60.0
KEY_BYTES = 32
TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class EpochKey:
    """An epoch's key in use. Printing it shows only the number."""

    n: int
    _key: bytes

    def __repr__(self) -> str:
        """Never the key."""
        return f"EpochKey({self.n})"

    def wrap(self, program: str, handle: str, key: bytes) -> bytes:
        """Wrap a referral's key, bound to its program, handle and epoch (AES-KW)."""
        return aes_key_wrap(self._wrapping(program, handle), key)

    def unwrap(self, program: str, handle: str, wrapped: bytes) -> bytes:
        """Unwrap a referral's key; `Refused` when it belongs elsewhere."""
        try:
            return aes_key_unwrap(self._wrapping(program, handle), wrapped)
        except (InvalidUnwrap, ValueError):
            raise Refused from None

    def tag(self, program: str, contact: str) -> bytes:
        """What tells that two contacts are the same, during this epoch only."""
        return hmac.new(derive(self._key, f"tag/v1|{program}"), contact.encode(), sha256).digest()[:TAG_BYTES]

    def _wrapping(self, program: str, handle: str) -> bytes:
        return derive(self._key, f"wrap/v1|{program}|{handle}|{self.n}")


class _Memory:
    """Epoch keys for a minute."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[float, EpochKey]] = {}
        self._live: tuple[float, int] | None = None
        self._lock = Lock()

    def get(self, n: int) -> EpochKey | None:
        with self._lock:
            found = self._held.get(n)
            return found[1] if found and found[0] > monotonic() else None

    def keep(self, key: EpochKey, *, live: bool) -> EpochKey:
        with self._lock:
            until = monotonic() + REMEMBERED_SECONDS
            self._held[key.n] = (until, key)
            if live:
                self._live = (until, key.n)
        return key

    def live(self) -> EpochKey | None:
        with self._lock:
            n = self._live[1] if self._live and self._live[0] > monotonic() else None
        return None if n is None else self.get(n)

    def forget(self) -> None:
        with self._lock:
            self._held.clear()
            self._live = None


_memory = _Memory()
forget = _memory.forget


def live(at: datetime) -> EpochKey:
    """The key new referrals are wrapped under. The first call of an installation makes epoch 1."""
    held = _memory.live()
    if held is not None:
        return held
    row = Epoch.objects.filter(state=EpochState.LIVE).first() or begin(1, at)
    return _memory.keep(key_of(row), live=True)


def by_number(n: int) -> EpochKey:
    """The key of an epoch that still lives or retires; `Gone` when it was destroyed."""
    held = _memory.get(n)
    if held is not None:
        return held
    row = Epoch.objects.filter(n=n).first()
    if row is None or row.wrapped_ek is None:
        raise Gone
    return _memory.keep(key_of(row), live=False)


def key_of(row: Epoch) -> EpochKey:
    """Unwrap an epoch's key by the provider. `Gone` when the provider has none, else `Unavailable`."""
    if row.wrapped_ek is None:
        raise Gone
    try:
        return EpochKey(row.n, provider().unwrap(row.provider_ref, row.n, bytes(row.wrapped_ek)))
    except KeyGone:
        raise Gone from None
    except ProviderError:
        raise unavailable() from None


def begin(n: int, at: datetime) -> Epoch:
    """Make an epoch the live one, the one before it retiring. Two that begin at once make one."""
    try:
        ref = provider().create(n)
        wrapped = provider().wrap(ref, n, secrets.token_bytes(KEY_BYTES))
        with transaction.atomic(using="vault"):
            Epoch.objects.filter(state=EpochState.LIVE, n__lt=n).update(state=EpochState.RETIRING)
            row = Epoch.objects.create(
                n=n, provider_ref=ref, wrapped_ek=wrapped, state=EpochState.LIVE, ends_at=slot_up(at + EPOCH)
            )
    except IntegrityError:  # another process began it
        row = Epoch.objects.get(state=EpochState.LIVE)
    except (ProviderError, OSError, DatabaseError):
        raise unavailable() from None
    forget()
    return row
