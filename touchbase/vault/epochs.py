"""The keys of epochs: one lives, older ones retire. Private to the vault.

An epoch's key wraps referral keys for a day. It is stored wrapped by the provider's key of the same epoch,
and held in this process's memory for a minute at a time.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Max
from django.db.models.functions import Least

from touchbase.kernel.clock import slot_down
from touchbase.vault import clockguard
from touchbase.vault.errors import Unavailable
from touchbase.vault.models import Epoch, EpochState
from touchbase.vault.providers.file import FOLDER, FileProvider
from touchbase.vault.providers.protocol import KeyProvider
from touchbase.vault.secret import Secret, random_key

LENGTH = timedelta(hours=24)
GRACE = timedelta(hours=24)  # after its end an epoch's key is still there, so that a failed night is no loss
KEPT_SECONDS = 60.0
_LIVE_FIELDS = ("n", "provider_ref", "wrapped_ek")
_held: dict[bytes, tuple[Secret, float]] = {}  # wrapped -> key, and until when


@dataclass(frozen=True, slots=True)
class Opened:
    """An epoch whose key is at hand."""

    n: int
    key: Secret


def provider() -> KeyProvider:
    """The provider of this installation."""
    return FileProvider(settings.VAULT_DIR / FOLDER, settings.ROOT_KEY_FILE)


def key_of(ref: str, wrapped: bytes) -> Secret:
    """An epoch's key, from memory or from the provider. Raises `KeyGone`, `Unavailable`."""
    now = time.monotonic()
    forget_old(now)
    if wrapped not in _held:
        _held[wrapped] = (provider().unwrap(ref, wrapped), now + KEPT_SECONDS)
    return _held[wrapped][0]


def forget_old(now: float) -> None:
    """Drop the keys whose minute is over."""
    for wrapped in [wrapped for wrapped, (_, until) in _held.items() if until <= now]:
        _held.pop(wrapped, None)


def forget(wrapped: bytes) -> None:
    """Drop one key now."""
    _held.pop(wrapped, None)


def live(at: datetime) -> Opened:
    """The epoch that new keys are wrapped under, the first one if there is none yet.

    To write a key, call it inside the transaction that does: until that ends, the epoch stays the live one,
    so that no key is left behind in an epoch that retires meanwhile.
    """
    found = _live_row()
    if found is None:  # there was none, or it has just retired and its successor is there by now
        open_next(at)
        found = Epoch.objects.values_list(*_LIVE_FIELDS).get(state=EpochState.LIVE)
    n, ref, wrapped = found
    return Opened(n, key_of(ref, bytes(wrapped or b"")))


def _live_row() -> tuple[int, str, bytes | None] | None:
    """The number, reference and wrapped key of the live epoch. Every new key asks for it."""
    store = connections["vault"]
    shared = " FOR SHARE" if store.features.has_select_for_update else ""
    query = f"SELECT {', '.join(_LIVE_FIELDS)} FROM {Epoch._meta.db_table} WHERE state = %s{shared}"  # noqa: S608  no value is in it
    with store.cursor() as cursor:
        cursor.execute(query, [EpochState.LIVE.value])
        found: tuple[int, str, bytes | None] | None = cursor.fetchone()
    return found


def is_live(n: int) -> bool:
    """Whether epoch `n` is the live one, and stays it until the caller's transaction ends."""
    found = _live_row()
    return found is not None and found[0] == n


def open_next(now: datetime, *, early: bool = False) -> int | None:
    """Begin an epoch when the live one is over, or `early`, or there is none. None when nothing was due."""
    with transaction.atomic(using="vault"):
        clockguard.hold(now)
        current = Epoch.objects.filter(state=EpochState.LIVE).first()
        if current is not None and current.ends_at > now and not early:
            return None
        n = (Epoch.objects.aggregate(last=Max("n"))["last"] or 0) + 1
        ref, wrapped = _made(n)
        Epoch.objects.filter(state=EpochState.LIVE).update(
            state=EpochState.RETIRING, ends_at=Least("ends_at", slot_down(now))
        )
        # Rounded down, so that the first epoch doesn't tell when the first person came.
        Epoch.objects.create(n=n, provider_ref=ref, wrapped_ek=wrapped, ends_at=slot_down(now) + LENGTH)
    return n


def _made(n: int) -> tuple[str, bytes]:
    """A new epoch's key, wrapped; it is only used when the provider gives it back."""
    by, key = provider(), random_key()
    ref = by.create(n)
    wrapped = by.wrap(ref, key)
    if by.unwrap(ref, wrapped) != key:
        raise Unavailable
    return ref, wrapped
