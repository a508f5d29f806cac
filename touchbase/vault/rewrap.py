"""Moving referral keys from older epochs to the live one. Private to the vault.

What was read is written back by compare-and-swap on the row's version. A write without the comparison would
bring back referrals that were erased in between (vault.md section 3, step 6).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F

from touchbase.vault import epochs, keys
from touchbase.vault.epochs import Opened
from touchbase.vault.errors import Unavailable
from touchbase.vault.keys import Owner, Tagger, Wrapping
from touchbase.vault.models import Epoch, Key
from touchbase.vault.providers.protocol import KeyGone

AT_ONCE = 500  # rows in one transaction: whoever arrives meanwhile waits for one of these at most
_PAGE = 10_000  # rows that are read at once
_KEY, _EPOCH = Key._meta.db_table, Epoch._meta.db_table
_READ = f"""
    SELECT k.handle, k.program, k.version, k.epoch_id, k.wrapped, k.dup_src, e.provider_ref, e.wrapped_ek,
        k.{{place}} FROM {_KEY} k JOIN {_EPOCH} e ON e.n = k.epoch_id
    WHERE k.handle > %s AND k.epoch_id <> %s ORDER BY k.handle LIMIT %s
"""  # noqa: S608  no value is in it
_SWAP = (
    f"UPDATE {_KEY} SET epoch_id = %s, wrapped = %s, dup_tag = %s, version = version + 1 "  # noqa: S608
    "WHERE handle = %s AND version = %s AND epoch_id = %s"
)
# The same for many rows by one statement: a server takes longer to begin a statement than to change a row.
_HOLD = f"SELECT handle FROM {_KEY} WHERE handle = ANY(%s) ORDER BY handle FOR UPDATE"  # noqa: S608
_SWAP_MANY = f"""
    UPDATE {_KEY} k SET epoch_id = %s, wrapped = v.wrapped, dup_tag = v.dup_tag, version = k.version + 1
    FROM unnest(%s::text[], %s::int[], %s::bytea[], %s::bytea[]) AS v(handle, version, wrapped, dup_tag)
    WHERE k.handle = v.handle AND k.version = v.version AND k.epoch_id = %s
"""  # noqa: S608  no value is in it


class Row(NamedTuple):
    """One key as it was read, with what unwraps it. Plain, since a rotation reads thousands."""

    handle: str
    program: str
    version: int
    epoch: int
    wrapped: bytes
    dup_src: bytes | None
    provider_ref: str
    wrapped_ek: bytes | None
    place: int | str  # where it lies in the store's file


class Swap(NamedTuple):
    """One row as it was read, and the wrapped key and tag it is to get."""

    handle: str
    version: int
    epoch: int
    wrapped: bytes
    dup_tag: bytes | None


def carry_all(at: datetime) -> int:
    """Move every key that isn't in the live epoch. How many this call moved; others may have moved more."""
    moved = 0
    while now := _carry_once(at):  # what somebody changed between reading and writing is read again
        moved += now
    return moved


def _carry_once(at: datetime) -> int:
    """Read all keys of older epochs once, and move them. How many were moved."""
    moved, last = 0, ""
    while True:
        target = epochs.live(at)
        rows = read(target, after=last)
        if not rows:
            return moved
        last = rows[-1].handle
        # Handles are random: in the order of the file a transaction writes far fewer pages.
        rows.sort(key=_place)
        for first in range(0, len(rows), AT_ONCE):
            moved += write(target, list(swaps(target, rows[first : first + AT_ONCE])))


def _place(row: Row) -> int | str:
    return row.place


def left(target: int) -> int:
    """How many keys are in older epochs."""
    return Key.objects.exclude(epoch_id=target).count()


def read(target: Opened, *, after: str) -> list[Row]:
    """The next rows that aren't in the target epoch, by handle."""
    with connections["vault"].cursor() as cursor:
        cursor.execute(query(), [after, target.n, _PAGE])
        return [Row(*found) for found in cursor.fetchall()]


def query() -> str:
    """What reads a page of rows. Where a row lies has another name in each engine."""
    return _READ.format(place="rowid" if connections["vault"].vendor == "sqlite" else "ctid")


def swaps(target: Opened, rows: Iterable[Row]) -> Iterator[Swap]:
    """What the rows are to become. One that doesn't unwrap stays where it is, and keeps its epoch alive."""
    shared = _Keys(target)
    for row in rows:
        try:
            yield _swap(row, shared)
        except (InvalidUnwrap, InvalidTag, KeyGone, Unavailable):
            continue


class _Keys:
    """The keys that many rows share, each made once."""

    def __init__(self, target: Opened) -> None:
        self.target, self.new = target, keys.wrapping(target.key, target.n)
        self._old: dict[int, Wrapping] = {}
        self._taggers: dict[str, Tagger] = {}

    def old(self, row: Row) -> Wrapping:
        """What unwraps keys of the row's epoch. Raises `KeyGone`, `Unavailable`."""
        if row.epoch not in self._old:
            key = epochs.key_of(row.provider_ref, bytes(row.wrapped_ek or b""))
            self._old[row.epoch] = keys.wrapping(key, row.epoch)
        return self._old[row.epoch]

    def tagger(self, program: str) -> Tagger:
        """What makes the program's tags in the new epoch."""
        if program not in self._taggers:
            self._taggers[program] = keys.tagger(self.target.key, program)
        return self._taggers[program]


def _swap(row: Row, shared: _Keys) -> Swap:
    owner = Owner(row.program, row.handle)
    # From here on with what the new wrap gives back: a wrap that lost the key would be noticed.
    wrapped, key = keys.rewrap(shared.old(row), shared.new, owner, bytes(row.wrapped))
    tag = None
    if row.dup_src is not None:
        tag = shared.tagger(row.program)(keys.open_print(key, owner, bytes(row.dup_src)))
    return Swap(row.handle, row.version, row.epoch, wrapped, tag)


def write(target: Opened, planned: Sequence[Swap]) -> int:
    """Write what was planned, each row only if nobody changed or deleted it since. How many were written."""
    written = 0
    with transaction.atomic(using="vault"), connections["vault"].cursor() as cursor:
        if not epochs.is_live(target.n):
            return 0  # this process slept through a rotation
        # By handle, so that of two rotators one waits for the other and not each for each.
        for epoch, group in groupby(sorted(planned, key=_by_epoch_and_handle), key=_by_epoch):
            carried = _swap_all(cursor, target.n, epoch, list(group))
            Epoch.objects.filter(n=epoch).update(carried=F("carried") + carried)
            written += carried
    return written


def _swap_all(cursor: CursorWrapper, target: int, epoch: int, group: Sequence[Swap]) -> int:
    """Write rows of one epoch. How many of them nobody had changed."""
    if connections["vault"].vendor == "sqlite":
        values = [(target, one.wrapped, one.dup_tag, one.handle, one.version, epoch) for one in group]
        cursor.executemany(_SWAP, values)
    else:
        handles = [one.handle for one in group]
        cursor.execute(_HOLD, [handles])  # in one order, whatever order the next statement takes them in
        columns = zip(*((one.version, one.wrapped, one.dup_tag) for one in group), strict=True)
        cursor.execute(_SWAP_MANY, [target, handles, *map(list, columns), epoch])
    return max(int(cursor.rowcount), 0)


def _by_epoch(planned: Swap) -> int:
    return planned.epoch


def _by_epoch_and_handle(planned: Swap) -> tuple[int, str]:
    return planned.epoch, planned.handle
