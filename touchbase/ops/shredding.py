"""Whether what was erased stays sealed: a pile of files is read, and every key is tried on what it holds.

Says numbers, and names of files alone: nobody's handle, nothing by program, nothing that was sealed (C19).
"""

import errno
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from touchbase.ops import carving, database_copies, piles
from touchbase.ops.contents import Contents
from touchbase.ops.database_copies import DAMAGED, DUMP, OTHER, SQLITE
from touchbase.ops.piles import Lying
from touchbase.ops.statements import Statements
from touchbase.vault import shredding
from touchbase.vault.shredding import Verdict

_DEEPEST = 4  # archives in one another
_SMALL = 200  # bytes; a key file or a root key is shorter
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Culprit:
    """A copy in the pile that opens what was erased."""

    name: str
    hours: int | None  # its age, as far as it can be told
    opens: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check. `left_out` is what wasn't looked at, or not whole, each with its reason."""

    verdict: Verdict
    values: int  # different sealed values found
    vaults: int  # places with keys of referrals
    culprits: tuple[Culprit, ...]
    looked_at: Mapping[str, int]
    left_out: tuple[tuple[str, str], ...]


def check(paths: Sequence[str], *, every_key: bool, at: datetime) -> Checked:
    """Read everything below the paths and try every key on it.

    Nothing is written but copies in a private temporary folder, which is removed. Raises `Unavailable` when
    the keys of now can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="touchbase-shred-check-") as ground:
        pile = _Pile(Path(ground))
        pile.look([(Path(os.path.realpath(path)), path) for path in paths])
    contents = pile.contents
    verdict = shredding.judge(found=contents.found(), copies=contents.copies(), every_key=every_key)
    ages = {name: contents.made(name) for name in verdict.copies}
    culprits = [
        Culprit(name, None if made is None else max(0, (at - made) // _HOUR), verdict.copies[name])
        for name, made in sorted(ages.items())
    ]
    return Checked(
        verdict=verdict,
        values=contents.values,
        vaults=contents.vaults,
        culprits=tuple(culprits),
        looked_at=dict(sorted(pile.looked_at.items())),
        left_out=tuple(pile.left_out),
    )


class _Pile:
    """The reading of one pile, with private room to copy to."""

    def __init__(self, ground: Path) -> None:
        self._ground = ground
        self.contents = Contents()
        self.looked_at = Counter[str]()
        self.left_out: list[tuple[str, str]] = []

    def look(self, paths: Sequence[tuple[Path, str]], depth: int = 0) -> None:
        """Read every file there, whatever it is."""
        for one in piles.walk(paths, self._leave_out):
            try:
                self._look_at(one, depth)
            except OSError as failure:
                full = failure.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
                self._leave_out(one.shown, f"no room in {self._ground.parent}" if full else "can't be read")

    def _note(self, one: Lying, problem: str) -> None:
        if problem:
            self._leave_out(one.shown, problem)

    def _leave_out(self, name: str, why: str) -> None:
        self.left_out.append((name, why))

    def _look_at(self, one: Lying, depth: int) -> None:
        head = one.head()
        shut = piles.is_shut(head)
        if shut:
            self._leave_out(one.shown, shut)
        elif piles.is_packed(head):
            self._unpack(one, head, depth)
        elif head.startswith(SQLITE):
            self._database(one)
        elif head.startswith(DUMP):
            self._dump(one)
        else:
            self._bytes(one, head)

    def _unpack(self, one: Lying, head: bytes, depth: int) -> None:
        if depth == _DEEPEST:
            self._leave_out(one.shown, "too many archives in one another: unpack it and name what comes out")
            return
        self.looked_at["packed files"] += 1
        with self._room() as folder:
            piles.unpack(one, head, folder, self._leave_out)
            self.look([(folder, one.shown)], depth + 1)

    def _database(self, one: Lying) -> None:
        self.looked_at["database files"] += 1
        place = self._place(one)
        with self._room() as folder:
            problem = database_copies.read_sqlite(one.path, place, folder, self.contents)
        carving.carve(one.path, place, self.contents)  # also what was deleted and isn't written over yet
        self._note(one, problem)

    def _dump(self, one: Lying) -> None:
        is_part = one.path.name == "toc.dat"
        dump = one.path.parent if is_part else one.path
        problem = database_copies.read_dump(dump, self._place(one), self.contents)
        if problem != database_copies.NO_PROGRAM:
            self.looked_at["dumps"] += 1
        self._note(one, problem)

    def _bytes(self, one: Lying, head: bytes) -> None:
        """A file of no kind that is known: rows are looked for in it as text, and as what engines write."""
        place, is_text = self._place(one), piles.is_text(head)
        statements = Statements(partial(self.contents.row, place))
        with one.path.open("rb") as opened:
            statements.read(opened)
        if is_text and (statements.unfinished or statements.odd):
            self._leave_out(one.shown, DAMAGED if statements.unfinished else OTHER)
        if one.size <= _SMALL and self._is_key(one, place):
            self.looked_at["key files"] += 1
        elif is_text:
            self.looked_at["texts" if one.size else "empty files"] += 1
        else:
            self.looked_at["other files"] += 1
            carving.carve(one.path, place, self.contents)

    def _is_key(self, one: Lying, place: str) -> bool:
        raw = one.path.read_bytes()
        root = shredding.root_key_in(raw)
        if root is not None:
            self.contents.root(one.shown, root)
        elif shredding.may_be_provider_file(raw):
            self.contents.provider_file(place, raw)
        else:
            return False
        return True

    def _place(self, one: Lying) -> str:
        """What a file is a part of: the folder of a whole copy of a vault, or itself."""
        shown, provider = Path(one.shown), shredding.provider_folder()
        if shown.parent.name == provider:
            place = str(shown.parent.parent)
        elif (one.path.parent / provider).is_dir():
            place = str(shown.parent)
        else:
            place = one.shown
        self.contents.written(place, datetime.fromtimestamp(one.written, UTC))
        return place

    @contextmanager
    def _room(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=self._ground) as folder:
            yield Path(folder)
