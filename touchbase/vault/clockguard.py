"""Whether the machine's clock can be believed (vault.md section 6, ruling B31).

What is destroyed can't be brought back, so a clock that was set forward must not age keys and referrals.
Within one boot the machine also counts how long it has been up, and nobody sets that: when the two drift
apart, the count is believed. After a boot there is nothing to compare with, and the clock is believed, but
never back behind the latest moment seen.
"""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from touchbase.kernel import clock
from touchbase.kernel.ids import new_id
from touchbase.vault.models import Mark

DRIFT = timedelta(minutes=5)  # more than any clock gains between two looks of a sweep that runs
_SAVE_EVERY = timedelta(minutes=5)  # so that a sweep every half minute doesn't write each time
_BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")
_PROCESS = new_id()  # stands for the boot where the system doesn't name it
_MS = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
logger = logging.getLogger("touchbase.vault")


@dataclass(frozen=True, slots=True)
class Machine:
    """What the machine says: which boot, how long it has been up, and when it came up by its own clock."""

    boot: str
    uptime: timedelta
    started: timedelta  # since 1970


@dataclass(frozen=True, slots=True)
class Time:
    """The moment to go by. While `frozen`, nothing is destroyed and nothing expires."""

    now: datetime
    frozen: bool


def machine() -> Machine:
    """The machine as it is now. Sleeping counts as being up, where the system can tell."""
    boot = _BOOT_FILE.read_text().strip() if _BOOT_FILE.exists() else _PROCESS
    seconds = time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
    uptime = timedelta(seconds=seconds)
    return Machine(boot, uptime, clock.now() - _EPOCH - uptime)


def judge(at: datetime, mark: Mark | None, here: Machine) -> Time:
    """What to believe when the caller says that it is `at`."""
    if mark is None:
        return Time(at, frozen=False)
    if mark.boot != here.boot:
        return Time(max(at, mark.high_water), frozen=False)
    counted = mark.high_water + max(here.uptime - mark.uptime * _MS, timedelta())
    if here.started - mark.started * _MS > DRIFT:
        return Time(counted, frozen=True)
    return Time(at if at >= mark.high_water else counted, frozen=False)


def glance(at: datetime) -> Time:
    """The same as `look`, and nothing is written."""
    return judge(at, Mark.objects.first(), machine())


def look(at: datetime) -> Time:
    """The moment to go by, after which no earlier one is believed."""
    here = machine()
    with transaction.atomic(using="vault"):
        mark = hold(at, here)
        seen = judge(at, mark, here)
        if mark.boot != here.boot or abs(seen.now - mark.high_water) >= _SAVE_EVERY:
            _keep(mark, seen, here)
    return seen


def hold(at: datetime, here: Machine | None = None) -> Mark:
    """The mark, locked until the transaction ends: the turn of whoever changes epochs."""
    said = here or machine()
    first = {
        "high_water": at, "boot": said.boot, "uptime": said.uptime // _MS, "started": said.started // _MS
    }  # fmt: skip
    Mark.objects.get_or_create(only=1, defaults=first)
    return Mark.objects.select_for_update().get(only=1)


def accept(at: datetime) -> None:
    """An operator says that the clock is right: go by it from now on."""
    here = machine()
    with transaction.atomic(using="vault"):
        mark = hold(at, here)
        mark.high_water = max(at, mark.high_water)
        mark.boot, mark.uptime, mark.started = here.boot, here.uptime // _MS, here.started // _MS
        mark.save()


def _keep(mark: Mark, seen: Time, here: Machine) -> None:
    mark.high_water, mark.uptime = seen.now, here.uptime // _MS
    # The start is learned anew by each boot, and then follows a clock that is only a little fast or slow. One
    # that jumped is not followed, so that it stays noticed.
    if mark.boot != here.boot or abs(here.started - mark.started * _MS) <= DRIFT:
        mark.boot, mark.started = here.boot, here.started // _MS
    else:
        logger.error("vault.clock_was_set frozen=%s", seen.frozen)
    mark.save()
