"""Copying a whole store into one file, opening such a file in a temporary place, and putting it back.

SQLite is copied by itself (`VACUUM INTO`), PostgreSQL by its own `pg_dump` and `pg_restore`. No session is
copied: whoever has the file signs in as nobody (ruling C5). Rows about people are put in a random order, so
that it doesn't tell who came first (ruling C2).
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, connections
from psycopg.sql import SQL, Identifier

from touchbase.kernel.errors import DomainError
from touchbase.kernel.ids import new_id

SESSIONS = "accounts_staffsession"
_PEOPLES = frozenset({
    "referrals_referral", "referrals_capsule", "referrals_link", "referrals_tombstone",
    "notifications_outgoing", "vault_key", "vault_buried",
})  # fmt: skip
_PROGRAMS = Path("/usr/lib/postgresql")


class NotCopied(DomainError):
    """A copy couldn't be made, opened or put back. The sentence says what to do."""

    code = "not-copied"


@dataclass(frozen=True, slots=True)
class Store:
    """One of the two stores, by its alias."""

    alias: str

    @property
    def on_sqlite(self) -> bool:
        """Whether it is a file."""
        return str(settings.DATABASES[self.alias]["ENGINE"]).endswith("sqlite3")

    @property
    def ending(self) -> str:
        """What its copies are called at the end."""
        return "sqlite3" if self.on_sqlite else "dump"

    @property
    def file(self) -> Path:
        """Its file, where it is one."""
        return Path(connections[self.alias].settings_dict["NAME"])

    def address(self, name: str = "") -> dict[str, Any]:
        """How psycopg reaches it, or another database of the same cluster."""
        found = connections[self.alias].settings_dict
        return {
            "host": found["HOST"] or None,
            "port": found["PORT"] or None,
            "user": found["USER"] or None,
            "password": found["PASSWORD"] or None,
            "dbname": name or found["NAME"],
        }


@dataclass(frozen=True, slots=True)
class Opened:
    """A copy that lies open in a temporary place."""

    connection: Any

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query without values gives."""
        return list(self.connection.execute(query).fetchall())


def dump(store: Store, to: Path) -> None:
    """Copy a store into a file that isn't there yet, for this user's eyes alone. Raises `NotCopied`."""
    if store.on_sqlite:
        _dump_sqlite(store, to)
    else:
        _in_order(store)
        _program("pg_dump", store, "--format=custom", f"--exclude-table-data={SESSIONS}", f"--file={to}")
    to.chmod(0o600)
    with to.open("rb") as made:
        os.fsync(made.fileno())


def _dump_sqlite(store: Store, to: Path) -> None:
    with connections[store.alias].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(to)])
    with closing(sqlite3.connect(to, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("PRAGMA secure_delete = ON")
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if SESSIONS in tables:
            copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608  a name of ours
        for table in tables & _PEOPLES:
            copy.execute(f"UPDATE {table} SET rowid = abs(random() / 2) + 1")  # noqa: S608  a name of ours
        copy.execute("VACUUM")


def _in_order(store: Store) -> None:
    """Have PostgreSQL write rows about people anew, by their random keys; what was deleted goes with it."""
    with connections[store.alias].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        there = {name for (name,) in cursor.fetchall()}
        for table in sorted(there & _PEOPLES):
            cursor.execute(f"CLUSTER {table} USING {table}_pkey")


@contextmanager
def opened(store: Store, file: Path, temporary: Path) -> Iterator[Opened]:
    """Open a copy in a temporary place that goes away. Raises `NotCopied` for what isn't a whole copy."""
    place = _opened_sqlite(file, temporary) if store.on_sqlite else _opened_postgresql(store, file)
    with place as found:
        yield found


@contextmanager
def _opened_sqlite(file: Path, temporary: Path) -> Iterator[Opened]:
    copied = temporary / f"{new_id()}.sqlite3"
    try:
        shutil.copyfile(file, copied)
        with closing(sqlite3.connect(copied)) as connection:
            try:
                whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            except sqlite3.DatabaseError:
                whole = False
            if not whole:
                raise NotCopied(f"{file} isn't a whole copy. Take another one.")
            yield Opened(connection)
    finally:
        write_over(copied)  # it may be the vault's, and lies outside the folder of the keys
        copied.unlink(missing_ok=True)


@contextmanager
def _opened_postgresql(store: Store, file: Path) -> Iterator[Opened]:
    name = f"touchbase_try_{new_id()}"
    with psycopg.connect(**store.address(), autocommit=True) as server:
        try:
            server.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise NotCopied(
                "The copy can't be tried: this role may not create a database. Run as a superuser: "
                f"ALTER ROLE {store.address()['user']} CREATEDB"
            ) from None
        try:
            _restore(store, file, name)
            with psycopg.connect(**store.address(name)) as connection:
                yield Opened(connection)
        finally:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def write_over(file: Path) -> None:
    """Put random bytes over a file, as far as the disk lets that be done. One that isn't there is fine."""
    if file.exists():
        with file.open("r+b") as old:
            old.write(os.urandom(file.stat().st_size))
            old.flush()
            os.fsync(old.fileno())


def put_back(store: Store, file: Path) -> None:
    """Replace a store by a copy: whole, or not at all. Nobody else may have it open. Raises `NotCopied`."""
    if store.on_sqlite:
        _empty_log(store)
    connections[store.alias].close()
    if store.on_sqlite:
        _put_back_file(file, store.file)
    else:
        _put_back_database(store, file)


def _empty_log(store: Store) -> None:
    """Bring what is in the log into the file: cut off between the two, the old store is still whole.

    One that is too damaged for that goes as it is.
    """
    with suppress(DatabaseError), connections[store.alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_back_file(file: Path, to: Path) -> None:
    new = to.with_name(f".{to.name}.new")
    shutil.copyfile(file, new)
    new.chmod(0o600)
    with new.open("rb") as made:
        os.fsync(made.fileno())
    for log in ("-wal", "-shm"):  # of the store that goes: they must not be taken for the new one's
        to.with_name(to.name + log).unlink(missing_ok=True)
    new.rename(to)
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _put_back_database(store: Store, file: Path) -> None:
    """The copy beside the store first; then one takes the other's name."""
    name, aside = str(store.address()["dbname"]), f"touchbase_old_{new_id()}"
    staged = f"touchbase_new_{new_id()}"
    with psycopg.connect(**store.address("postgres"), autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(staged)))
        try:
            _restore(store, file, staged)
            # Nobody may be connected while a database is renamed; who is, would write into the old one.
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            server.execute(others, [name])
            with server.transaction():
                server.execute(
                    SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name), Identifier(aside))
                )
                server.execute(
                    SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(staged), Identifier(name))
                )
        finally:
            for left in (staged, aside):
                server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(left)))


def _restore(store: Store, file: Path, name: str) -> None:
    _program("pg_restore", store, "--exit-on-error", str(file), name=name)


def _program(which: str, store: Store, *arguments: str, name: str = "") -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, never by the line."""
    address = store.address(name)
    keys = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    secret = {variable: str(address[key]) for key, variable in keys.items() if address[key]}
    done = subprocess.run(  # noqa: S603  a program of PostgreSQL, and no shell
        [_found(which), f"--dbname={address['dbname']}", "--no-owner", "--no-privileges", *arguments],
        env=secret,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        # What it says may quote a row. The kind of trouble is enough, and its own log has the rest.
        raise NotCopied(
            f"{which} didn't get through (exit code {done.returncode}). Is the file whole, of this server's "
            "version, and is there room?"
        )


def postgresql_program(which: str) -> str | None:
    """Where one of PostgreSQL's own programs is, the newest if there are several. None when there is none."""
    newest = sorted(_PROGRAMS.glob(f"*/bin/{which}"), key=lambda path: float(path.parts[-3]), reverse=True)
    return str(newest[0]) if newest else shutil.which(which)


def _found(which: str) -> str:
    found = postgresql_program(which)
    if found is None:
        raise NotCopied(
            f"{which} isn't on this machine. Install PostgreSQL's client, of the server's version."
        )
    return found
