"""Copies of the stores as operators and their machines make them, on whichever engine the tests stand."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from tests.canary import INSIDE
from tests.factories.people import People
from tests.factories.walking import HOUR, NOON, Walk, asking
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import actions, erasing
from touchbase.referrals.lifecycle import Actor
from touchbase.vault import rotation, status

WINDOW_HOURS = status.WINDOW // HOUR


def is_postgresql() -> bool:
    return connections["default"].vendor == "postgresql"


def store_file(store: str) -> Path:
    """The file of a store on SQLite; its log lies beside it."""
    return Path(connections[store].settings_dict["NAME"])


@dataclass
class Pile:
    """A folder in which copies gather, and the people they are of."""

    folder: Path
    walk: Walk

    def come(self, n: int, at: datetime = NOON) -> list[str]:
        """So many people ask. Their handles."""
        phones = [INSIDE[k % len(INSIDE)] for k in range(n)]
        return [self.walk.received(at, of=asking(phones[k], contact=f"+1503555{k:04d}")) for k in range(n)]

    def erase(self, handle: str, at: datetime = NOON) -> None:
        """Somebody is closed and forgotten."""
        actions.close(held=self.walk.held(handle), by=Actor.COORDINATOR, at=at)
        erasing.erase(held=self.walk.held(handle), at=at)

    def serve(self, hours: int, begin: datetime = NOON) -> datetime:
        """Rotate every hour, as a running service does. When it ends."""
        for n in range(hours):
            rotation.rotate(at=begin + n * HOUR)
        return begin + hours * HOUR

    def database(self, name: str = "touchbase") -> Path:
        """A backup of the database."""
        return copy_store("default", self.folder / f"{name}.{'dump' if is_postgresql() else 'sqlite3'}")

    def vault(self, name: str = "vault-1") -> Path:
        """A copy of the vault: a folder of its own with the key files."""
        folder = self.folder / name
        folder.mkdir(parents=True)
        shutil.copytree(settings.VAULT_DIR / "provider", folder / "provider")
        copy_store("vault", folder / f"vault.{'dump' if is_postgresql() else 'sqlite3'}")
        (folder / "made.json").write_text('{"made": "2026-05-13T16:00+00:00"}')
        return folder

    def text(self, name: str = "dump.sql", store: str = "default", *options: str) -> Path:
        """A store as statements."""
        file = self.folder / name
        if is_postgresql():
            dump(store, file, "--format=plain", *options)
        else:
            with closing(sqlite3.connect(store_file(store))) as open_store:
                file.write_text("\n".join(open_store.iterdump()))
        return file


def copy_store(store: str, to: Path) -> Path:
    """One file, as `touchbase backup` makes it."""
    if is_postgresql():
        dump(store, to, "--format=custom")
    else:
        with closing(sqlite3.connect(store_file(store))) as open_store:
            open_store.execute("VACUUM INTO ?", [str(to)])
    return to


def dump(store: str, to: Path, *options: str) -> None:
    """Run pg_dump on a store."""
    known = connections[store].settings_dict
    where = {"PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"]}
    secret = {"PGPASSWORD": known["PASSWORD"]}
    subprocess.run(
        ["pg_dump", f"--dbname={known['NAME']}", f"--file={to}", *options],
        env=os.environ | {key: value for key, value in (where | secret).items() if value},
        check=True,
    )


def new_pile(folder: Path, here: CurrentProgram, people: People) -> Pile:
    folder.mkdir()
    if not is_postgresql():
        for store in connections:  # the logs still hold who came in other tests
            with connections[store].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Pile(folder, Walk(here, people))


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder: when it was written, and what is in it."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}
