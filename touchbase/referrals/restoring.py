"""After a store was put back from a copy: noticing it, saying what became of whom, and going on (ruling F19).

While nobody has confirmed it nothing is sent, closed or destroyed. What came apart is told by comparing rows
with keys: a row without a key was erased since, unless the vault is the older of the two; a key without a row
came in since.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from touchbase.kernel.errors import DomainError
from touchbase.notifications import outbox
from touchbase.referrals import erasing, rows
from touchbase.referrals.models import Referral, Tombstone, Witness
from touchbase.vault import generations, store
from touchbase.vault.generations import PutBack, Stamp


class Apart(StrEnum):
    """How the two stores lie to each other."""

    TOGETHER = "together"
    DATABASE_OLDER = "database older"
    VAULT_OLDER = "vault older"
    OTHER_VAULT = "other vault"  # of another installation, or a new one in place of the one that was lost
    DATABASE = "database put back"  # an operator did it by the command, and the numbers happen to fit
    VAULT = "vault put back"
    BOTH = "both put back"


_ORDERED = {PutBack.DATABASE: Apart.DATABASE, PutBack.VAULT: Apart.VAULT, PutBack.BOTH: Apart.BOTH}
_ROWS_ARE_OLD = frozenset({Apart.DATABASE_OLDER, Apart.DATABASE, Apart.BOTH})
_KEYS_ARE_OLD = frozenset({Apart.VAULT_OLDER, Apart.VAULT, Apart.BOTH})


class PutBackUnconfirmed(DomainError):
    """A store was put back, and nobody has said yet that the service may go on."""

    code = "put-back"

    def __init__(self) -> None:
        super().__init__(
            "A store was put back from a copy. Nothing is sent, closed or destroyed until that is confirmed. "
            "Run: touchbase reconcile"
        )


class AnotherVault(DomainError):
    """The vault doesn't belong to this database."""

    code = "another-vault"

    def __init__(self) -> None:
        super().__init__(
            "This vault isn't the one this database goes with. Put the right one back. If it is lost for "
            "good, what was open can't be read any more: then run touchbase reconcile --confirm --new-vault"
        )


@dataclass(frozen=True, slots=True)
class Findings:
    """What became of whom, as sums. Nothing was changed to find it out."""

    apart: Apart
    erased_since: int  # rows whose key is gone because somebody was erased: they go
    lost: int  # rows whose key is gone because the vault is older: they must be asked for again
    back: int  # keys of somebody who was erased: they are destroyed again
    without_row: int  # keys of somebody who came in since: kept until this is confirmed
    open: int  # rows with their key
    unsure: int  # of these, how many the desk has to look at, since the rows are old

    @property
    def together(self) -> bool:
        """Whether nothing was put back."""
        return self.apart is Apart.TOGETHER


@dataclass(frozen=True, slots=True)
class _Compared:
    """Handles, by what is to become of them."""

    gone: frozenset[str]
    lost: frozenset[str]
    back: frozenset[str]
    without_row: frozenset[str]
    open: frozenset[str]


def apart() -> Apart:
    """How the stores lie to each other now. Raises the vault's `Unavailable`.

    A database without a witness is new, or of before there were any; then the vault must be, too.
    """
    mark, witness = _read()
    if mark.put_back:
        return _ORDERED[PutBack(mark.put_back)]
    if witness is None:
        return Apart.DATABASE_OLDER if mark.generation else Apart.TOGETHER
    if witness.installation != mark.installation:
        return Apart.OTHER_VAULT
    if witness.generation > mark.generation:
        return Apart.VAULT_OLDER
    behind = mark.generation - witness.generation
    follows = behind == 0 or (behind == 1 and mark.pending)
    return Apart.TOGETHER if follows else Apart.DATABASE_OLDER


def _read() -> tuple[Stamp, Witness | None]:
    """Both numbers of one moment: another process may be going on with them between the two."""
    mark = generations.stamp()
    while True:
        witness = Witness.objects.first()
        again = generations.stamp()
        if (again.generation, again.pending) == (mark.generation, mark.pending):
            return mark, witness
        mark = again


def refuse_unconfirmed() -> None:
    """Raise `PutBackUnconfirmed` while the stores are apart."""
    if apart() is not Apart.TOGETHER:
        raise PutBackUnconfirmed


def keep_pace(at: datetime) -> None:
    """Go on by one in both stores. Call it only while they are together."""
    generation = generations.advance(at=at)
    _witness(generations.stamp().installation, generation, at)


def _witness(installation: str, generation: int, at: datetime) -> None:
    epoch, sealed = generations.seal_canary(at=at)
    with transaction.atomic():
        row = Witness.objects.select_for_update().first()
        if row is None or row.generation < generation or row.installation != installation:
            Witness.objects.update_or_create(
                only=1,
                defaults={
                    "installation": installation, "generation": generation, "epoch": epoch, "sealed": sealed
                },
            )  # fmt: skip
    generations.settle(generation=generation)


def canary() -> tuple[int, bytes]:
    """The epoch and the sealed text by which a copy of both stores is tried. Epoch 0 before the first."""
    witness = Witness.objects.first()
    return (witness.epoch, bytes(witness.sealed)) if witness else (0, b"")


def look() -> Findings:
    """Compare the stores. Nothing is changed, and nobody is named."""
    how = apart()
    found = _compare(how)
    return Findings(
        apart=how,
        erased_since=len(found.gone),
        lost=len(found.lost),
        back=len(found.back),
        without_row=len(found.without_row),
        open=len(found.open),
        unsure=len(found.open) if how in _ROWS_ARE_OLD else 0,
    )


def _compare(how: Apart) -> _Compared:
    known, keyed = frozenset(rows.all_handles()), frozenset(store.handles())
    buried = frozenset(Tombstone.objects.values_list("handle", flat=True)) | store.buried()
    keyless = known - keyed
    # While the vault is the older one, a missing key says nothing of erasing, but a tombstone does.
    erased = keyless if how not in _KEYS_ARE_OLD | {Apart.OTHER_VAULT} else keyless & buried
    return _Compared(
        gone=erased,
        lost=keyless - erased,
        back=keyed & buried,
        without_row=keyed - known - buried,
        open=(known & keyed) - buried,
    )


def confirm(at: datetime, *, new_vault: bool = False) -> Findings:
    """Do what was found, and go on from here. Safe to repeat after it was cut off.

    Raises `AnotherVault` unless the operator says that the right one is lost for good.
    """
    found = look()
    if found.together:
        return found
    if found.apart is Apart.OTHER_VAULT and not new_vault:
        raise AnotherVault
    compared = _compare(found.apart)
    for handle in sorted(compared.back):
        store.destroy_again(handle=handle, at=at)
    for handle in sorted(compared.gone | (compared.back & frozenset(rows.all_handles()))):
        erasing.bury(handle=handle, at=at)
    if found.apart in _ROWS_ARE_OLD:
        _leave_to_the_desk()
    _go_on(at)
    return found


def _leave_to_the_desk() -> None:
    """Rows of a copy: where each has come is unknown, and what waited to be sent may have been sent."""
    with transaction.atomic():
        outbox.drop_all()
        Referral.objects.update(unsure=True)


def _go_on(at: datetime) -> None:
    """One number for both that neither had."""
    mark, witness = _read()
    generation = max(mark.generation, witness.generation if witness else 0) + 1
    generations.confirm(generation=generation, at=at)
    # Cut off here, either the numbers follow each other as after every step, or all of this is done again.
    _witness(generations.stamp().installation, generation, at)


def is_unsure(*, handle: str) -> bool:
    """Whether the desk has yet to look at a referral."""
    return Referral.objects.filter(handle=handle, unsure=True).exists()


def looked_at(*, handle: str) -> bool:
    """The desk has looked: it goes on from where its row says it is. Whether it waited for that."""
    return Referral.objects.filter(handle=handle, unsure=True).update(unsure=False) > 0
