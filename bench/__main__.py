"""Run every bench, or those named: `python -m bench [form board …]`. One table of all limits at the end.

Each runs in a process of its own, one after the other: two at once would measure each other, and settings are
read only once a process. Exits with 1 when a limit isn't held.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.table import Row, printed, run

NAMES = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))


def main(wanted: list[str]) -> int:
    """Run them, then print the table."""
    rows: list[Row] = []
    for name in wanted or NAMES:
        # Not a pool of multiprocessing: its processes may begin none of their own, and some benches do.
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            rows += alone.submit(run, name).result()
    print("\n## Limits\n")
    return printed(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
