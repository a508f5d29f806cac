"""Whether the service can keep its promise now: both stores answer, keys rotate, the clock turns."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from touchbase.ops import heartbeat
from touchbase.vault import rotation

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Health:
    """What isn't well, by name: "database", "vault", "sweep". Never a count and never a program (C19)."""

    failing: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether everything is well."""
        return not self.failing


def check(*, at: datetime) -> Health:
    """Look at each part. A part that can't even be asked isn't well."""
    parts: tuple[tuple[str, Callable[[datetime], bool]], ...] = (
        ("database", _database),
        ("vault", _vault),
        ("sweep", heartbeat.is_alive),
    )
    return Health(tuple(name for name, is_well in parts if not _asked(name, is_well, at)))


def _asked(name: str, is_well: Callable[[datetime], bool], at: datetime) -> bool:
    try:
        return is_well(at)
    except Exception as error:  # noqa: BLE001 - whatever it is, this part isn't well
        logger.warning("health.unwell %s %s", name, type(error).__name__)
        return False


def _database(_at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM programs_program")
        return cursor.fetchone() is not None


def _vault(at: datetime) -> bool:
    """There is a key to seal with, and none that should be gone."""
    status = rotation.status(at=at)
    return status.live_epoch is not None and not status.overdue and not status.frozen
