"""The list people may choose from: one query plan for 5 and for 500, and the page of the 500.

Run: `.venv/bin/python -m bench.bench_directory`. A throw-away installation on SQLite; the figures are of this
machine and minute: the best and the middle of 30 runs of reading the list, and of the whole page.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from bench import product
from bench.table import Row, alone

PORT = 8773  # of no server: pages are asked for in this process

SIZES = (5, 500)
RUNS = 30
LIMIT_KB = 100
TODAY = date(2026, 5, 14)


def main() -> list[Row]:
    """Print both sizes, and say whether the plans are the same and the page is light."""
    with product.ground(PORT) as environ:
        product.step_in(environ | {"TOUCHBASE_HOSTS": "testserver"})
        return _measure()


def _measure() -> list[Row]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.factories.listing import make_listed, with_list
    from touchbase.supporters.directory import listed

    here, browser = with_list(), Client()
    plans, heaviest, there = [], 0.0, 0
    print(
        f"{'supporters':>10}{'queries':>9}{'list best ms':>14}{'median ms':>11}{'page ms':>9}{'page kB':>9}"
    )
    for size in SIZES:
        for number in range(there, size):
            make_listed(here, f"Peer {number}", topics={"nights": "public"}, languages=["en", "es"])
        there = size
        with CaptureQueriesContext(connection) as asked:
            found = listed(here.id, policy=here.policy, today=TODAY)
        sentences = [query["sql"] for query in asked]
        plans.append([_plan(sentence) for sentence in sentences])
        lists = _times(lambda: listed(here.id, policy=here.policy, today=TODAY))
        pages = _times(lambda: browser.get("/harbor/peers/"))
        kilobytes = len(browser.get("/harbor/peers/").content) / 1000
        heaviest = max(heaviest, kilobytes)
        print(
            f"{len(found):>10}{len(sentences):>9}{min(lists):>14.2f}{statistics.median(lists):>11.2f}"
            f"{statistics.median(pages):>9.1f}{kilobytes:>9.1f}"
        )
    same = bool(plans[0]) and plans[0] == plans[1]
    what = f"list of {SIZES[1]} peers"
    return [
        Row(f"{what}, queries", "the same plan" if same else "another plan", f"as of {SIZES[0]}", same),
        Row(f"{what}, its page", f"{heaviest:.0f} kB", f"{LIMIT_KB} kB", heaviest <= LIMIT_KB),
    ]


def _plan(sql: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [str(row[-1]) for row in cursor.fetchall()]


def _times(act: Callable[[], object]) -> list[float]:
    times = []
    for _run in range(RUNS):
        begins = time.perf_counter()
        act()
        times.append((time.perf_counter() - begins) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(alone(main))
