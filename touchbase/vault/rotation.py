"""The operator's door to the vault: make it ready, rotate it, ask how it is."""

import os
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from touchbase.vault import clockguard, epochs, erasing, retire, rewrap, scrub
from touchbase.vault import status as state
from touchbase.vault.doors import door
from touchbase.vault.models import Mark
from touchbase.vault.providers import file
from touchbase.vault.status import Status

__all__ = ["Report", "Status", "accept_clock", "prepare", "rotate", "status"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a rotation did: numbers of epochs and of keys."""

    live_epoch: int
    began: bool  # it began now
    carried: int  # keys that were moved to it
    destroyed: tuple[int, ...]  # epochs whose keys are gone for good
    left: int  # keys that couldn't be moved, and hold their epoch
    frozen: bool  # nothing was destroyed, since the clock can't be believed
    put_back: bool  # nothing was destroyed, since a store was put back and nobody has confirmed it
    now: datetime  # the moment to go by, whatever the clock says


@door
def rotate(*, at: datetime, early: bool = False) -> Report:
    """Begin an epoch if one is due, or `early`; move every key to it; destroy what has been over for a day.

    Safe to run at any time, by any number of processes, and again after one was killed. Raises `Unavailable`.
    """
    time = clockguard.look(at)
    began = epochs.open_next(time.now, early=early)
    carried = rewrap.carry_all(time.now)
    put_back = Mark.objects.exclude(put_back="").exists()
    halted = time.frozen or put_back
    destroyed = () if halted else retire.destroy_due(time.now)
    if not halted:
        erasing.clear_buried(time.now)
    if carried or destroyed:
        scrub.when_committed()
    live = epochs.live(time.now).n
    return Report(
        live, began is not None, carried, destroyed, rewrap.left(live), time.frozen, put_back, time.now
    )


@door
def status(*, at: datetime) -> Status:
    """How the vault is. Raises `Unavailable` when its store can't be reached."""
    return state.now(at)


@door
def accept_clock(*, at: datetime) -> None:
    """An operator says that the machine's clock is right, after it was set by more than a few minutes."""
    clockguard.accept(at)


@door
def prepare() -> None:
    """Make the vault's folders and root key, if there are none. What is there stays as it is."""
    file.prepare(vault=settings.VAULT_DIR, root_file=settings.ROOT_KEY_FILE)
    database = settings.DATABASES["vault"]
    if database["ENGINE"].endswith("sqlite3"):
        # SQLite gives its log the rights of the file beside it.
        os.close(os.open(database["NAME"], os.O_RDWR | os.O_CREAT, 0o600))
