"""Real processes for the vault's tests: some are killed in the middle, some run at the same time."""

import os
import signal
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connections

from tests.vault.cuts import Cuts
from touchbase.vault import epochs, rotation
from touchbase.vault.models import Buried, Epoch, Key, Mark, Pool, Receipt, Taken


def empty(settings: Any, folder: Path) -> None:
    """An installation before its first referral, with provider and root key of its own."""
    for model in (Key, Epoch, Receipt, Pool, Buried, Mark, Taken):
        model.objects.all().delete()
    epochs._held.clear()
    settings.VAULT_DIR, settings.ROOT_KEY_FILE = folder / "vault", folder / "root.key"
    rotation.prepare()


def killed_before(write: int, act: Callable[[], object]) -> bool:
    """Do it in a process of its own that is killed just before its nth write. False when it got through."""

    def until_killed() -> None:
        Cuts().arm(kill_before=write)
        act()

    _, how = os.waitpid(child(until_killed), 0)
    if os.WIFSIGNALED(how):
        return os.WTERMSIG(how) == signal.SIGKILL
    if os.WEXITSTATUS(how):
        raise AssertionError("the process failed by itself")
    return False


def at_once(*acts: Callable[[], object]) -> list[int]:
    """Do all of it at the same time, each in a process of its own. Their exit codes."""
    ready, go = os.pipe()

    def begin(act: Callable[[], object]) -> None:
        os.close(go)
        os.read(ready, 1)  # until the starter lets go
        act()

    numbers = [child(partial(begin, act)) for act in acts]
    os.close(ready)
    os.close(go)
    return [os.WEXITSTATUS(os.waitpid(number, 0)[1]) for number in numbers]


def child(act: Callable[[], object]) -> int:
    """Do it in a process of its own. Its number."""
    connections.close_all()
    with warnings.catch_warnings():
        # Newer Pythons warn of other threads; those of the test runner hold nothing of ours.
        warnings.simplefilter("ignore", DeprecationWarning)
        number = os.fork()
    if not number:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return number


def provider_files(settings: Any) -> list[str]:
    """Everything in the provider's folder, also what begins with a dot."""
    return sorted(path.name for path in (settings.VAULT_DIR / "provider").iterdir())


def names_of_living_epochs(rows: Iterable[Epoch]) -> list[str]:
    """The files that should be there."""
    return sorted(f"{row.provider_ref}.key" for row in rows if row.wrapped_ek is not None)
