"""Applying migrations so that each is done and noted, or neither: cut off anywhere, the next start goes on.

Django notes a migration that makes tables with indexes or references after its transaction. Cut off in
between, it would begin again, find the tables there and never come through.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


class Whole(MigrationExecutor):
    """Applies each migration and its note in one transaction."""

    def apply_migration(self, state: Any, migration: Any, *args: Any, **kwargs: Any) -> Any:
        """Apply one, and note it."""
        with _together(self.connection):
            return super().apply_migration(state, migration, *args, **kwargs)


def migrate(alias: str) -> None:
    """Bring a store up to date. Killed at any moment, it goes on where it was when it is called again."""
    executor = Whole(connections[alias])
    executor.loader.check_consistent_history(executor.connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    emit_pre_migrate_signal(0, False, alias, plan=plan)
    executor.migrate(targets, plan=plan)
    emit_post_migrate_signal(0, False, alias, plan=plan)


@contextmanager
def _together(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One transaction for tables and rows. SQLite must stop looking at references before it begins."""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias):
            yield
    finally:
        connection.enable_constraint_checking()
