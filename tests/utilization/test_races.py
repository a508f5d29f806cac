"""Two at once: a batch counts once, and a half-year is released once, with all that was added to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from tests.utilization.crowd import counted, people
from touchbase.utilization import actions, queries
from touchbase.utilization.models import Counter

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

JANUARY = date(2027, 1, 2)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What the acts give, each in a thread and a connection of its own, begun at the same moment."""
    ready = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def test_a_batch_added_twice_at_once_counts_once(here):
    def add():
        return actions.add(program_id=here.id, batch="first", half_year="2026-H2", counts=counted(people(12)))

    assert sorted(together(add, add)) == [False, True]
    assert Counter.objects.get(measure="people").n == 12


def test_two_batches_added_at_once_both_count(here):
    def add(batch):
        return actions.add(program_id=here.id, batch=batch, half_year="2026-H2", counts=counted(people(12)))

    assert together(lambda: add("first"), lambda: add("second")) == [True, True]
    assert Counter.objects.get(measure="people").n == 24


def test_a_half_year_released_twice_at_once_is_released_once(here):
    actions.add(program_id=here.id, batch="first", half_year="2026-H2", counts=counted(people(12)))

    def release():
        return actions.release_due(program_id=here.id, today=JANUARY, floor=11, headcounts={})

    assert sorted(together(release, release)) == [(), ("2026-H2",)]


def test_what_is_added_while_a_release_is_made_is_in_it_or_in_the_next(here):
    actions.add(program_id=here.id, batch="first", half_year="2026-H2", counts=counted(people(12)))
    together(
        lambda: actions.add(
            program_id=here.id, batch="late", half_year="2026-H2", counts=counted(people(15))
        ),
        lambda: actions.release_due(program_id=here.id, today=JANUARY, floor=11, headcounts={}),
    )
    actions.release_due(program_id=here.id, today=date(2027, 7, 2), floor=11, headcounts={})
    released = [found.sheet.people for found in queries.releases(here.id)]
    assert released in ([27], [15, 12])
