"""Putting a store back from a copy (vault.md section 3): tried first, then whole or not at all.

From then on nothing is sent, closed or destroyed until an operator has read what became of whom and confirmed
it (`touchbase reconcile`).
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from touchbase.ops import copies, dumping, heartbeat, preparing, serving
from touchbase.ops.copies import DATABASE, VAULT, DatabaseCopy, VaultCopy
from touchbase.ops.dumping import NotCopied
from touchbase.vault import generations
from touchbase.vault.generations import PutBack
from touchbase.vault.trial import Tried


def database(file: Path, *, at: datetime) -> DatabaseCopy:
    """Put the database back. What it says of itself is believed, and nothing of it acts until confirmed."""
    _refuse_while_running(at)
    generations.stamp()  # without the vault it couldn't be noted that this waits for a confirmation
    if not file.is_file():
        raise NotCopied(f"{file} isn't a file. Name one that `touchbase backup db` made.")
    tried = copies.try_database(file)
    generations.note_put_back(what=PutBack.DATABASE, at=at)
    dumping.put_back(DATABASE, file)
    _make_current("default")
    return tried


def vault(folder: Path, *, at: datetime) -> Tried:
    """Put the vault back, key files and all. Raises `NotCopied` for a copy that doesn't open here.

    Keys made since the copy are lost with this: whoever came in since must be asked again.
    """
    _refuse_while_running(at)
    copy = VaultCopy(folder, at)
    if not copy.store.is_file():
        raise NotCopied(
            f"{folder} isn't a copy of the vault. Name a folder that `touchbase backup vault` made."
        )
    tried = copies.try_vault(copy)
    if tried.broken or tried.lost:
        raise NotCopied(f"{folder} doesn't open with the root key of here. Nothing was changed.")
    dumping.put_back(VAULT, copy.store)
    _put_back_keys(folder / "provider", settings.VAULT_DIR / "provider")
    _make_current("vault")
    generations.note_put_back(what=PutBack.VAULT, at=at)
    return tried


def _put_back_keys(came_from: Path, to: Path) -> None:
    """The copy's key files. One of the same name that is there goes with the store that went."""
    for key in sorted(came_from.glob("epoch-*.key")):
        new = to / f".{key.name}.new"
        shutil.copyfile(key, new)
        new.chmod(0o600)
        new.rename(to / key.name)
    folder = os.open(to, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _make_current(alias: str) -> None:
    """A copy may be of an earlier version."""
    connections[alias].close()
    preparing.migrate(alias)


def _refuse_while_running(at: datetime) -> None:
    """Whoever serves has the stores open, and would go on with the old ones."""
    if heartbeat.is_alive(at):
        raise NotCopied("Touchbase still runs, or did within two minutes. Stop it, wait, and do this again.")
    serving.refuse_if_taken(settings.BIND, settings.PORT)
