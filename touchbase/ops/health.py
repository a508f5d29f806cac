"""Whether the service can keep its promise now: stores take writes, keys open, clock turns, mail leaves."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import DatabaseError, connections, transaction

from touchbase.kernel.errors import Unavailable
from touchbase.ops import heartbeat, mailing
from touchbase.referrals import restoring
from touchbase.referrals.restoring import Apart
from touchbase.vault import rotation

logger = logging.getLogger(__name__)

# A full disk still reads. So a row that every store has is changed and changed back in one transaction, at
# most once in so many seconds: anybody may ask for health, and each write is synced to the disk.
WRITTEN_SECONDS = 2.0
_THERE_AND_BACK = tuple(
    f"UPDATE django_migrations SET app = {value} WHERE id = (SELECT MIN(id) FROM django_migrations)"  # noqa: S608
    for value in ("app || '.'", "SUBSTR(app, 1, LENGTH(app) - 1)")
)
_written: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Health:
    """What isn't well, by its name in `check`. Never a count and never a program (C19)."""

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
        ("together", _together),
        ("sweep", heartbeat.is_alive),
        ("mail", lambda _at: not mailing.is_away()),
    )
    return Health(tuple(name for name, is_well in parts if not _asked(name, is_well, at)))


def _asked(name: str, is_well: Callable[[datetime], bool], at: datetime) -> bool:
    try:
        return is_well(at)
    except Exception as error:  # noqa: BLE001 - whatever it is, this part isn't well
        logger.warning("health.unwell %s %s", name, type(error).__name__)
        return False


def _database(_at: datetime) -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM programs_program")
        return cursor.fetchone() is not None and _takes_writes("default")


def _vault(at: datetime) -> bool:
    """There is a key to seal with, every key can be read, and none is left that should be gone."""
    status = rotation.status(at=at)
    kept = status.live_epoch is not None and status.readable
    return kept and not status.overdue and not status.frozen and _takes_writes("vault")


def _together(_at: datetime) -> bool:
    """Whether neither store was put back. A store that can't be asked is said as that, not as this."""
    try:
        return restoring.apart() is Apart.TOGETHER
    except (Unavailable, DatabaseError):
        return True


def _takes_writes(alias: str) -> bool:
    """Whether a store takes a write. Raises what the store says if it doesn't."""
    if monotonic() - _written.get(alias, -WRITTEN_SECONDS) >= WRITTEN_SECONDS:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for change in _THERE_AND_BACK:
                cursor.execute(change)
        _written[alias] = monotonic()
    return True
