"""The vault with 10,000 open referrals: arriving, opening a board, and erasing one.

Run: `.venv/bin/python -m bench.bench_vault`. SQLite with full sync, on folders of its own; the figures are of
this machine and minute. Limits: 60 microseconds to open one capsule of a board of 500, so that 500 open
referrals don't slow a page down; and 10 milliseconds and one checkpoint to erase somebody. Rotating them all
is in `bench_rotation`.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.table import Row, alone

OPEN = 10_000
BOARD = 500
RUNS = 30
CAPSULE_LIMIT_US = 60.0
ERASING_LIMIT_MS = 10.0
AT = datetime(2026, 3, 2, 9, 17, tzinfo=UTC)
PROGRAM = "0" * 26


def set_up(folder: str) -> None:
    """An empty installation in a folder of its own. Settings are read here, not before."""
    for part in ("data", "vault"):
        Path(folder, part).mkdir(mode=0o700)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "touchbase.config.settings",
        "TOUCHBASE_DATA": f"{folder}/data",
        "TOUCHBASE_VAULT": f"{folder}/vault",
        "TOUCHBASE_ROOT_KEY": f"{folder}/root/root.key",
    }
    import django
    from django.core.management import call_command

    django.setup()
    from touchbase.vault import rotation

    rotation.prepare()
    call_command("migrate", database="vault", verbosity=0)


def took(act: Callable[[], object]) -> float:
    """How long something takes, in milliseconds."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def arrive() -> Any:
    """One referral with its four capsules, durable in the vault. Its identity, to be opened again."""
    from touchbase.kernel.ids import new_id
    from touchbase.vault import store
    from touchbase.vault.sealing import Purpose

    handle = new_id()
    capsules = dict.fromkeys(Purpose, b"x" * 400)
    contact = f"{handle}@example.org"  # somebody else each time: one index entry each, as in a program
    made = store.create(program=PROGRAM, handle=handle, capsules=capsules, contact_tag=contact, at=AT)
    return store.Item(handle, Purpose.IDENTITY, made.sealed[Purpose.IDENTITY])


def fill() -> list[Any]:
    """All open referrals, in one transaction: a disk isn't what is measured here."""
    from django.db import transaction

    with transaction.atomic(using="vault"):
        return [arrive() for _ in range(OPEN)]


def open_board(items: list[Any]) -> None:
    """What a coordinator's board opens, by one query."""
    from touchbase.vault import store
    from touchbase.vault.grants import Grant, Reason
    from touchbase.vault.sealing import Purpose

    handles = frozenset(item.handle for item in items)
    grant = Grant("robin", "coordinator", Reason.QUEUE, frozenset(Purpose), handles, AT)
    if len(store.open_many(grant=grant, program=PROGRAM, items=items)) != len(items):
        raise SystemExit("Something didn't open.")


def rotate(day: int) -> None:
    """A whole rotation: a new epoch, every key carried over, and from the second day on one destroyed."""
    from touchbase.vault import rotation

    if rotation.rotate(at=AT + timedelta(days=day)).carried < OPEN:
        raise SystemExit("Not every key was carried over.")


def erase(item: Any) -> None:
    """Forget one: counts, key and tombstone in one commit, then the log cut off."""
    from touchbase.vault import store

    counts = [("source", "self"), ("profession", "nurse"), ("match", "within-24"), ("answer", "talked")]
    store.destroy(handle=item.handle, program=PROGRAM, counts=counts, at=AT)


def checkpoint() -> float:
    """What cutting off the log takes after one arrival, in milliseconds."""
    from touchbase.vault import scrub

    arrive()
    return took(scrub.scrub)


def measure() -> dict[str, float]:
    """Each in milliseconds: the middle of several runs."""
    items = fill()
    figures = {"one arrives (committed)": statistics.median(took(arrive) for _ in range(RUNS))}
    board = items[:BOARD]
    open_board(board)
    figures["a board of 500 is opened"] = statistics.median(
        took(lambda: open_board(board)) for _ in range(RUNS)
    )
    figures["one is erased (committed, scrubbed)"] = statistics.median(
        took(partial(erase, item)) for item in items[-RUNS:]
    )
    figures["of which scrubbing"] = statistics.median(checkpoint() for _ in range(RUNS))
    return figures


def main() -> list[Row]:
    """Print the figures, and say how they stand to the limits."""
    with tempfile.TemporaryDirectory(prefix="touchbase-bench-") as folder:
        set_up(folder)
        figures = measure()
    for name, milliseconds in figures.items():
        print(f"{name:<42} {milliseconds:9.2f} ms")
    capsule = figures["a board of 500 is opened"] / BOARD * 1000
    opens = Row(
        "one capsule of a board opened",
        f"{capsule:.0f} microseconds",
        f"{CAPSULE_LIMIT_US:.0f} microseconds",
        capsule <= CAPSULE_LIMIT_US,
    )
    erasing, limit = figures["one is erased (committed, scrubbed)"], ERASING_LIMIT_MS
    limit += figures["of which scrubbing"]
    erases = Row(
        "one erased",
        f"{erasing:.1f} ms",
        f"{limit:.1f} ms, with a checkpoint",
        erasing <= limit,
    )
    return [opens, erases]


if __name__ == "__main__":
    sys.exit(alone(main))
