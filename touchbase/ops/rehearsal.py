"""A restore for practice: both stores are copied and opened together in a temporary place that goes away."""

from dataclasses import dataclass
from datetime import datetime

from touchbase.ops import copies, dumping
from touchbase.ops.copies import DATABASE, VaultCopy
from touchbase.referrals import restoring


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a restore would bring back."""

    referrals: int
    keys: int
    lost: int  # keys, or epochs, that don't open
    without_key: int  # referrals whose key isn't in the vault's copy
    ok: bool


def rehearse(*, at: datetime) -> Rehearsed:
    """Copy, open, compare. The real stores are read and nothing else. Raises `NotCopied`."""
    restoring.refuse_unconfirmed()
    restoring.keep_pace(at)
    with copies.temporary() as place:
        file, folder = place / f"database.{DATABASE.ending}", place / "vault"
        # The vault second: who comes in between has a key without a row, never a row without a key.
        dumping.dump(DATABASE, file)
        copies.write_vault(folder, at)
        try:
            tried = copies.try_vault(VaultCopy(folder, at))
            with dumping.opened(DATABASE, file, place) as copy:
                known = {handle for (handle,) in copy.rows("SELECT handle FROM referrals_referral")}
            keyed = copies.handles_in(VaultCopy(folder, at))
        finally:
            copies.wipe(folder)
    without = len(known - keyed)
    return Rehearsed(
        referrals=len(known),
        keys=tried.keys,
        lost=tried.lost + tried.broken,
        without_key=without,
        ok=tried.ok and not without,
    )
