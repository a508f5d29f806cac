"""Copies of the two stores: made, tried out, and those of the vault gone within a day (vault.md section 3).

A copy of the database is safe to keep for years: what it holds of the erased opens for nobody. A copy of the
vault opens what was open when it was made, so there are two of them, which take turns, for less than a day.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from touchbase.ops import dumping, folders
from touchbase.ops.dumping import NotCopied, Store
from touchbase.referrals import restoring
from touchbase.vault import generations, trial
from touchbase.vault.trial import Tried

DATABASE, VAULT = Store("default"), Store("vault")
LONGEST = timedelta(hours=24)  # a copy of the vault is older than that only against the rule
_GOES_AT = LONGEST - timedelta(hours=1)  # so that a slow hour breaks no rule
EVERY = timedelta(hours=1)
_NAMES = ("copy-1", "copy-2")
_MADE = "made.json"


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """A copy of the database, and what it holds."""

    file: Path
    referrals: int
    sang: bool  # the canary in it opens with the keys of now


@dataclass(frozen=True, slots=True)
class VaultCopy:
    """A copy of the vault that lies there."""

    folder: Path
    made: datetime

    @property
    def store(self) -> Path:
        """The key store's own file."""
        return self.folder / f"vault.{VAULT.ending}"


def back_up_database(*, to: Path, at: datetime) -> DatabaseCopy:
    """Copy the database into a folder, try the copy, and only then give it its name."""
    _refuse_beside_keys(to)
    restoring.refuse_unconfirmed()
    restoring.keep_pace(at)
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = to / f"touchbase-{at:%Y%m%d-%H%M%S}.{DATABASE.ending}"
    part = to / f".{file.name}.part"
    part.unlink(missing_ok=True)
    try:
        dumping.dump(DATABASE, part)
        tried = try_database(part)
        if not tried.sang:
            raise NotCopied("The copy was made, and what is sealed in it doesn't open. Run: touchbase doctor")
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return DatabaseCopy(file, tried.referrals, tried.sang)


def try_database(file: Path) -> DatabaseCopy:
    """Open a copy of the database in a temporary place: how many referrals, and whether its canary sings."""
    with temporary() as place, dumping.opened(DATABASE, file, place) as copy:
        ((referrals,),) = copy.rows("SELECT count(*) FROM referrals_referral")
        (witness,) = copy.rows("SELECT epoch, sealed FROM referrals_witness") or [(0, b"")]
        epoch, sealed = witness
        return DatabaseCopy(file, referrals, generations.open_canary(epoch=epoch, sealed=bytes(sealed)))


def back_up_vault(*, at: datetime) -> tuple[VaultCopy, Tried]:
    """Copy the vault over the older of its two copies, once the new one was tried."""
    restoring.refuse_unconfirmed()
    where = _place()
    new = where / ".copy-new"
    wipe(new)
    restoring.keep_pace(at)
    try:
        write_vault(new, at)
        tried = try_vault(VaultCopy(new, at))
        if not tried.ok:
            raise NotCopied("The copy of the vault was made, and doesn't open. Run: touchbase doctor")
        target = where / _oldest()
        wipe(target)
        new.rename(target)
    finally:
        wipe(new)
    return VaultCopy(target, at), tried


def _place() -> Path:
    where: Path | None = settings.VAULT_COPIES
    if where is None:
        raise NotCopied(
            "Say where copies of the vault go: set TOUCHBASE_VAULT_COPIES to a folder on another disk that "
            "no backup of the machine holds."
        )
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    return where


def write_vault(folder: Path, at: datetime) -> None:
    """Write a copy into a folder that isn't there yet.

    The store before the files: of an epoch that begins in between there is one file too many, and no key.
    """
    folder.mkdir(mode=0o700)
    copy = VaultCopy(folder, at)
    dumping.dump(VAULT, copy.store)
    provider = folder / "provider"
    provider.mkdir(mode=0o700)
    for key in sorted((settings.VAULT_DIR / "provider").glob("epoch-*.key")):
        shutil.copyfile(key, provider / key.name)
        (provider / key.name).chmod(0o600)
    (folder / _MADE).write_text(json.dumps({"made": at.isoformat(timespec="minutes")}))


def try_vault(copy: VaultCopy) -> Tried:
    """Open a copy of the vault in a temporary place, with its own key files."""
    with temporary() as place, dumping.opened(VAULT, copy.store, place) as found:
        return trial.try_copy(
            folder=copy.folder,
            epochs=found.rows(
                "SELECT n, provider_ref, wrapped_ek FROM vault_epoch WHERE wrapped_ek IS NOT NULL"
            ),
            rows=found.rows("SELECT handle, program, epoch_id, wrapped FROM vault_key"),
            canary=restoring.canary(),
        )


def handles_in(copy: VaultCopy) -> set[str]:
    """Who has a key in a copy of the vault."""
    with temporary() as place, dumping.opened(VAULT, copy.store, place) as found:
        return {handle for (handle,) in found.rows("SELECT handle FROM vault_key")}


def vault_copies() -> list[VaultCopy]:
    """The copies of the vault that lie there, the newest first."""
    where: Path | None = settings.VAULT_COPIES
    found = [where / name for name in _NAMES if (where / name / _MADE).exists()] if where else []
    return sorted((VaultCopy(each, _made(each)) for each in found), key=lambda copy: copy.made, reverse=True)


def _made(folder: Path) -> datetime:
    return datetime.fromisoformat(json.loads((folder / _MADE).read_text())["made"])


def _oldest() -> str:
    made = {copy.folder.name: copy.made for copy in vault_copies()}
    free = [name for name in _NAMES if name not in made]
    return free[0] if free else min(made, key=lambda name: made[name])


def keep_up(at: datetime) -> None:
    """One turn of the clock: drop what is nearly a day old, and make a new copy once an hour."""
    if settings.VAULT_COPIES is None:
        return
    for copy in vault_copies():
        if at - copy.made >= _GOES_AT:
            wipe(copy.folder)
    newest = next(iter(vault_copies()), None)
    if newest is None or at - newest.made >= EVERY:
        back_up_vault(at=at)


def wipe(folder: Path) -> None:
    """Write over every file of a copy, then delete it."""
    if not folder.exists():
        return
    for file in (path for path in folder.rglob("*") if path.is_file()):
        dumping.write_over(file)
    shutil.rmtree(folder)


def _refuse_beside_keys(to: Path) -> None:
    here, target = folders.here(), to.absolute()
    keys = [here.vault, here.root_key.parent, *([here.copies] if here.copies else [])]
    if any(target.is_relative_to(part) for part in keys):
        raise NotCopied(f"{to} lies with the keys: one copy would hold both. Name another folder.")


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder of nobody else's that goes away."""
    with TemporaryDirectory(prefix="touchbase-try-") as place:
        yield Path(place)
