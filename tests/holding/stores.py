"""The two stores of an installation, looked at past Touchbase: rows, counts, and every byte.

SQLite files are read as files; a PostgreSQL database is dumped, and where the cluster's own files can be read
they are read as well.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

STORES = ("default", "vault")


@dataclass(frozen=True)
class Stores:
    """Where both are. Empty addresses: SQLite in the installation's folders."""

    folder: Path
    default: str = ""
    vault: str = ""

    def variables(self) -> dict[str, str]:
        """What the server is told of them."""
        if not self.default:
            return {}
        return {"TOUCHBASE_DATABASE": self.default, "TOUCHBASE_VAULT_DATABASE": self.vault}

    def file(self, store: str) -> Path:
        """The SQLite file of a store."""
        return self.folder / ("vault/vault.sqlite3" if store == "vault" else "data/touchbase.sqlite3")

    def address(self, store: str) -> str:
        """The PostgreSQL address of a store; empty on SQLite."""
        return self.vault if store == "vault" else self.default

    @contextmanager
    def open(self, store: str) -> Iterator[Any]:
        """A connection of our own, that commits each statement. `?` and `%s` differ: pass no values."""
        if address := self.address(store):
            with psycopg.connect(address, autocommit=True) as connection:
                yield connection
        else:
            with closing(sqlite3.connect(self.file(store), isolation_level=None, timeout=20)) as connection:
                yield connection

    def rows(self, store: str, query: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with self.open(store) as connection:
            return list(connection.execute(query).fetchall())

    def change(self, store: str, statement: str) -> None:
        """One statement, committed."""
        with self.open(store) as connection:
            connection.execute(statement)

    def tables(self, store: str) -> list[str]:
        """The names of all tables."""
        names = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            if self.address(store)
            else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return sorted(name for (name,) in self.rows(store, names))

    def everything(self, *leave_out: str) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table of both stores, in an order that doesn't depend on when it was written."""
        return {
            f"{store}.{table}": sorted(self.rows(store, f'SELECT * FROM "{table}"'), key=repr)  # noqa: S608
            for store in STORES
            for table in self.tables(store)
            if table not in leave_out
        }

    def handles(self) -> set[str]:
        """Every referral that has a row."""
        return {handle for (handle,) in self.rows("default", "SELECT handle FROM referrals_referral")}

    def state(self, handle: str) -> str:
        """Where a referral is, by its row."""
        where = f"handle = '{handle}'"
        found = self.rows("default", f"SELECT state FROM referrals_referral WHERE {where}")  # noqa: S608
        return str(found[0][0]) if found else "gone"

    def keyed(self) -> set[str]:
        """Every referral that has a key."""
        return {handle for (handle,) in self.rows("vault", "SELECT handle FROM vault_key")}

    def dump(self) -> bytes:
        """Every row of both PostgreSQL stores as bytes."""
        text = []
        for rows in self.everything().values():
            text += [_bytes_of(value) for row in rows for value in row]
        return b"\n".join(text)

    def flush(self) -> None:
        """Have PostgreSQL write what it holds in memory into its files."""
        for store in STORES:
            if self.address(store):
                self.change(store, "CHECKPOINT")

    def cluster_files(self) -> list[Path]:
        """The files of these databases and the write-ahead logs of their clusters."""
        found: list[Path] = []
        for store in STORES:
            if self.address(store):
                where = "SELECT current_setting('data_directory'), oid FROM pg_database"
                ((folder, oid),) = self.rows(store, f"{where} WHERE datname = current_database()")
                for part in (f"base/{oid}", "pg_wal"):
                    found += [path for path in (Path(folder) / part).rglob("*") if path.is_file()]
        return found

    def copy(self, folder: Path) -> "Stores":
        """The same content for another installation. The files of SQLite are copied with the folders."""
        if not self.default:
            return Stores(folder)
        name = f"holding_{uuid4().hex}"
        made = {}
        for store in STORES:
            with _cluster_of(self.address(store)) as (cluster, template):
                cluster.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), template))
            made[store] = urlunsplit(urlsplit(self.address(store))._replace(path=f"/{name}"))
        return Stores(folder, made["default"], made["vault"])

    def drop(self) -> None:
        """Drop the databases, whoever is still connected."""
        for store in STORES:
            if address := self.address(store):
                with _cluster_of(address) as (cluster, name):
                    cluster.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def _cluster_of(address: str) -> Iterator[tuple[psycopg.Connection[Any], Identifier]]:
    """A connection to the cluster of a database, and the database's name."""
    parts = urlsplit(address)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as cluster:
        yield cluster, Identifier(parts.path.lstrip("/"))


def _bytes_of(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "replace")
