"""The one table at the end of `python -m bench`: what was promised, what was measured, is it held."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

HEADINGS = ("what", "measured", "limit", "held")


@dataclass(frozen=True, slots=True)
class Row:
    """One promise of speed or size. `limit` is a number of ours, or what the peer did in the same minute."""

    what: str
    measured: str
    limit: str
    held: bool


def printed(rows: Iterable[Row]) -> int:
    """Print rows as a table that can be pasted into a page of docs. 1 when one of them isn't held, else 0."""
    rows = list(rows)
    lines = [HEADINGS, *((row.what, row.measured, row.limit, "yes" if row.held else "NO") for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for place, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if not place:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return 0 if all(row.held for row in rows) else 1


def alone(measure: Callable[[], list[Row]]) -> int:
    """Run one bench by itself, for `python -m bench.bench_x`."""
    return printed(measure())


def run(name: str) -> list[Row]:
    """One bench: it prints its own figures, and says how they stand to its limits."""
    print(f"\n## {name}\n", flush=True)
    rows: list[Row] = import_module(f"bench.bench_{name}").main()
    sys.stdout.flush()
    return rows
