"""1,000 people and 10,000 supporters at once: at most 1.5 times the solver's own time, under 500 MB.

Run: `.venv/bin/python -m bench.bench_assignment`. The whole of `assign` (weighing ten million pairs, building
the network, solving it) is compared with the solver alone on the same network, the middle of five runs each;
the memory is the process's peak. The figures are of this machine and minute.
"""

import random
import resource
import statistics
import sys
import time
from dataclasses import replace

from bench import table
from bench.bench_matching import DEPARTMENTS, PROFESSIONS, RULES, SITES, SUPPORTERS, TIMES, TODAY, pool
from bench.table import Row
from touchbase.matching.assignment import Demand, assign
from touchbase.matching.request import Candidate, Wanted

PEOPLE = 1_000
RUNS = 5
MOST_TIMES = 1.5
MOST_MB = 500.0


def everywhere(seed: int = 3) -> list[Demand]:
    """People of a whole day of disaster: every role, department and site, hardly two alike."""
    chance = random.Random(seed)
    return [Demand(f"{chance.getrandbits(128):032x}", _one(number, chance)) for number in range(PEOPLE)]


def _one(number: int, chance: random.Random) -> Wanted:
    return Wanted(
        profession=chance.choice(PROFESSIONS),
        department=chance.choice(DEPARTMENTS),
        site=chance.choice(SITES),
        channel=chance.choice(["text", "call", "email"]),
        times=frozenset(chance.sample(TIMES, chance.randrange(2))),
        contact=f"person{number}@example.org",
    )


def one_event(seed: int = 3) -> list[Demand]:
    """The same number of people of one department, as a list is pasted."""
    return [
        replace(each, wanted=Wanted(department="department-3", site="main", contact=each.wanted.contact))
        for each in everywhere(seed)
    ]


def measured(demands: list[Demand], supporters: list[Candidate]) -> tuple[float, float, int]:
    """Seconds of the whole, seconds of the solver alone, and how many found nobody."""
    from touchbase.matching import costs, flow

    whole, alone, unmet = [], [], 0
    for _run in range(RUNS):
        begins = time.perf_counter()
        unmet = len(assign(demands, supporters, RULES, TODAY).unmet)
        whole.append(time.perf_counter() - begins)
        wanting = [each.wanted for each in sorted(demands, key=lambda each: each.key)]
        problem = flow.network(costs.offers(wanting, supporters, RULES, TODAY))
        begins = time.perf_counter()
        problem.solver.solve_max_flow_with_min_cost()
        alone.append(time.perf_counter() - begins)
    return statistics.median(whole), statistics.median(alone), unmet


def main() -> list[Row]:
    """Print the cases, and say how the worst stands to the limits."""
    begins = time.perf_counter()
    assign([Demand("d", Wanted())], [Candidate("c")], RULES, TODAY)
    print(f"{PEOPLE:,} people, {SUPPORTERS:,} supporters, limits {MOST_TIMES} times and {MOST_MB:.0f} MB")
    print(f"loading the solver, once: {time.perf_counter() - begins:.2f} s")
    print(f"{'people':<14}{'pool':<20}{'whole s':>9}{'solver s':>10}{'times':>7}{'unmet':>7}")
    worst = 0.0
    for who, demands in (("everywhere", everywhere()), ("one event", one_event())):
        for name, free in (("everybody free", 1.0), ("one in ten free", 0.1), ("one in fifty free", 0.02)):
            whole, alone, unmet = measured(demands, pool(free))
            # Where the solver has next to nothing to do, reading the pool is what takes the time.
            if free == 1.0:
                worst = max(worst, whole / alone)
            print(f"{who:<14}{name:<20}{whole:>9.2f}{alone:>10.2f}{whole / alone:>7.2f}{unmet:>7}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = f"{PEOPLE:,} people and {SUPPORTERS:,} supporters assigned at once"
    return [
        Row(f"{what}, time", f"{worst:.2f} times the solver", f"{MOST_TIMES} times", worst <= MOST_TIMES),
        Row(f"{what}, memory", f"{peak:.0f} MB", f"{MOST_MB:.0f} MB", peak < MOST_MB),
    ]


if __name__ == "__main__":
    sys.exit(table.alone(main))
