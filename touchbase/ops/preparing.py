"""Making the ground an installation stands on: folders, keys, tables, static files."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from touchbase.ops import folders
from touchbase.vault import rotation


def prepare() -> dict[str, Any]:
    """Make or update everything, and say where it is and how many migrations were applied."""
    folders.here().make(demo=settings.DEMO)
    rotation.prepare()
    applied = sum(_migrate(alias) for alias in ("vault", "default"))
    call_command("collectstatic", interactive=False, verbosity=0)
    return {"data": str(settings.DATA_DIR), "vault": str(settings.VAULT_DIR), "migrations": applied}


def waiting(alias: str) -> int:
    """How many migrations a store still needs."""
    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate(alias: str) -> int:
    count = waiting(alias)
    if count:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    return count
