"""A pile of files: walking it, and unpacking what is packed, without ever changing it."""

import bz2
import gzip
import lzma
import os
import stat
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from touchbase.ops.database_copies import DAMAGED

Skip = Callable[[str, str], None]  # what wasn't looked at, and why

_PACKED: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\0": lzma.open,
}  # fmt: skip
_ZIP = b"PK\x03\x04"
_TAR, _TAR_AT = b"ustar", 257
# What can hold anything and isn't opened here, by how it begins.
_SHUT = {
    b"\x28\xb5\x2f\xfd": "zstd", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!": "RAR", b"\x04\x22\x4d\x18": "LZ4",
    b"age-encryption.org": "age", b"-----BEGIN AGE": "age", b"-----BEGIN PGP MESSAGE": "PGP",
    b"QFI\xfb": "a disk image", b"KDMV": "a disk image", b"vhdxfile": "a disk image",
}  # fmt: skip
_HEAD = 8192  # bytes
_NOT_IN_TEXT = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))
_BLOCK = 1024 * 1024
_ENDED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, tarfile.TarError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Lying:
    """One file: where it lies now, and what to call it. `written` is in seconds since 1970."""

    path: Path
    shown: str
    size: int
    written: float

    def head(self) -> bytes:
        """How it begins."""
        with self.path.open("rb") as opened:
            return opened.read(_HEAD)


def walk(paths: Sequence[tuple[Path, str]], skip: Skip) -> Iterator[Lying]:
    """Every file below these paths, each once, in the order of their names. Links aren't followed."""
    seen: set[tuple[int, int]] = set()
    for path, shown in paths:
        for one, name in _below(path, shown, skip):
            try:
                found = one.lstat()
            except OSError:
                skip(name, "isn't there")
                continue
            if stat.S_ISLNK(found.st_mode):
                skip(name, "a link: name what it leads to")
            elif not stat.S_ISREG(found.st_mode):
                skip(name, "no file: a device, pipe or socket")
            elif (found.st_dev, found.st_ino) not in seen:
                seen.add((found.st_dev, found.st_ino))
                yield Lying(one, name, found.st_size, found.st_mtime)


def _below(path: Path, shown: str, skip: Skip) -> Iterator[tuple[Path, str]]:
    if not os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where nothing may be seen
        yield path, shown
        return

    def closed(failure: OSError) -> None:
        skip(str(Path(shown, os.path.relpath(failure.filename, path))), "a folder that can't be read")

    for folder, folders, files in os.walk(path, onerror=closed):
        folders.sort()
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*files, *links]):
            inner = Path(folder, name)
            yield inner, str(Path(shown, inner.relative_to(path)))


def is_shut(head: bytes) -> str:
    """Why a file that begins so can't be looked into. Empty when it can."""
    kind = next((kind for begin, kind in _SHUT.items() if head.startswith(begin)), "")
    return f"packed, locked or an image ({kind}): unpack it and name what comes out" if kind else ""


def is_text(head: bytes) -> bool:
    """Whether a file that begins so is one for people to read, in any language."""
    return len(head.translate(None, _NOT_IN_TEXT)) == len(head)


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so holds other files, or another one."""
    return head.startswith((_ZIP, *_PACKED)) or head[_TAR_AT:].startswith(_TAR)


def unpack(one: Lying, head: bytes, folder: Path, skip: Skip) -> None:
    """Put what a packed file holds into an empty folder; what can't be, or not whole, is skipped."""
    try:
        if head.startswith(_ZIP):
            _unzip(one, folder, skip)
        elif head[_TAR_AT:].startswith(_TAR):
            _untar(one, folder, skip)
        else:
            name = one.path.name.removesuffix(one.path.suffix) or one.path.name
            _unpress(one, head, folder / name)
    except _ENDED:
        skip(one.shown, DAMAGED)


def _unpress(one: Lying, head: bytes, to: Path) -> None:
    opener = next(opener for begin, opener in _PACKED.items() if head.startswith(begin))
    try:
        with opener(one.path, "rb") as packed, to.open("wb") as out:
            while block := packed.read1(_BLOCK):  # what comes before a cut isn't lost
                out.write(block)
    finally:
        os.utime(to, (one.written, one.written))


def _untar(one: Lying, folder: Path, skip: Skip) -> None:
    with tarfile.open(one.path) as archive:
        for member in archive:
            if not (member.isfile() or member.isdir()):
                skip(f"{one.shown}/{member.name}", "a link or device in an archive")
                continue
            try:
                archive.extract(member, folder, filter="data")
            except (tarfile.FilterError, OSError):
                skip(f"{one.shown}/{member.name}", "it can't be unpacked")


def _unzip(one: Lying, folder: Path, skip: Skip) -> None:
    with zipfile.ZipFile(one.path) as archive:
        for member in archive.infolist():
            try:
                made = archive.extract(member, folder)
                written = time.mktime((*member.date_time, 0, 0, -1))
                os.utime(made, (written, written))
            except (NotImplementedError, OSError):
                skip(f"{one.shown}/{member.filename}", "it can't be unpacked")
            except RuntimeError:
                skip(f"{one.shown}/{member.filename}", "locked with a password")
