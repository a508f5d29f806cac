"""A store of the test's own process that refuses every write, as it does on a full disk, and can be read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections


@contextmanager
def full_store(alias: str) -> Iterator[None]:
    """Until the block ends on SQLite; on PostgreSQL, which can't take it back, until the test does."""
    is_sqlite = connections[alias].vendor == "sqlite"
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY")
    try:
        yield
    finally:
        if is_sqlite:
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA query_only = OFF")
