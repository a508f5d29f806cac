"""A year's roster for 60 supporters: 10 s at most (the design's limit), and what the solver costs a server.

Run: `.venv/bin/python -m bench.bench_roster`. Each roster is made in a process of its own, so that its time
holds the first import of the solver, and its memory everything. Other solvers that are installed beside it
(SciPy, OR-Tools) are given the same integer program; docs/adr says what came out.
"""

import subprocess
import sys
import time
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

from bench import solvers, table
from bench.table import Row
from touchbase.matching import solving
from touchbase.matching.roster import Duty, Person, Rules, Slot, task

MONDAY = date(2026, 6, 1)
DAY = timedelta(days=1)
LIMIT_SECONDS = 10.0
MEASURED = "52 weeks, 60 supporters"  # what the limit is about; the others show what programs really ask
# name: (days a slot, slots, supporters, rules)
ROSTERS = {
    "52 weeks, 60 supporters": (7, 52, 60, Rules(second=True, most=4, apart=21)),
    "52 weeks, 12 supporters": (7, 52, 12, Rules(second=True, most=9, apart=14)),
    "8 weeks of days, 60 supporters": (1, 56, 60, Rules(second=True, most=10, apart=3)),
    "12 weeks of days, 24 supporters": (1, 84, 24, Rules(second=False, most=24, apart=2)),
}


def case(days: int, count: int, people: int, seed: int = 1) -> tuple[list[Duty], list[Person], list[Duty]]:
    """Open slots, supporters who are away up to three times, and half a year that was before."""
    chance = Random(seed)
    ahead = [_open(MONDAY + n * days * DAY, days, chance) for n in range(count)]
    crowd = [Person(f"{chance.getrandbits(64):016x}", away=_away(chance)) for _n in range(people)]
    before = [_open(MONDAY - 7 * n * DAY, 7, chance) for n in range(1, 27)]
    past = [Duty(duty.slot, chance.choice(crowd[: people * 2 // 3]).key) for duty in before]
    return ahead, crowd, past


def _open(first: date, days: int, chance: Random) -> Duty:
    heavy = first.weekday() > 4 if days == 1 else chance.random() < 0.2
    return Duty(Slot(first, first + (days - 1) * DAY, heavy=heavy))


def _away(chance: Random) -> tuple[tuple[date, date], ...]:
    begins = [MONDAY + chance.randrange(365) * DAY for _n in range(chance.randrange(4))]
    return tuple((day, day + chance.randrange(3, 25) * DAY) for day in begins)


def alone(name: str, solver: str) -> None:
    """Make one roster in this process and print what it took."""
    days, count, people, rules = ROSTERS[name]
    ahead, crowd, past = case(days, count, people)
    begins = time.perf_counter()
    model, _places = solving.modeled(task(ahead, crowd, rules, past))
    solvers.load(solver)
    loaded = time.perf_counter()
    filled, cost = solvers.SOLVERS[solver](model)
    ends = time.perf_counter()
    memory = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<34}{solver:<10}{loaded - begins:>9.2f}{ends - loaded:>9.2f}{memory:>8}{filled:>8}{cost:>10}",
        flush=True,
    )


def main() -> list[Row]:
    """Print every solver, and say how the one that the product uses stands to the limit."""
    print(
        f"{'roster':<34}{'solver':<10}{'load s':>9}{'solve s':>9}{'MB':>8}{'filled':>8}{'cost':>10}",
        flush=True,
    )
    slowest = 0.0
    for name in ROSTERS:
        for solver in solvers.SOLVERS:
            if find_spec(solvers.PACKAGE[solver]) is None:
                continue
            begins = time.perf_counter()
            code = f"from bench.bench_roster import alone; alone({name!r}, {solver!r})"
            subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
            if solver == "HiGHS" and name == MEASURED:
                slowest = max(slowest, time.perf_counter() - begins)
    held = slowest <= LIMIT_SECONDS
    return [Row(f"roster of {MEASURED}", f"{slowest:.1f} s, start and all", f"{LIMIT_SECONDS:.0f} s", held)]


if __name__ == "__main__":
    sys.exit(table.alone(main))
