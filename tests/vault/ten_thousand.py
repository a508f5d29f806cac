"""Random days of a vault, one after the other: `python -m tests.vault.ten_thousand FOLDER FIRST COUNT`.

Prints, as JSON, what was done and the runs in which a promise broke, with every step of them. `--upsert` lets
rotations write without comparing. TOUCHBASE_VAULT_DATABASE names a PostgreSQL database that is there, and
empty; without it the vault is a SQLite file in the folder.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from tests.vault import small_process

BEGINNING = 20_261_126  # the chance of every run comes from this number and its own
ACTORS = 3


def main() -> None:
    """Take the runs that were asked for."""
    asks = argparse.ArgumentParser()
    asks.add_argument("folder", type=Path)
    asks.add_argument("first", type=int)
    asks.add_argument("count", type=int)
    asks.add_argument("--upsert", action="store_true")
    asked = asks.parse_args()
    small_process.begin(asked.folder, os.environ.get("TOUCHBASE_VAULT_DATABASE", ""))
    if asked.upsert:
        from tests.vault.test_interleavings import upsert
        from touchbase.vault import rewrap

        rewrap.write = upsert
    numbers = range(asked.first, asked.first + asked.count)
    json.dump(runs(numbers), sys.stdout, default=sorted)


def runs(numbers: Iterable[int]) -> dict[str, Any]:
    """Take these runs, until one is broken."""
    from tests.vault.actors import Actor, Order
    from tests.vault.examining import Known
    from tests.vault.random_days import ACTS, Did, RandomDay

    people, gone, rows, files = _some_days_in()
    small_process.be_small()
    keeper = Actor(ACTS)
    actors: list[Actor] = []
    for _ in range(ACTORS):
        actors.append(Actor(ACTS, [keeper, *actors]))
    did, broken = Did(), []
    for run in numbers:
        day = RandomDay(run, Random(f"{BEGINNING} {run}"), actors, Known(people[:], gone=gone[:]), did)
        try:
            keeper.does(Order(run, "put back", (rows, files)))
            day.go()
            keeper.does(Order(run, "examine", (day.known, day.now)))
            did.runs += 1
        except AssertionError as failure:
            broken.append({"run": run, "failure": str(failure), "steps": day.told})
            for n in day.stopped:
                actors[n].kill()
            break
    return asdict(did) | {"broken": broken, "beginning": BEGINNING}


def _some_days_in() -> tuple[Any, ...]:
    """Where each run begins: two epochs, three people, one who was erased, and every file of it."""
    from tests.vault.examining import arrive, erase
    from tests.vault.scene import AT, DAY
    from touchbase.vault import rotation

    people = [arrive(f"{n:026}", n, AT) for n in range(3)]
    gone = people.pop()
    erase(gone, AT)
    rotation.rotate(at=AT + DAY)
    people.append(arrive(f"{3:026}", 1, AT + DAY))
    files = {file.name: file.read_bytes() for file in small_process.provider().iterdir()}
    return people, [gone], small_process.kept(), files


if __name__ == "__main__":
    main()
