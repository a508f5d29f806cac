"""How far the vault has come, as a number that the database keeps beside it (vault.md section 6).

Every few minutes the number goes up in the vault, then in the database, then the vault notes that both have
it. So a store that was put back from a copy is behind by its number, and one of another installation says so.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from touchbase.vault import clockguard, epochs, keys
from touchbase.vault.doors import door
from touchbase.vault.models import Epoch, EpochState, Mark, PutBack

__all__ = [
    "PutBack",
    "Stamp",
    "advance",
    "attest",
    "confirm",
    "note_put_back",
    "open_canary",
    "seal_canary",
    "settle",
    "stamp",
]

CANARY = b"a canary sings here"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which vault this is, and how far it has come."""

    installation: str
    generation: int
    pending: bool
    put_back: str  # a value of `PutBack`, or nothing
    attested: date | None


@door
def stamp() -> Stamp:
    """What the vault says of itself. A new one has no name yet, and begins with 0. Nothing is written."""
    mark = Mark.objects.first()
    if mark is None:
        return Stamp("", 0, pending=False, put_back="", attested=None)
    return Stamp(mark.installation, mark.generation, mark.pending, mark.put_back, mark.attested)


@door
def advance(*, at: datetime) -> int:
    """Go on by one. The number that the database gets next, before `settle`."""
    with transaction.atomic(using="vault"):
        clockguard.hold(at)
        Mark.objects.update(generation=F("generation") + 1, pending=True)
        return Mark.objects.values_list("generation", flat=True).get()


@door
def settle(*, generation: int) -> None:
    """The database has the number."""
    Mark.objects.filter(generation=generation).update(pending=False)


@door
def note_put_back(*, what: PutBack, at: datetime) -> None:
    """An operator puts a store back: from now on nothing is destroyed until somebody confirms it."""
    with transaction.atomic(using="vault"):
        mark = clockguard.hold(at)
        mark.put_back = what if mark.put_back in {"", what} else PutBack.BOTH
        mark.save(update_fields=["put_back"])


@door
def confirm(*, generation: int, at: datetime) -> None:
    """An operator says that both stores may go on from here, with this number."""
    with transaction.atomic(using="vault"):
        mark = clockguard.hold(at)
        mark.put_back, mark.generation, mark.pending = "", generation, True
        mark.save(update_fields=["put_back", "generation", "pending"])


@door
def attest(*, on: date, at: datetime) -> None:
    """An operator says that vault and root key are in no backup or image of the machine (ruling A7)."""
    with transaction.atomic(using="vault"):
        mark = clockguard.hold(at)
        mark.attested = on
        mark.save(update_fields=["attested"])


@door
def seal_canary(*, at: datetime) -> tuple[int, bytes]:
    """A text that nobody needs, sealed by the live epoch's key: the epoch's number, and what was sealed."""
    epoch = epochs.live(at)
    return epoch.n, keys.seal_canary(epoch.key, CANARY)


@door
def open_canary(*, epoch: int, sealed: bytes) -> bool:
    """Whether the canary of that epoch opens. False when the epoch's key is gone, as it should be in time."""
    row = Epoch.objects.filter(n=epoch).exclude(state=EpochState.DESTROYED).first()
    if row is None:
        return False
    key = epochs.key_of(row.provider_ref, bytes(row.wrapped_ek or b""))
    return keys.open_canary(key, sealed) == CANARY
