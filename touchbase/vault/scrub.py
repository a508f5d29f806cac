"""After something was deleted: leaving nothing of it in the store's own files (vault.md, pitfalls 2 and 3).

SQLite overwrites what it deletes, but keeps older pages in its write-ahead log until a checkpoint cuts it
off. PostgreSQL keeps deleted rows, and their long values beside them, until a vacuum frees their place; in
its log and in freed places bytes stay until they are written over, and there only the end of the epoch's key
helps.
"""

from django.db import connections, transaction

from touchbase.vault.models import Buried, Epoch, Key, Pool

# What is deleted from: keys, what wrapped them, handles of the erased, counts that were taken.
_SCRUBBED = ", ".join(model._meta.db_table for model in (Key, Epoch, Buried, Pool))


def when_committed() -> None:
    """Scrub once the vault's transaction is through. A failure is logged; the deletion stands anyway."""
    transaction.on_commit(scrub, using="vault", robust=True)


def scrub() -> None:
    """Scrub now, unless a transaction is open."""
    connection = connections["vault"]
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f"VACUUM {_SCRUBBED}")
