"""Moments and letters for the tests of the outbox."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.canary import FINCH
from touchbase.notifications import outbox
from touchbase.notifications.outbox import Delivered, Due, Letter

NOON = datetime(2026, 5, 14, 16, 10, tzinfo=UTC)  # ten past twelve at the program
MINUTE = timedelta(minutes=1)


def letter(due: Due) -> Letter:
    """Something to send, to a recipient or to staff."""
    if due.handle:
        return Letter(FINCH.email, "Touching base", f"Hi {FINCH.name}")
    return Letter("robin@example.org", "Touchbase: something is waiting", "Hi")


def deliver(at: datetime = NOON, compose: Any = letter, **more: Any) -> Delivered:
    """One round of sending."""
    return outbox.deliver_due(compose=compose, at=at, **more)
