"""What is hidden of a year: how much is shown, at most 1.3 times the fewest cells, and made within 2 s.

Run: `.venv/bin/python -m bench.bench_suppression`. The years are invented and always the same: those of the
five example programs, with 30 to 6,000 people a year. bench/optimum.py says what the fewest are. The limits
are the issue's.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from unittest.mock import patch

from bench.bench_release import POLICY, set_up, took
from bench.optimum import every_table, fewest, fewest_of_all
from bench.table import Row, alone

VOLUMES = (30, 60, 600, 6_000)
FLOOR = 11
MOST = 1.3
LIMIT_MS = 2_000.0
# Number of cells, floor and total of the tables whose optimum for all together is found within a minute.
WHOLE = ((2, 11, 18), (2, 11, 30), (3, 11, 14), (3, 11, 18), (3, 11, 33), (3, 6, 14), (3, 6, 20), (4, 6, 11))
MINUTE = 60.0

Table = tuple[int, ...]
Drawn = tuple[Table, int, int]
"""A table's numbers, how many of its cells are hidden, and how many it has."""


@contextmanager
def watching() -> Iterator[list[Drawn]]:
    """What is handed to suppression while releases are drawn, and how much of it is hidden."""
    from touchbase.utilization import releases
    from touchbase.utilization.suppression import Kind, suppress

    drawn: list[Drawn] = []

    def watched(counts: Sequence[int], *, floor: int) -> tuple[Kind, ...]:
        kinds = suppress(counts, floor=floor)
        drawn.append((tuple(counts), sum(kind is not Kind.SHOWN for kind in kinds), len(kinds)))
        return kinds

    with patch.object(releases, "suppress", watched):
        yield drawn


def years(a_year: int) -> list[Drawn]:
    """All tables of a year of each program."""
    from tests.utilization.years import POLICIES, counts, half_years, releases

    with watching() as drawn:
        for slug in POLICIES:
            list(releases(slug, {half: counts(slug, half, a_year // 2) for half in half_years(2)}))
    return drawn


def measure_years() -> Iterator[Row]:
    """For each volume what is shown, and how what is hidden stands to the fewest cells of each table."""
    least = cache(lambda counts: fewest(counts, FLOOR))
    print(
        f"{'people a year':>13} {'tables':>7} {'cells':>6}"
        f" {'shown':>6} {'hidden':>7} {'fewest':>7} {'ratio':>6}"
    )
    for a_year in VOLUMES:
        drawn = years(a_year)
        cells, hidden = sum(cells for *_, cells in drawn), sum(hidden for _, hidden, _ in drawn)
        best = sum(least(tuple(sorted(counts))) for counts, *_ in drawn)
        shown, ratio = 1 - hidden / cells, hidden / best if best else 1.0
        print(f"{a_year:>13,} {len(drawn):>7} {cells:>6} {shown:>6.0%} {hidden:>7} {best:>7} {ratio:>6.2f}")
        what = f"hidden cells of years of {a_year:,} people, {shown:.0%} shown"
        yield Row(what, f"{ratio:.2f} times the fewest", f"{MOST} times", ratio <= MOST)


def measure_whole() -> Row:
    """The same for all tables of a total together, safe against who has the program."""
    from touchbase.utilization.suppression import Kind, suppress

    print(f"\n{'cells':>5} {'floor':>6} {'total':>6} {'hidden':>7} {'fewest':>7} {'ratio':>6}  proven")
    worst = 0.0
    for cells, floor, total in WHOLE:
        hidden = sum(
            kind is not Kind.SHOWN
            for table in every_table(total, cells)
            for kind in suppress(table, floor=floor)
        )
        best, proven = fewest_of_all(total, cells, floor, MINUTE)
        worst = max(worst, hidden / best)
        said = "yes" if proven else "no"
        print(f"{cells:>5} {floor:>6} {total:>6} {hidden:>7} {best:>7} {hidden / best:>6.2f}  {said}")
    what = "hidden cells of all small tables, for who has the program"
    return Row(what, f"{worst:.2f} times the fewest", f"{MOST} times", worst <= MOST)


def measure_release() -> Row:
    """Both half-years of 6,000 people, from the counters to the rows that are read."""
    from tests.utilization.years import counts, half_years
    from touchbase.programs.actions import apply
    from touchbase.programs.queries import program_at
    from touchbase.utilization import actions

    day = date(2027, 1, 2)
    here = program_at(apply(text=POLICY.read_text(), file=POLICY.name, by="bench", day=day).slug)
    for half in half_years(2):
        numbers = counts(here.slug, half, 3_000)
        actions.add(program_id=here.id, batch=half, half_year=half, counts=numbers)
    staff = {option.key: option.headcount for option in here.policy.eligibility.professions}
    made: list[str] = []
    time = took(
        lambda: made.extend(actions.release_due(program_id=here.id, today=day, floor=FLOOR, headcounts=staff))
    )
    if made != half_years(2):
        raise SystemExit("The year wasn't released.")
    return Row("a year's releases of 6,000 people", f"{time:.0f} ms", f"{LIMIT_MS:,.0f} ms", time <= LIMIT_MS)


def main() -> list[Row]:
    """Print what is hidden, and say how it stands to the limits."""
    with tempfile.TemporaryDirectory(prefix="touchbase-bench-") as folder:
        set_up(folder)
        return [*measure_years(), measure_whole(), measure_release()]


if __name__ == "__main__":
    sys.exit(alone(main))
