"""Thirty members' readiness on one screen: the same questions to the database as for one member.

Run: `.venv/bin/python -m bench.bench_together`. The page of all members is made in this process, for one
member and for thirty, on an installation's own stores; its queries are counted, and how long it takes is
printed. The limit is of the issue that asked for the page: one query plan, however many take part.
"""

import statistics
import sys
import time
from datetime import date
from typing import Any

from bench import product
from bench.table import Row, alone

PORT = 8771
MEMBERS, RUNS = 30, 20
DAY = date(2026, 5, 11)


def join(together: Any, number: int) -> None:
    """A program that takes part, with something said of each item."""
    from touchbase.collaborative.adapting import Newcomer, adapted
    from touchbase.collaborative.models import Member, MemberState, Standing
    from touchbase.collaborative.readiness import Item
    from touchbase.programs import actions

    newcomer = Newcomer(
        slug=f"m{number}",
        organization=f"Hospital {number}",
        name=f"Peers {number}",
        phone="617-555-0100",
        email="peers@example.org",
    )
    text = adapted(_model(), newcomer)
    program = actions.begin(text=text, by="bench", day=DAY)
    member = Member.objects.create(collaborative_id=together.id, program_id=program, state=MemberState.JOINED)
    Standing.objects.bulk_create([Standing(member=member, item=item, owner="team") for item in Item])


def _model() -> str:
    return next(file for file in product.PROGRAMS if file.stem == "betsy-lehman").read_text()


def look(request: Any) -> tuple[int, float]:
    """How many questions the page asks, and the middle of its times in milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from touchbase.web.faculty.views import home

    home(request, "coast")
    with CaptureQueriesContext(connection) as asked:
        home(request, "coast")
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        home(request, "coast")
        times.append((time.perf_counter() - start) * 1000)
    return len(asked), statistics.median(times)


def measure() -> list[tuple[int, float]]:
    """The page with one member, and with thirty."""
    from django.test import RequestFactory

    from touchbase.collaborative import actions
    from touchbase.programs.actions import apply
    from touchbase.programs.queries import program_at

    apply(text=_model(), file="betsy-lehman.toml", by="bench", day=DAY)
    here = program_at("betsy-lehman")
    together = actions.found(slug="coast", name="Peers on the Coast", home=here.id)
    request: Any = RequestFactory().get("/c/coast/")
    request.together, request.here, request.member = together, here, None
    join(together, 0)
    found = [look(request)]
    for number in range(1, MEMBERS):
        join(together, number)
    return [*found, look(request)]


def main() -> list[Row]:
    """Print the figures, and compare the questions."""
    with product.ground(PORT) as environ:
        product.step_in(environ)
        one, thirty = measure()
    for name, (asked, took) in {"one member": one, f"{MEMBERS} members": thirty}.items():
        print(f"{name:<12} {asked:3} queries {took:8.1f} ms")
    what = "thirty members' readiness: one query plan"
    return [Row(what, f"{thirty[0]} queries, {thirty[1]:.0f} ms", f"{one[0]} queries", thirty[0] == one[0])]


if __name__ == "__main__":
    sys.exit(alone(main))
