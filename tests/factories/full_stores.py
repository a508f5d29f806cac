"""A store of the test's own process that refuses every write, as it does on a full disk, and can be read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def full_store(alias: str) -> Iterator[None]:
    """Until the block ends. PostgreSQL takes it back by going back to where the block began."""
    if connections[alias].vendor == "sqlite":
        _say(alias, "PRAGMA query_only = ON")
        try:
            yield
        finally:
            _say(alias, "PRAGMA query_only = OFF")
    else:
        begun = transaction.savepoint(using=alias)
        _say(alias, "SET TRANSACTION READ ONLY")
        try:
            yield
        finally:
            transaction.savepoint_rollback(begun, using=alias)


def _say(alias: str, statement: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
