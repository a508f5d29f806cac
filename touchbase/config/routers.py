"""Which store a model lives in: the vault's in the vault, everything else in the database."""

from typing import Any

from django.db.models import Model


class StoreRouter:
    """Keeps the two stores apart: no row, relation or migration crosses (vault.md section 4)."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The store a model is read from."""
        return "vault" if model._meta.app_label == "vault" else "default"

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The store a model is written to."""
        return self.db_for_read(model)

    def allow_relation(self, left: Model, right: Model, **hints: Any) -> bool:
        """Relations stay inside one store."""
        return self.db_for_read(type(left)) == self.db_for_read(type(right))

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The vault's tables are made in the vault, all others only in the database."""
        return (db == "vault") == (app_label == "vault")
