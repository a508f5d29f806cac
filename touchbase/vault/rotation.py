"""Rotating epochs: a new key a day, everything open carried over, the old key destroyed and shown to be gone.

Resumable at any point, and safe when two do it at once: rows move by compare-and-swap, an epoch's key is
destroyed only when no row is on it (vault.md section 3.6).
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import connections, transaction

from touchbase.vault import clockguard, epochs, scrubbing
from touchbase.vault.models import Epoch, EpochState, Key, Receipt
from touchbase.vault.providers.chosen import file_provider, provider
from touchbase.vault.providers.interface import KeyGone, ProviderError
from touchbase.vault.sealing import (
    AES_256_GCM,
    NONCE_BYTES,
    SCHEMA,
    SOURCE_VERSION,
    Context,
    Purpose,
    Sealed,
    unseal,
)

logger = logging.getLogger(__name__)
BATCH = 500
Rewrap: TypeAlias = tuple[bytes, bytes | None, int, int, str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """What one rotation did."""

    live_epoch: int
    began: bool
    carried: int
    destroyed: tuple[int, ...]
    frozen: bool


@dataclass(frozen=True, slots=True)
class Status:
    """How the vault stands. `window_hours` is None when what should be gone can't be shown to be."""

    tier: int
    live_epoch: int | None
    epochs: int
    keys: int
    oldest_key_epoch: int | None
    last_destroyed: str
    window_hours: int | None
    overdue: int
    frozen: bool


def prepare() -> None:
    """Make the folder and the root key of a new installation; nothing where they are."""
    file_provider().prepare()


def rotate(*, at: datetime) -> Report:
    """Do what is due of: begin a new epoch, carry keys over, destroy what is over. Cheap when nothing is."""
    time = clockguard.trusted(at)
    live = Epoch.objects.filter(state=EpochState.LIVE).first()
    began = live is None or live.ends_at <= time.at
    if live is None:
        live = epochs.begin(1, time.at)
    elif began:
        live = epochs.begin(live.n + 1, time.at)
    carried = sum(_carry(row, live) for row in Epoch.objects.filter(state=EpochState.RETIRING).order_by("n"))
    destroyed = () if time.frozen else tuple(_destroy_over(time.at))
    return Report(live.n, began, carried, destroyed, time.frozen)


def _carry(old: Epoch, live: Epoch) -> int:
    """Wrap every key of an old epoch anew, a batch at a time."""
    carried = 0
    while rows := list(Key.objects.filter(epoch_id=old.n).order_by("handle")[:BATCH]):
        before, after = epochs.key_of(old), epochs.key_of(live)
        moved = _compare_and_swap([_rewrapped(row, before, after) for row in rows])
        carried += moved
        if not moved:  # every one of them was destroyed or carried by somebody else meanwhile
            break
    return carried


def _rewrapped(row: Key, before: epochs.EpochKey, after: epochs.EpochKey) -> Rewrap:
    key = before.unwrap(row.program, row.handle, bytes(row.wrapped))
    wrapped = after.wrap(row.program, row.handle, key)
    if after.unwrap(row.program, row.handle, wrapped) != key:  # pragma: no cover - AES-KW can't do this
        raise RuntimeError("a key did not survive its wrapping")
    tag = None
    if row.dup_src is not None:
        source = bytes(row.dup_src)
        sealed = Sealed(SCHEMA, AES_256_GCM, source[:NONCE_BYTES], source[NONCE_BYTES:])
        contact = unseal(key, Context(row.program, row.handle, Purpose.CONTACT, SOURCE_VERSION), sealed)
        tag = after.tag(row.program, contact.decode())
    return wrapped, tag, after.n, row.version + 1, row.handle, row.version


def _compare_and_swap(rows: list[Rewrap]) -> int:
    """Write new wraps only over the version they were made from: an upsert would bring back what was erased."""
    table = connections["vault"].ops.quote_name(Key._meta.db_table)
    statement = (
        f"UPDATE {table} SET wrapped = %s, dup_tag = %s, epoch_id = %s, version = %s "  # noqa: S608 - our own table
        "WHERE handle = %s AND version = %s"
    )
    with transaction.atomic(using="vault"), connections["vault"].cursor() as cursor:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)


def _destroy_over(at: datetime) -> list[int]:
    """Destroy the keys of epochs whose grace is over, once nothing is wrapped under them."""
    over = Epoch.objects.filter(state=EpochState.RETIRING, ends_at__lte=at - epochs.GRACE).order_by("n")
    return [row.n for row in over if _destroy(row, at)]


def _destroy(row: Epoch, at: datetime) -> bool:
    wrapped = bytes(row.wrapped_ek or b"")
    with transaction.atomic(using="vault"):
        locked = Epoch.objects.select_for_update().filter(n=row.n, state=EpochState.RETIRING).first()
        if locked is None or Key.objects.filter(epoch_id=row.n).exists():
            return False
        provider().destroy(row.provider_ref)
        if not _is_gone(row, wrapped):
            logger.error("vault.provider_kept_a_key")
            return False
        carried = Key.objects.filter(epoch__n__gt=row.n).count()
        Receipt.objects.get_or_create(n=row.n, defaults={"rows": carried, "destroyed_day": at.date()})
        Epoch.objects.filter(n=row.n).update(state=EpochState.DESTROYED, wrapped_ek=None)
        transaction.on_commit(scrubbing.scrub, using="vault")
    epochs.forget()
    return True


def _is_gone(row: Epoch, wrapped: bytes) -> bool:
    """Whether the provider really can't unwrap any more: a yes that keeps the key is caught here."""
    try:
        provider().unwrap(row.provider_ref, row.n, wrapped)
    except KeyGone:
        return True
    except ProviderError:
        return False
    return False


def status(*, at: datetime) -> Status:
    """How the vault stands: tier, epochs, and the window it keeps."""
    rows = list(Epoch.objects.exclude(state=EpochState.DESTROYED).order_by("n"))
    overdue = sum(row.state == EpochState.RETIRING and row.ends_at <= at - epochs.GRACE for row in rows)
    held = Key.objects.order_by("epoch_id").values_list("epoch_id", flat=True)
    receipt = Receipt.objects.order_by("-n").first()
    whole = int((epochs.EPOCH + epochs.GRACE).total_seconds() // 3600)
    return Status(
        tier=0,
        live_epoch=next((row.n for row in rows if row.state == EpochState.LIVE), None),
        epochs=len(rows),
        keys=len(held),
        oldest_key_epoch=held[0] if held else None,
        last_destroyed=receipt.destroyed_day.isoformat() if receipt else "",
        window_hours=None if overdue else whole,
        overdue=overdue,
        frozen=clockguard.trusted(at).frozen,
    )
