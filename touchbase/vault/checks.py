"""Where the vault can't keep its promise, Touchbase doesn't start (vault.md section 4).

How data, vault and root key lie to each other is checked with the other folders, in `ops.checks`. Here is
what only the vault knows of: its own files, and what else could keep what passes through it.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, InterfaceError, connections

_IN_MEMORY = ("LocMemCache", "DummyCache")
_STORES = ("default", "vault")
_CLUSTER = "SELECT system_identifier FROM pg_control_system()"
# What a server may log without writing down values.
_HARMLESS = {"log_statement": {"none", "ddl"}, "log_min_duration_statement": {"-1"}}
# What a cluster may keep of the vault's write-ahead log, which holds all keys that ever were in it: nothing.
_UNKEPT = {
    "archive_mode": ({"off"}, "archives its write-ahead log"),
    "wal_level": ({"replica", "minimal"}, "is ready to send its rows elsewhere"),
    "wal_keep_size": ({"0"}, "keeps its write-ahead log longer than it needs it"),
    "synchronous_standby_names": ({""}, "waits for a copy of itself"),
    "track_commit_timestamp": ({"off"}, "notes when each row was written"),
}
FOLLOWERS = (
    "SELECT (SELECT count(*) FROM pg_stat_replication) + (SELECT count(*) FROM pg_replication_slots) "
    "+ CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END"
)


@register(Tags.security)
def check_vault(**_: Any) -> list[CheckMessage]:
    """What can be seen without asking a database."""
    return [*_open_files(), *_logged_statements(), *_keeping_caches()]


@register(Tags.database)
def check_servers(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """What only PostgreSQL can say: whether two addresses lead to one cluster, what one logs or keeps."""
    asked = [alias for alias in _STORES if alias in (databases or ())]
    servers = [alias for alias in asked if connections[alias].vendor == "postgresql"]
    keys = [alias for alias in servers if alias == "vault"]
    return [*_one_cluster(servers), *_logging_servers(servers), *_keeping_servers(keys), *_followed(keys)]


def _open_files() -> Iterator[CheckMessage]:
    """The vault's folder itself is looked at with the others; this is what lies in it."""
    for path in sorted(settings.VAULT_DIR.glob("**/*")):
        if (path.is_dir() or path.suffix == ".key") and path.stat().st_mode & 0o077:
            yield Error(
                f"{path} can be read by other users of this machine.",
                hint=f"Run: chmod go-rwx {path}",
                id="vault.E001",
            )


def _logged_statements() -> Iterator[CheckMessage]:
    if logging.getLogger("django.db.backends").isEnabledFor(logging.DEBUG):
        yield Error(
            "Statements are logged with what they store.",
            hint="Set the logger django.db.backends, and those above it, to INFO or higher.",
            id="vault.E002",
        )


def _keeping_caches() -> Iterator[CheckMessage]:
    for alias, cache in settings.CACHES.items():
        if not cache["BACKEND"].endswith(_IN_MEMORY):
            yield Error(
                f"The cache {alias} keeps what it is given outside this process.",
                hint="Use django.core.cache.backends.locmem.LocMemCache.",
                id="vault.E003",
            )


def _one_cluster(servers: Sequence[str]) -> Iterator[CheckMessage]:
    found = [name for alias in servers if (name := _asked(alias, _CLUSTER))]
    if len(set(found)) < len(found):
        yield Error(
            "The database and the vault are in one PostgreSQL cluster, so in the same backups.",
            hint="Give TOUCHBASE_VAULT_DATABASE a cluster of its own without archiving, or leave it empty.",
            id="vault.E004",
        )


def _logging_servers(servers: Sequence[str]) -> Iterator[CheckMessage]:
    for alias in servers:
        for name, harmless in _HARMLESS.items():
            if _asked(alias, f"SHOW {name}") not in harmless | {None}:
                yield Error(
                    f"The PostgreSQL server of {alias} writes statements into its log.",
                    hint=f"Set {name} = {min(harmless)} for it.",
                    id="vault.E005",
                )


def _keeping_servers(servers: Sequence[str]) -> Iterator[CheckMessage]:
    """Where the log is kept, a key that was deleted is still in it, as long as its epoch's key exists."""
    for alias in servers:
        for name, (harmless, does) in _UNKEPT.items():
            value = _asked(alias, f"SHOW {name}")
            if value not in harmless | {None}:
                yield Error(
                    f"The PostgreSQL cluster of the vault {does}: {name} is {value}.",
                    hint=f"Set {name} = {max(harmless) or repr('')} for it, and restart it.",
                    id="vault.E006",
                )


def _followed(servers: Sequence[str]) -> Iterator[CheckMessage]:
    """A replica is a copy that nobody scrubs; a slot keeps the log for one that may come."""
    for alias in servers:
        if _asked(alias, FOLLOWERS) not in {"0", None}:
            yield Error(
                "The PostgreSQL cluster of the vault is copied to another one, or is such a copy.",
                hint="Stop what follows it, and drop the slots listed in pg_replication_slots.",
                id="vault.E007",
            )


def _asked(alias: str, query: str) -> str | None:
    """One value from a server, or None when it can't be reached or doesn't say."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(query)
            return str(cursor.fetchone()[0])
    except (DatabaseError, InterfaceError):
        return None
