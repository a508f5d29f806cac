"""Making the ground an installation stands on: folders, keys, tables, static files."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MIGRATIONS_MODULE_NAME
from django.db.migrations.recorder import MigrationRecorder

from touchbase.ops import folders, migrating
from touchbase.vault import rotation


def prepare() -> dict[str, Any]:
    """Make or update everything, and say where it is and how many migrations were applied."""
    folders.here().make(demo=settings.DEMO)
    rotation.prepare()
    applied = sum(migrate(alias) for alias in ("vault", "default"))
    call_command("collectstatic", interactive=False, verbosity=0)
    return {"data": str(settings.DATA_DIR), "vault": str(settings.VAULT_DIR), "migrations": applied}


def waiting(alias: str) -> int:
    """How many migrations a store still needs: those there are a file of, less those it has noted as done.

    Asked with every start, so none of the files is loaded for it.
    """
    return len(_written() - MigrationRecorder(connections[alias]).applied_migrations().keys())


def _written() -> set[tuple[str, str]]:
    folders = {app.label: Path(app.path, MIGRATIONS_MODULE_NAME) for app in apps.get_app_configs()}
    return {(label, file.stem) for label, folder in folders.items() for file in folder.glob("[!_]*.py")}


def migrate(alias: str) -> int:
    """Bring one store to this version. How many migrations that took."""
    count = waiting(alias)
    if count:
        migrating.migrate(alias)
    return count
