"""One match among 10,000 supporters: 20 ms at most (the design's limit), in plain Python.

Run: `.venv/bin/python -m bench.bench_matching`. The figures are of this machine and minute: the best and the
middle of 30 runs, each the whole of `rank(…).top`, with the collector at work as in the server. Counted is
processor time, which is what a clock on the wall shows while nobody else uses the machine: ranking waits for
nothing.
"""

import random
import statistics
import sys
import time
from datetime import date

from bench.table import Row, alone
from touchbase.matching.names import called
from touchbase.matching.ranking import Candidate, Preference, Rules, Wanted, Wish, rank

SUPPORTERS = 10_000
RUNS = 30
LIMIT_MS = 20.0
TODAY = date(2026, 5, 14)
DEPARTMENTS = [f"department-{n}" for n in range(24)]
SITES = ["main", "north", "river"]
PROFESSIONS = ["physician", "nurse", "pharmacist"]
STAGES = ["in-training", "first-years", "mid-career", "senior"]
TIMES = ["mornings", "evenings", "after-nights", "weekends"]


def pool(free: float, seed: int = 7) -> list[Candidate]:
    """Invented supporters. `free`: the share whom nothing keeps from being asked by anybody."""
    chance = random.Random(seed)
    return [_one(number, chance, busy=chance.random() >= free) for number in range(SUPPORTERS)]


def _one(number: int, chance: random.Random, *, busy: bool) -> Candidate:
    return Candidate(
        key=f"{chance.getrandbits(128):032x}",
        called=called(f"Robin Vale{number}"),
        refresher_by=date(2027, 1, 31),
        resting_until=date(2026, 6, 1) if busy and number % 2 else date(2026, 3, 1),
        away=((date(2026, 7, 1), date(2026, 7, 14)),) if number % 5 == 0 else (),
        open_now=2 if busy else chance.randrange(2),
        contacts=frozenset({f"robin{number}@example.org", f"+1503555{number:04d}"}),
        leads=frozenset({chance.choice(DEPARTMENTS)}) if number % 20 == 0 else frozenset(),
        department=chance.choice(DEPARTMENTS),
        site=chance.choice(SITES),
        profession=chance.choice(PROFESSIONS),
        stage=chance.choice(STAGES),
        languages=frozenset({"en", "es"} if number % 8 == 0 else {"en"}),
        topics=frozenset({"nights"} if number % 6 == 0 else ()),
        times=frozenset(chance.sample(TIMES, 2)),
        channels=frozenset({"text", "call", "email"}),
        turn=chance.randrange(4000),
        on_duty=number % 700 == 0,
    )


PLAIN = Wanted(
    profession="physician", department="department-3", site="main", channel="text", contact="+15035550142"
)
WISHES = Wanted(
    profession="physician",
    stage="senior",
    department="department-3",
    site="main",
    wants=frozenset({Wish.OTHER_SITE, Wish.SAME_PROFESSION, Wish.SIMILAR_STAGE}),
    languages=frozenset({"es"}),
    topics=frozenset({"nights"}),
    channel="text",
    times=frozenset({"evenings"}),
    not_with="Dr. H. Moss",
    contact="+15035550142",
)
RULES = Rules("never", (Preference.SAME_PROFESSION, Preference.OTHER_SITE, Preference.SIMILAR_STAGE))


def measured(wanted: Wanted, supporters: list[Candidate]) -> list[float]:
    """Milliseconds of each run."""
    times = []
    for _run in range(RUNS):
        begins = time.process_time()
        rank(wanted, supporters, RULES, TODAY).top  # noqa: B018 - the property is what is measured
        times.append((time.process_time() - begins) * 1000)
    return times


def main() -> list[Row]:
    """Print the pools, and say how long the slowest took."""
    worst = 0.0
    print(f"One match among {SUPPORTERS:,} supporters, limit {LIMIT_MS:.0f} ms")
    print(f"{'pool':<22}{'request':<16}{'fit':>7}{'best ms':>10}{'median ms':>11}")
    for name, free in (("everybody free", 1.0), ("half free", 0.5), ("one in fifty free", 0.02)):
        supporters = pool(free)
        for asked, wanted in (("plain", PLAIN), ("every wish", WISHES)):
            times = measured(wanted, supporters)
            fit = len(rank(wanted, supporters, RULES, TODAY).best)
            worst = max(worst, statistics.median(times))
            print(f"{name:<22}{asked:<16}{fit:>7}{min(times):>10.1f}{statistics.median(times):>11.1f}")
    what = f"one match among {SUPPORTERS:,} supporters"
    return [Row(what, f"{worst:.1f} ms", f"{LIMIT_MS:.0f} ms", worst <= LIMIT_MS)]


if __name__ == "__main__":
    sys.exit(alone(main))
