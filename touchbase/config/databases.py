"""How the two stores are opened."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# FULL: a thank-you is said only after the disk has the row. secure_delete: what is deleted is overwritten.
_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
)


def database(address: str, file: Path) -> dict[str, Any]:
    """Django's settings for a store: PostgreSQL when `address` names one, else SQLite in `file`."""
    return _postgresql(address) if address else _sqlite(file)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        # A test database is a file as well: write-ahead log and checkpoints are part of the promise.
        "TEST": {"NAME": str(file.with_name(f"test-{file.name}"))},
        "OPTIONS": {"init_command": _SQLITE_START, "transaction_mode": "IMMEDIATE", "timeout": 20},
        "CONN_MAX_AGE": None,
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("write it as postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 5},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
