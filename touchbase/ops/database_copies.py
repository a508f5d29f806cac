"""Database files and dumps in a pile, read by their own engines' programs and never written to."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import IO, cast

from touchbase.ops.contents import TABLES, Contents, NotOurs, Value
from touchbase.ops.dumping import postgresql_program
from touchbase.ops.statements import Statements

SQLITE = b"SQLite format 3\0"
DUMP = b"PGDMP"
DAMAGED = "damaged or cut off: read as far as it goes"
OTHER = "some of its rows are of another version, and weren't understood"
_BESIDE = ("-wal", "-journal")
NO_PROGRAM = "pg_restore isn't on this machine: install PostgreSQL's client programs"
_REFUSED = "pg_restore can't read it to its end: damaged, cut off, or of a newer PostgreSQL than pg_restore"


def read_sqlite(file: Path, place: str, folder: Path, into: Contents) -> str:
    """Read a copy of a database file, as it is and with the log beside it. What wasn't well, or nothing.

    `folder` is empty and private; the file and its neighbors aren't opened by SQLite.
    """
    copy = folder / "copy.sqlite3"
    shutil.copyfile(file, copy)
    beside = [ending for ending in _BESIDE if file.with_name(file.name + ending).is_file()]
    for ending in beside:
        shutil.copyfile(file.with_name(file.name + ending), copy.with_name(copy.name + ending))
    # Without its log first: opened with the log, SQLite writes the one into the other.
    problem = _rows(copy, "immutable=1", place, into)
    if beside:
        problem = _rows(copy, "mode=rw", place, into) or problem
    return problem


def _rows(copy: Path, how: str, place: str, into: Contents) -> str:
    problem = ""
    with closing(sqlite3.connect(f"{copy.as_uri()}?{how}", uri=True)) as store:
        store.text_factory = partial(str, encoding="ascii", errors="replace")
        for table in TABLES:
            try:
                for row in _of_table(store, table):
                    problem = _noted(into, place, table, row) or problem
            except sqlite3.OperationalError:
                problem = OTHER
            except sqlite3.DatabaseError:
                problem = DAMAGED
    return problem


def _noted(into: Contents, place: str, table: str, row: Mapping[str, Value]) -> str:
    try:
        into.row(place, table, row)
    except NotOurs:
        return OTHER
    return ""


def _of_table(store: sqlite3.Connection, table: str) -> Iterator[Mapping[str, Value]]:
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if store.execute(there, [table]).fetchone():
        columns = TABLES[table]
        for row in store.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608  names of ours
            yield dict(zip(columns, row, strict=True))


def read_dump(dump: Path, place: str, into: Contents) -> str:
    """Read a dump in one of PostgreSQL's own formats, a file or a folder. What wasn't well, or nothing."""
    program = postgresql_program("pg_restore")
    if program is None:
        return NO_PROGRAM
    wanted = [option for table in TABLES for option in ("--table", table)]
    command = [program, "--data-only", *wanted, "--file", "-", str(dump)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as restoring:  # noqa: S603
        statements = Statements(partial(into.row, place))
        statements.read(cast(IO[bytes], restoring.stdout))
    return _REFUSED if restoring.returncode else OTHER if statements.odd else ""
