"""What the system may do with the memory of a process that holds keys: dump it, show it, swap it out.

Keys and what they open lie in memory in plain while a page is made (vault.md sections 4 and 7). A core dump,
another process of the same user or a swap file would carry them out of it, past every rotation.
"""

import ctypes
import logging
import os
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)
SWAPS = Path("/proc/swaps")

_PR_SET_DUMPABLE = 4  # linux/prctl.h
# sys/mman.h: what is there and what will come, but each page only when it is first used. Otherwise what
# was ever set aside (eight megabytes for each thread) would become resident.
_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4


class Keeper(StrEnum):
    """The processes that hold keys for long."""

    SERVER = "serve"
    SWEEP = "sweep"


@dataclass(frozen=True, slots=True)
class Hardened:
    """What the system agreed to."""

    undumped: bool
    unseen: bool
    locked: bool


def harden(keeper: Keeper) -> Hardened:
    """Close this process's memory as far as the system allows, and say in the log what it didn't allow.

    Never fails: a server that doesn't start protects nobody. `touchbase doctor` finds the process by its
    note.
    """
    done = Hardened(_without_core(), _unseen(), _locked())
    if not (done.undumped and done.unseen):
        log.warning("hardening.memory_can_be_read %s", keeper.value)
    if not done.locked:
        log.warning("hardening.memory_not_locked %s", keeper.value)
    try:
        _note(keeper).write_text(str(os.getpid()))
    except OSError as error:
        log.warning("hardening.not_noted %s %s", keeper.value, type(error).__name__)
    return done


def _without_core() -> bool:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _unseen() -> bool:
    """No other process of this user may read or trace it.

    Nor is it dumped, also where dumps go into a pipe, which takes no notice of the limit.
    """
    return _asked("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)


def _locked() -> bool:
    """Kept out of swap, where nothing limits how much may be: no limit, or a right beside which none counts.

    Under a limit it might be locked now, and an allocation an hour later be refused.
    """
    try:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        return _locked_by_right()
    return _lock_all()


def _locked_by_right() -> bool:
    """Ask while the limit is nothing at all: who is allowed then has CAP_IPC_LOCK, and no limit counts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    try:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, hard))
        locked = _lock_all()
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (soft, hard))
    except (OSError, ValueError):
        return False
    return locked


def _lock_all() -> bool:
    return _asked("mlockall", _MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT)


def _asked(function: str, *numbers: int) -> bool:
    """Whether a function of the system, where it has it, did what it was asked for."""
    try:
        found = getattr(ctypes.CDLL(None), function)
    except (AttributeError, OSError):
        return False
    return bool(found(*(ctypes.c_ulong(number) for number in numbers)) == 0)


# ------------------------------------------------------------------------------------ what the doctor asks


def swap_finding() -> tuple[bool, str]:
    """Whether all is well with swap, and a sentence: is it on, and could a running keeper of keys be in it.

    Not well is something to look at: swap that is encrypted with a passing key gives nothing away.
    """
    if not _swap_is_on():
        return True, "This machine swaps no memory to a disk."
    running = list(_running())
    if not running:
        return False, "Swap is on, and no process runs that would lock its memory."
    exposed = [keeper.value for keeper, process in running if not _is_kept_out(process)]
    if exposed:
        said = f"Swap is on, and the memory of {' and '.join(exposed)} isn't locked: keys may lie on a disk."
        return False, f"{said} Let the unit set LimitMEMLOCK=infinity or MemorySwapMax=0."
    return True, "Swap is on; the memory of whatever holds keys is kept out of it."


def _swap_is_on() -> bool:
    """Whether the machine has any: a head, then a line for each place. Unreadable counts as on."""
    try:
        return len(SWAPS.read_text().splitlines()) > 1
    except OSError:
        return True


def _running() -> Iterator[tuple[Keeper, Path]]:
    """Each keeper of this installation that runs, and what the system tells about it."""
    for keeper in Keeper:
        try:
            process = Path("/proc", str(int(_note(keeper).read_text())))
        except (OSError, ValueError):
            continue
        if (process / "status").exists():
            yield keeper, process


def _is_kept_out(process: Path) -> bool:
    """Whether a process has locked memory, or is in a group that may not swap."""
    lines = (process / "status").read_text().splitlines()
    locked = next((int(line.split()[1]) for line in lines if line.startswith("VmLck:")), 0)
    return locked > 0 or _may_not_swap(process)


def _may_not_swap(process: Path, groups: Path = Path("/sys/fs/cgroup")) -> bool:
    """`MemorySwapMax=0` of a systemd unit, or of a group above it, as the kernel keeps it."""
    try:
        here = (process / "cgroup").read_text().rsplit("::", 1)[1].strip().lstrip("/")
    except (OSError, IndexError):
        return False
    own = groups / here
    return any(_is_zero(folder / "memory.swap.max") for folder in (own, *own.parents))


def _is_zero(limit: Path) -> bool:
    try:
        return limit.read_text().strip() == "0"
    except OSError:
        return False


def _note(keeper: Keeper) -> Path:
    return Path(settings.DATA_DIR) / f"{keeper.value}.pid"
