"""A raw search of everything an installation keeps: every byte of every file, and of both databases."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.canary import SERVED, sung_in
from tests.holding.installations import Installation

PARTS = ("data", "vault", "root", "server.log")


def places_that_name_somebody(at: Installation) -> list[str]:
    """Where a canary was found: the names of files, what is in them, and the rows of a PostgreSQL store."""
    at.stores.flush()
    found = [str(file) for file in _files(at) if _gives_away(file)]
    if at.stores.default and sung_in(at.stores.dump(), SERVED):
        found.append("a row")
    return found


def _files(at: Installation) -> Iterator[Path]:
    for part in PARTS:
        yield from [at.folder / part, *(at.folder / part).rglob("*")]
    yield from at.stores.cluster_files()


# Files that named nobody when they were last read, and what they were like: the clusters have many that rest.
_clean: dict[Path, tuple[int, int]] = {}


def _gives_away(file: Path) -> bool:
    return sung_in(file.name, SERVED) is not None or _content_gives_away(file)


def _content_gives_away(file: Path) -> bool:
    with suppress(FileNotFoundError):  # a log of the database may go between listing and reading
        now = file.stat()
        state = (now.st_mtime_ns, now.st_size)
        if not file.is_file() or _clean.get(file) == state:
            return False
        if sung_in(file.read_bytes().rstrip(b"\0"), SERVED):
            return True
        _clean[file] = state
    return False
