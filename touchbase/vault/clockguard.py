"""Whether the machine's clock can be trusted: nothing ends early because a clock jumped (vault.md 6, ruling B31)."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from touchbase.kernel import clock
from touchbase.kernel.ids import new_id
from touchbase.vault.models import Mark

DRIFT = timedelta(minutes=5)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Reading:
    """The wall clock and the time since the machine started, at one moment."""

    wall: datetime
    since_boot: float


@dataclass(frozen=True, slots=True)
class Trusted:
    """The time to go by, and whether endings are frozen."""

    at: datetime
    frozen: bool


def read() -> Reading:
    """Both clocks now."""
    return Reading(clock.now(), time.clock_gettime(time.CLOCK_BOOTTIME))


_started = read()


def drifted(first: Reading, now: Reading) -> bool:
    """Whether the wall clock moved otherwise than time did, within one boot."""
    wall = (now.wall - first.wall).total_seconds()
    return abs(wall - (now.since_boot - first.since_boot)) > DRIFT.total_seconds()


def boot_id() -> str:
    """Which start of the machine this is, or nothing where the system doesn't tell."""
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return ""


def trusted(at: datetime, *, now: Reading | None = None) -> Trusted:
    """The time to go by: never before the latest time seen. Endings freeze after a jump either way."""
    mark = _mark()
    back = at < mark.high_water - DRIFT
    frozen = back or drifted(_started, now or read())
    if at > mark.high_water and not frozen:
        Mark.objects.filter(pk=mark.pk, high_water__lt=at).update(high_water=at, boot=boot_id())
    return Trusted(max(at, mark.high_water) if back else at, frozen)


def _mark() -> Mark:
    found = Mark.objects.first()
    if found is None:
        found = Mark.objects.create(
            installation=new_id(), high_water=datetime(2000, 1, 1, tzinfo=UTC), boot=boot_id()
        )
    return found
