"""How the vault is: what `touchbase doctor`, `/healthz` and the trust page say. Nothing is written."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min

from touchbase.vault import clockguard, epochs
from touchbase.vault.errors import Unavailable
from touchbase.vault.models import Buried, Epoch, EpochState, Key, Mark, Receipt
from touchbase.vault.providers.protocol import KeyGone

_HOUR = timedelta(hours=1)
WINDOW = epochs.LENGTH + epochs.GRACE
LATE = _HOUR  # a rotation may be some minutes behind without breaking a promise made in hours


@dataclass(frozen=True, slots=True)
class Status:
    """The vault at a moment: numbers of epochs, never of people.

    `window_hours` is how long after erasing a copy of both stores, with every key that still exists, can open
    what was erased, at most. None while an epoch that should be gone isn't: then nothing can be promised.
    """

    tier: int
    live_epoch: int | None  # None before the first
    epochs: int  # whose keys still exist
    oldest_key_epoch: int | None  # that still holds referrals' keys
    last_rotation: datetime | None
    last_destroyed: str  # a day, or nothing before the first
    window_hours: int | None
    overdue: int  # epochs whose keys should be gone
    frozen: bool  # the clock can't be believed: nothing is destroyed
    readable: bool  # the provider gives every epoch's key
    within_reach: int  # erased ones that a copy of the key store, if anybody kept one, would still open
    put_back: str  # which store an operator put back and nobody has confirmed; then nothing is destroyed
    attested: date | None  # when an operator last said that no backup of the machine holds the keys


def now(at: datetime) -> Status:
    """How the vault is at `at`."""
    time = clockguard.glance(at)
    rows = list(Epoch.objects.exclude(state=EpochState.DESTROYED).order_by("n"))
    live = next((row for row in rows if row.state == EpochState.LIVE), None)
    overdue = sum(row.ends_at + epochs.GRACE + LATE < time.now for row in rows)
    receipt = Receipt.objects.order_by("n").last()
    mark = Mark.objects.first()
    return Status(
        tier=epochs.provider().tier,
        live_epoch=live.n if live else None,
        epochs=len(rows),
        oldest_key_epoch=Key.objects.aggregate(first=Min("epoch_id"))["first"],
        last_rotation=live.ends_at - epochs.LENGTH if live else None,
        last_destroyed=receipt.destroyed_day.isoformat() if receipt else "",
        window_hours=None if overdue else WINDOW // _HOUR,
        overdue=overdue,
        frozen=time.frozen,
        readable=all(_readable(row) for row in rows),
        within_reach=Buried.objects.filter(epoch__in=[row.n for row in rows]).count(),
        put_back=mark.put_back if mark else "",
        attested=mark.attested if mark else None,
    )


def _readable(row: Epoch) -> bool:
    """Whether the provider still gives the epoch's key: asked anew, not from memory."""
    try:
        epochs.provider().unwrap(row.provider_ref, bytes(row.wrapped_ek or b""))
    except (KeyGone, Unavailable, OSError):
        return False
    return True
