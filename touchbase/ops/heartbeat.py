"""A file whose time says when the sweep last came round. `/healthz` and `doctor` read it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

# Four missed turns of half a minute: slow work doesn't alarm, a dead sweep does within two minutes.
LONGEST_SILENCE = timedelta(minutes=2)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "sweep.heartbeat"


def beat(at: datetime) -> None:
    """Say that the sweep came round at `at`."""
    _file().touch()
    os.utime(_file(), (at.timestamp(), at.timestamp()))


def last() -> datetime | None:
    """When the sweep last came round, or None when it never did."""
    try:
        return datetime.fromtimestamp(_file().stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def is_alive(at: datetime) -> bool:
    """Whether the sweep came round lately enough."""
    latest = last()
    return latest is not None and at - latest <= LONGEST_SILENCE
