"""What a database leaves behind after a deletion, and how it is made to go (vault.md, pitfalls 2 and 3)."""

import logging

from django.db import connections

from touchbase.vault.models import Key

logger = logging.getLogger(__name__)


def scrub() -> None:
    """Truncate SQLite's write-ahead log, or vacuum PostgreSQL's key table. Call it outside a transaction."""
    connection = connections["vault"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:  # a reader held it open; the next destroy or sweep does it
                logger.info("vault.checkpoint_busy")
        else:
            cursor.execute(f"VACUUM {connection.ops.quote_name(Key._meta.db_table)}")
