"""Taking what gathers in the vault's pool to the counters: people once a month, answers in elevens."""

from collections.abc import Iterator
from datetime import date, datetime

from touchbase.programs.queries import CurrentProgram
from touchbase.utilization import actions as counting
from touchbase.utilization.counters import half_year
from touchbase.vault import store
from touchbase.vault.store import Batch


def add_pooled(here: CurrentProgram, *, today: date, at: datetime, last: bool = False) -> None:
    """Add what may be added now, each batch once. `last`: the program ends, and no month is waited for.

    `today` is a day of the program's own zone.
    """
    for batch in _taken(here, at, last=last):
        counting.add(program_id=here.id, batch=batch.id, half_year=half_year(today), counts=batch.counts)
        store.drop_batch(batch=batch.id)


def _taken(here: CurrentProgram, at: datetime, *, last: bool) -> Iterator[Batch]:
    # One after the other: a batch that was taken and not dropped comes first, whichever is asked for.
    if people := store.take_batch(program=here.id, at=at, last=last):
        yield people
    if answers := store.take_answers(program=here.id):
        yield answers
