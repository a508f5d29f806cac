"""A release of 6,000 people, from facts to the page: half a second at most, in SQLite with full sync.

Run: `.venv/bin/python -m bench.bench_release`. Prints a table; the figures are of this machine and minute.
The limit is ours: a sweep makes a release twice a year and must not be noticed. 6,000 people in a half-year
are a hundred times what published programs see.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.table import Row, alone

PEOPLE = 6_000
BATCHES = 60
LIMIT_MS = 500.0
POLICY = Path(__file__).parent.parent / "programs" / "legacy.toml"
HALF, OVER = "2026-H2", date(2027, 1, 2)


def set_up(folder: str) -> None:
    """An empty installation in a folder of its own. Settings are read here, not before."""
    for part in ("data", "vault"):
        Path(folder, part).mkdir(mode=0o700)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "touchbase.config.settings",
        "TOUCHBASE_DATA": f"{folder}/data",
        "TOUCHBASE_VAULT": f"{folder}/vault",
        "TOUCHBASE_ROOT_KEY": f"{folder}/root.key",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def crowd() -> list[list[Counter[tuple[str, str]]]]:
    """Nothing but what `counts_of` says of invented people; one list a batch, one sum a person."""
    from touchbase.utilization.counters import Facts, counts_of

    chance = random.Random(7)
    batches: list[list[Counter[tuple[str, str]]]] = [[] for _ in range(BATCHES)]
    for place in range(PEOPLE):
        talked = chance.random() < 0.6
        facts = Facts(
            source=chance.choice(["self", "self", "colleague", "team"]),
            profession=chance.choice(["physician", "nurse", "resident", ""]),
            match_hours=chance.expovariate(1 / 12),
            touch_hours=60.0,
            answer=chance.choice(["not-now", "resources", "none"]),
            touches=chance.choice([1, 1, 2]),
            talks=(("phone", "15 to 30"),) * talked,
        )
        batches[place % BATCHES].append(Counter(counts_of(facts)))
    return batches


def took(act: Callable[[], object]) -> float:
    """How long something takes, in milliseconds."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def measure() -> dict[str, float]:
    """Each part of the way, in milliseconds."""
    from touchbase.programs.actions import apply
    from touchbase.programs.queries import program_at
    from touchbase.utilization import actions, queries
    from touchbase.utilization.figures import page_of

    slug = apply(text=POLICY.read_text(), file=POLICY.name, by="bench", day=OVER).slug
    here = program_at(slug)
    staff = {option.key: option.headcount for option in here.policy.eligibility.professions}
    batches: list[list[Counter[tuple[str, str]]]] = []
    figures = {"count 6,000 people": took(lambda: batches.extend(crowd()))}

    def add() -> None:
        for place, batch in enumerate(batches):
            actions.add(program_id=here.id, batch=str(place), half_year=HALF, counts=sum(batch, Counter()))

    figures["add them in 60 batches"] = took(add)
    figures["make the release"] = took(
        lambda: actions.release_due(program_id=here.id, today=OVER, floor=11, headcounts=staff)
    )
    newest = queries.latest(here.id)
    if newest is None or newest.sheet.people != PEOPLE:
        raise SystemExit("The release doesn't hold everybody.")
    figures["look for a release when none is due"] = took(
        lambda: actions.release_due(program_id=here.id, today=OVER, floor=11, headcounts=staff)
    )
    figures["read it and draw its page"] = took(lambda: page_of(queries.releases(here.id)[0].sheet))
    return figures


def main() -> list[Row]:
    """Print the figures, and say how long making the release took."""
    with tempfile.TemporaryDirectory(prefix="touchbase-bench-") as folder:
        set_up(folder)
        figures = measure()
    for name, milliseconds in figures.items():
        print(f"{name:<40} {milliseconds:8.1f} ms")
    made = figures["make the release"]
    what = f"a release of {PEOPLE:,} people"
    return [Row(what, f"{made:.0f} ms", f"{LIMIT_MS:.0f} ms", made <= LIMIT_MS)]


if __name__ == "__main__":
    sys.exit(alone(main))
