"""By when nobody can read what was erased: what this installation can really keep, and why not if it can't.

The public promise says a number only while every reason for it holds (vault.md section 2, ruling A7).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import DatabaseError

from touchbase.kernel.errors import Unavailable
from touchbase.ops import copies
from touchbase.referrals import restoring
from touchbase.referrals.restoring import Apart
from touchbase.vault import rotation
from touchbase.vault.rotation import Status

ATTESTED_FOR = timedelta(days=366)


class Doubt(StrEnum):
    """Why no number is claimed."""

    AWAY = "away"  # the key store doesn't answer
    OVERDUE = "overdue"  # a key that should be gone is still there
    UNREADABLE = "unreadable"
    CLOCK = "clock"
    PUT_BACK = "put back"
    OLD_COPY = "old copy"
    NOT_ATTESTED = "not attested"


@dataclass(frozen=True, slots=True)
class Window:
    """How many hours after erasing nothing is readable any more. None while that can't be said."""

    hours: int | None
    doubts: tuple[Doubt, ...]


def now(at: datetime) -> Window:
    """What can be claimed at `at`. Never raises: what can't be asked can't be claimed."""
    try:
        status = rotation.status(at=at)
        doubts = [doubt for doubt, is_so in _reasons(status, at) if is_so]
    except (Unavailable, DatabaseError, OSError):
        return Window(None, (Doubt.AWAY,))
    return Window(None if doubts else status.window_hours, tuple(doubts))


def _reasons(status: Status, at: datetime) -> tuple[tuple[Doubt, bool], ...]:
    return (
        (Doubt.OVERDUE, status.window_hours is None),
        (Doubt.UNREADABLE, not status.readable),
        (Doubt.CLOCK, status.frozen),
        (Doubt.PUT_BACK, restoring.apart() is not Apart.TOGETHER),
        (Doubt.OLD_COPY, any(at - copy.made > copies.LONGEST for copy in copies.vault_copies())),
        (Doubt.NOT_ATTESTED, not is_attested(status, at)),
    )


def is_attested(status: Status, at: datetime) -> bool:
    """Whether an operator has said within a year that no backup of the machine holds the keys."""
    return status.attested is not None and at.date() - status.attested <= ATTESTED_FOR
