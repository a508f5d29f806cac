"""Sealed values and wrapped keys in bytes without an order: freed pages, write-ahead logs, raw disks.

Knows how both engines lay out a row of ours. What is cut in two, in pieces or written over isn't found.
"""

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path

from touchbase.kernel.ids import ALPHABET, LENGTH
from touchbase.ops.contents import Contents
from touchbase.vault.sealing import AES_256_GCM, SCHEMA, STEP, Purpose, Sealed
from touchbase.vault.shredding import EpochRow, KeyRow

_PARTS = {
    b"@id@": b"(?:[%s]{%d})" % (ALPHABET.encode(), LENGTH),
    b"@purpose@": b"(?:%s)" % "|".join(Purpose).encode(),
}


def _layout(pattern: bytes) -> re.Pattern[bytes]:
    """A row as bytes; `@id@` and `@purpose@` stand for what such a column may hold."""
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern, re.DOTALL)


# SQLite puts the kinds of all values first, then the values one behind the other: A is the kind of a text of
# 26 bytes, \ that of 40 bytes, $ that of 12. PostgreSQL puts a length before each value and fills up to even
# addresses: 7 is the length of a text of 26 bytes, S that of 40, and a long one has four bytes of it.
_KEYS = [
    _layout(rb"AA\\.{5,7}?(?P<handle>@id@)(?P<program>@id@)(?P<wrapped>.{40})"),
    _layout(rb"7(?P<handle>@id@)7(?P<program>@id@)S(?P<wrapped>.{40})"),
]
_EPOCH = _layout(rb"epoch-(?P<n>[0-9]{1,9})S?(?P<wrapped>.{40}).?(?:live|retiring)")
_CAPSULES = [
    _layout(rb"A.\t\t\$(?P<kind>[\x80-\xff]{1,2}[\0-\x7f])A@id@(?P<purpose>@purpose@)(?P<nonce>.{12})"),
    _layout(rb"7@id@.(?P<purpose>@purpose@)\0?\x01\0\x01\0\x1b(?P<nonce>.{12})\0{0,3}(?P<length>[^\0].{3})"),
]
_BEHIND = _layout(rb"7?(@id@)")


def carve(file: Path, place: str, into: Contents) -> None:
    """Look for rows of ours at every byte of a file that isn't empty."""
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as data:
        for one in (found for layout in _KEYS for found in layout.finditer(data)):
            handle, program = one["handle"].decode(), one["program"].decode()
            into.key(place, KeyRow(handle, program, one["wrapped"], None))
        for one in _EPOCH.finditer(data):
            n = int(one["n"])
            into.epoch(place, EpochRow(n, f"epoch-{n}", one["wrapped"]))
        for one in (found for layout in _CAPSULES for found in layout.finditer(data)):
            _capsule(data, one, into)


def _capsule(data: mmap, one: re.Match[bytes], into: Contents) -> None:
    """A sealed value of which all is there: the handle stands behind it."""
    size = _size(one.groupdict())
    start, end = one.end(), one.end() + size
    behind = _BEHIND.match(data, end)
    if size > 0 and size % STEP == 0 and behind:
        sealed = Sealed(SCHEMA, AES_256_GCM, one["nonce"], data[start:end])
        into.sealed(behind[1].decode(), one["purpose"].decode(), sealed)


def _size(parts: dict[str, bytes]) -> int:
    """How long the value is, by its kind in SQLite or its length in PostgreSQL."""
    if "length" in parts:
        return (int.from_bytes(parts["length"], "little") >> 2) - 4
    kind = 0
    for byte in parts["kind"]:
        kind = kind << 7 | byte & 0x7F
    return (kind - 12) // 2
