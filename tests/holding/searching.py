"""A raw search of everything an installation keeps: every byte of every file, and of both databases."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.canary import sung_in
from tests.holding.installations import Installation

PARTS = ("data", "vault", "root", "server.log")


def places_that_name_somebody(at: Installation) -> list[str]:
    """Where a canary was found: the names of files, what is in them, and the rows of a PostgreSQL store."""
    at.stores.flush()
    found = [str(file) for file in _files(at) if _gives_away(file)]
    if at.stores.default and sung_in(at.stores.dump()):
        found.append("a row")
    return found


def _files(at: Installation) -> Iterator[Path]:
    for part in PARTS:
        yield from [at.folder / part, *(at.folder / part).rglob("*")]
    yield from at.stores.cluster_files()


def _gives_away(file: Path) -> bool:
    content = b""
    with suppress(FileNotFoundError):  # a log of the database may go between listing and reading
        content = file.read_bytes().rstrip(b"\0") if file.is_file() else b""
    return sung_in(file.name) is not None or sung_in(content) is not None
