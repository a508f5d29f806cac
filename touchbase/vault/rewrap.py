"""Moving referral keys from older epochs to the live one. Private to the vault.

What was read is written back by compare-and-swap on the row's version. A write without the comparison would
bring back referrals that were erased in between (vault.md section 3, step 6).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.db import connections, transaction
from django.db.models import F

from touchbase.vault import epochs, keys
from touchbase.vault.epochs import Opened
from touchbase.vault.errors import Unavailable
from touchbase.vault.keys import Owner
from touchbase.vault.models import Epoch, Key
from touchbase.vault.providers.protocol import KeyGone

AT_ONCE = 500  # rows in one transaction
_SWAP = (
    f"UPDATE {Key._meta.db_table} SET epoch_id = %s, wrapped = %s, dup_tag = %s, version = version + 1 "  # noqa: S608
    "WHERE handle = %s AND version = %s AND epoch_id = %s"
)


@dataclass(frozen=True, slots=True)
class Swap:
    """One row as it was read, and the wrapped key and tag it is to get."""

    handle: str
    version: int
    epoch: int
    wrapped: bytes
    dup_tag: bytes | None


def carry_all(at: datetime) -> int:
    """Move every key that isn't in the live epoch. How many this call moved; others may have moved more."""
    moved, last = 0, ""
    while True:
        target = epochs.live(at)
        rows = read(target, after=last)
        if not rows:
            return moved
        last = rows[-1].handle
        moved += write(target, list(swaps(target, rows)))


def left(target: int) -> int:
    """How many keys are in older epochs."""
    return Key.objects.exclude(epoch_id=target).count()


def read(target: Opened, *, after: str) -> list[Key]:
    """The next rows that aren't in the target epoch, by handle."""
    rows = Key.objects.filter(handle__gt=after).exclude(epoch_id=target.n)
    return list(rows.select_related("epoch").order_by("handle")[:AT_ONCE])


def swaps(target: Opened, rows: Iterable[Key]) -> Iterator[Swap]:
    """What the rows are to become. One that doesn't unwrap stays where it is, and keeps its epoch alive."""
    for row in rows:
        try:
            yield _swap(target, row)
        except (InvalidUnwrap, InvalidTag, KeyGone, Unavailable):
            continue


def _swap(target: Opened, row: Key) -> Swap:
    owner = Owner(row.program, row.handle)
    old = epochs.key_of(row.epoch.provider_ref, bytes(row.epoch.wrapped_ek or b""))
    key = keys.unwrap(old, row.epoch_id, owner, bytes(row.wrapped))
    wrapped = keys.wrap(target.key, target.n, owner, key)
    # From here on with what the new wrap gives back: a wrap that lost the key would be noticed.
    again = keys.unwrap(target.key, target.n, owner, wrapped)
    tag = None
    if row.dup_src is not None:
        tag = keys.tag(target.key, row.program, keys.open_print(again, owner, bytes(row.dup_src)))
    return Swap(row.handle, row.version, row.epoch_id, wrapped, tag)


def write(target: Opened, planned: Sequence[Swap]) -> int:
    """Write what was planned, each row only if nobody changed or deleted it since. How many were written."""
    written = 0
    with transaction.atomic(using="vault"), connections["vault"].cursor() as cursor:
        if not epochs.is_live(target.n):
            return 0  # this process slept through a rotation
        for epoch, group in groupby(sorted(planned, key=_by_epoch), key=_by_epoch):
            cursor.executemany(
                _SWAP,
                [(target.n, one.wrapped, one.dup_tag, one.handle, one.version, epoch) for one in group],
            )
            carried = max(cursor.rowcount, 0)
            Epoch.objects.filter(n=epoch).update(carried=F("carried") + carried)
            written += carried
    return written


def _by_epoch(planned: Swap) -> int:
    return planned.epoch
