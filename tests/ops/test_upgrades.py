"""An installation of the first version arrives at today's, cut off at every migration: nothing is lost.

`first/` holds what the first version left: three people who are open and two who were erased, on SQLite and
on PostgreSQL. Its description is at the top of `first/generate.py`.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.canary import FINCH
from tests.holding.installations import IS_POSTGRESQL, Installation, new_stores
from tests.holding.stores import STORES

FIRST = Path(__file__).parent / "first"
ENGINE = "postgresql" if IS_POSTGRESQL else "sqlite"
FOUND: dict[str, Any] = json.loads((FIRST / f"found.{ENGINE}.json").read_text())
OPEN, ERASED = list(FOUND["open"]), FOUND["erased"]
_CUTTING = "import sys; from tests.ops.cutting import main; main(sys.argv[1:])"


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Installation]:
    """The installation as it was left."""
    made = Installation(tmp_path, new_stores(tmp_path))
    for folder in ("data", "vault", "vault/provider", "root"):
        (tmp_path / folder).mkdir(mode=0o700)
    keys = {f"vault/provider/{name}": bytes.fromhex(raw) for name, raw in FOUND["keys"].items()}
    for name, raw in (keys | {"root/root.key": FOUND["root"].encode()}).items():
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_bytes(raw)
    for store in STORES:
        restore(made, store, (FIRST / f"{store}.{ENGINE}.sql").read_text())
    yield made
    made.remove()


def restore(at: Installation, store: str, statements: str) -> None:
    """Fill an empty store."""
    if address := at.stores.address(store):
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statements.encode())
    else:
        with closing(sqlite3.connect(at.stores.file(store))) as connection:
            connection.executescript(statements)


def cut(at: Installation) -> int:
    """Prepare it, cut off again and again. How often."""
    return int(answer(at, "cut"))


def answer(at: Installation, what: str, *values: Any) -> Any:
    done = at._python(_CUTTING, what, *map(json.dumps, values))
    assert done.returncode == 0, done.stdout
    return json.loads(done.stdout.splitlines()[-1])


def noted(at: Installation) -> dict[str, list[tuple[str, str]]]:
    """The migrations that each store says were applied."""
    return {
        store: sorted(at.stores.rows(store, "SELECT app, name FROM django_migrations")) for store in STORES
    }


def written() -> list[tuple[str, str]]:
    """All migrations there are."""
    return sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def rows_of(at: Installation) -> dict[str, int]:
    """How many rows each table holds."""
    return {table: len(rows) for table, rows in at.stores.everything().items()}


def test_the_first_version_cut_off_at_every_migration_arrives_with_everybody(first):
    before, waiting = rows_of(first), [len(written()) - len(done) for done in noted(first).values()]
    assert cut(first) == sum(waiting)
    assert noted(first) == dict.fromkeys(STORES, written())
    after = rows_of(first)
    own = [name for name in before if name.split(".")[1].split("_")[0] in labels()]
    assert {name: after[name] for name in own} == {name: before[name] for name in own}

    seen = answer(first, "look", FOUND["at"], OPEN + ERASED, FOUND["backup"], FOUND["program"])
    names = [FINCH.name] * 3 + ["not-found"] * 2
    assert seen["days"] == [[names, ["gone"] * len(FOUND["backup"])]] * 3
    assert seen["keyed"] == sorted(FOUND["open"].values())
    assert first.stores.handles() == set(FOUND["open"].values())


def labels() -> set[str]:
    """The parts of Touchbase that hold rows."""
    return {app.label for app in apps.get_app_configs() if app.name.startswith("touchbase.")}
