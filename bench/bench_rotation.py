"""Carrying 10,000 open keys to a new epoch: how long it takes, and who waits meanwhile.

Run: `.venv/bin/python -m bench.bench_rotation`. SQLite with full sync, in folders of its own; on PostgreSQL
when `TOUCHBASE_DATABASE` and `TOUCHBASE_VAULT_DATABASE` name two empty databases. Limits: one second for a
rotation; 50 milliseconds for the slowest read and the slowest arrival while it runs, of a second process that
does nothing else. Each figure is the middle of several rotations; other work on the machine adds to them.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection

from bench.bench_vault import OPEN, arrive, fill, open_board, rotate, set_up, took
from bench.table import Row, alone

RUNS = 5
PAUSE = 0.005  # seconds between two who arrive
ROTATION_LIMIT_MS = 1000.0
WAIT_LIMIT_MS = 50.0
_days = count(1)


def rotate_once() -> float:
    """A day later: a new epoch, every key carried over, an old one destroyed. In milliseconds."""
    day = next(_days)
    return took(lambda: rotate(day))


def read_one() -> Callable[[], float]:
    """A page that shows one name: it is opened again and again."""
    item = arrive()
    return lambda: took(lambda: open_board([item]))


def write_one() -> Callable[[], float]:
    """Somebody arrives, and a moment later the next one."""

    def come() -> float:
        time.sleep(PAUSE)
        return took(arrive)

    return come


def other_process(pipe: Connection, kind: str) -> None:
    """Do it again and again from "begin" to "end", and say how long the slowest took."""
    import django

    django.setup()
    act = {"read": read_one, "write": write_one}[kind]()
    pipe.send("ready")
    while pipe.recv() == "begin":
        slowest = 0.0
        while not pipe.poll():
            slowest = max(slowest, act())
        pipe.recv()
        pipe.send(slowest)


@contextmanager
def beside(kind: str) -> Iterator[Callable[[Callable[[], object]], float]]:
    """A second process that reads or writes; gives the slowest it saw while something was done here."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=other_process, args=(theirs, kind))
    process.start()
    ours.recv()

    def slowest_while(act: Callable[[], object]) -> float:
        ours.send("begin")
        act()
        ours.send("end")
        return float(ours.recv())

    yield slowest_while
    ours.send("stop")
    process.join()


def measure() -> dict[str, float]:
    """Each in milliseconds."""
    fill()
    figures = {"a rotation": statistics.median(rotate_once() for _ in range(RUNS))}
    for kind in ("read", "write"):
        with beside(kind) as slowest_while:
            idle = [slowest_while(lambda: time.sleep(1)) for _ in range(RUNS)]
            during = [slowest_while(rotate_once) for _ in range(RUNS)]
        figures[f"slowest {kind}, nothing else going on"] = statistics.median(idle)
        figures[f"slowest {kind} during a rotation"] = statistics.median(during)
        figures[f"slowest {kind} during {RUNS} rotations"] = max(during)
    return figures


def main() -> list[Row]:
    """Print the figures, and say how they stand to the limits."""
    with tempfile.TemporaryDirectory(prefix="touchbase-bench-") as folder:
        set_up(folder)
        figures = measure()
    for name, milliseconds in figures.items():
        print(f"{name:<42} {milliseconds:9.2f} ms")
    promised = {
        "a rotation": (f"{OPEN:,} keys carried to a new epoch", ROTATION_LIMIT_MS),
        "slowest read during a rotation": ("slowest read meanwhile", WAIT_LIMIT_MS),
        "slowest write during a rotation": ("slowest arrival meanwhile", WAIT_LIMIT_MS),
    }
    return [
        Row(what, f"{figures[name]:.0f} ms", f"{limit:.0f} ms", figures[name] <= limit)
        for name, (what, limit) in promised.items()
    ]


if __name__ == "__main__":
    sys.exit(alone(main))
