"""Django for the vault alone, in a process small enough to be forked some ten thousand times."""

import gc
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from touchbase.config.databases import database

Rows = dict[str, list[tuple[Any, ...]]]


def begin(folder: Path, address: str) -> None:
    """Set Django up with a vault in a folder, or at the address of a PostgreSQL database that is there.

    Nothing is synced to the disk: a killed process takes nothing along that it has written.
    """
    store = database(address, folder / "vault/vault.sqlite3")
    if not address:
        store["OPTIONS"]["init_command"] = store["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
    settings.configure(
        DATABASES={"default": {}, "vault": store},
        DATABASE_ROUTERS=["touchbase.config.routers.StoreRouter"],
        INSTALLED_APPS=["touchbase.vault"],
        VAULT_DIR=folder / "vault",
        ROOT_KEY_FILE=folder / "root/root.key",
        USE_I18N=False,
        USE_TZ=True,
    )
    django.setup()
    from touchbase.vault import rotation

    rotation.prepare()
    if not address:
        call_command("migrate", database="vault", verbosity=0)


def be_small() -> None:
    """Before forking: share what is there, and keep no connection."""
    connections.close_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)  # looking through what is shared would copy it


def kept() -> Rows:
    """Every row of the vault, by table."""
    with connections["vault"].cursor() as cursor:
        rows = {}
        for table in _tables():
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows[table] = cursor.fetchall()
    return rows


def put_back(rows: Rows, files: dict[str, bytes]) -> None:
    """Make the vault, and the provider's folder, what they were."""
    with transaction.atomic(using="vault"), connections["vault"].cursor() as cursor:
        for table in _tables():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            if rows[table]:
                places = ", ".join(["%s"] * len(rows[table][0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows[table])  # noqa: S608
    folder = provider()
    for file in folder.iterdir():
        file.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def provider() -> Path:
    """Where the provider's files lie."""
    return Path(settings.VAULT_DIR) / "provider"


def _tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_app_config("vault").get_models()]
