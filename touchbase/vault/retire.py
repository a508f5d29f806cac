"""Destroying the keys of epochs whose time is over. Private to the vault.

The order is what a crash can't hurt: the provider's key goes first and is seen to be gone, then the row says
so. A process that is killed in between leaves a retiring epoch that the next one finishes.
"""

import logging
from datetime import datetime

from django.db import transaction

from touchbase.vault import epochs
from touchbase.vault.errors import Unavailable
from touchbase.vault.models import Epoch, EpochState, Key, Receipt
from touchbase.vault.providers.protocol import KeyGone

logger = logging.getLogger("touchbase.vault")


def destroy_due(now: datetime) -> tuple[int, ...]:
    """Destroy every retired epoch whose grace is over and that holds no key. Their numbers."""
    due = Epoch.objects.filter(state=EpochState.RETIRING, ends_at__lte=now - epochs.GRACE)
    return tuple(n for n in due.order_by("n").values_list("n", flat=True) if _destroyed(n, now))


def _destroyed(n: int, now: datetime) -> bool:
    """Whether this call destroyed it. A provider that doesn't let go is asked again next time."""
    try:
        with transaction.atomic(using="vault"):
            return _destroy(n, now)
    except (Unavailable, OSError) as failure:
        logger.error("vault.epoch_not_destroyed epoch=%s %s", n, type(failure).__name__)
        return False


def _destroy(n: int, now: datetime) -> bool:
    waiting = Epoch.objects.select_for_update(skip_locked=True).filter(n=n, state=EpochState.RETIRING)
    epoch = waiting.first()
    if epoch is None or epoch.wrapped_ek is None or Key.objects.filter(epoch_id=n).exists():
        return False
    epochs.provider().destroy(epoch.provider_ref)
    _prove_gone(epoch.provider_ref, bytes(epoch.wrapped_ek))
    Receipt.objects.create(n=n, rows=epoch.carried, destroyed_day=now.date())
    Epoch.objects.filter(n=n).update(state=EpochState.DESTROYED, wrapped_ek=None)
    return True


def _prove_gone(ref: str, wrapped: bytes) -> None:
    """Try to unwrap: it must fail for want of a key, not because nobody answers. Raises `Unavailable`."""
    epochs.forget(wrapped)
    try:
        epochs.provider().unwrap(ref, wrapped)
    except KeyGone:
        return
    raise Unavailable
