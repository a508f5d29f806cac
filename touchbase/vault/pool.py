"""Counts of erased referrals: added with the erasing, taken to the counters once a month (A14, A15).

Beside them, and never in one batch with them, gather answers to the program's shared questions (ruling A5).
They belong to nobody who is kept, so they go whenever there are enough of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction
from django.db.models import Q, QuerySet

from touchbase.kernel.ids import new_id
from touchbase.vault.doors import door
from touchbase.vault.models import Pool, Taken

PEOPLE = ("people", "people")  # (measure, category): one for each person
FEEDBACK = ("feedback", "feedback")  # one for each answer; every measure of answers begins with this word
Count = tuple[str, str]
_ADD = "ON CONFLICT (program, batch, measure, category) DO UPDATE SET n = {table}.n + excluded.n"


@dataclass(frozen=True, slots=True)
class Batch:
    """Counts on their way out of the vault. `id` says which these are, if they come twice."""

    id: str
    counts: Mapping[Count, int]


def add(*, program: str, counts: Sequence[Count], of: Count = PEOPLE) -> None:
    """Add one person's counts, each once, and the person. Call it in the transaction that erases them."""
    summed = Counter(counts)
    del summed[PEOPLE], summed[FEEDBACK]
    # The person first: who takes a batch locks that row, and so never takes half a person.
    rows = [(of, 1), *sorted(summed.items())]
    table = Pool._meta.db_table
    places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    query = f"INSERT INTO {table} (id, program, batch, measure, category, n) VALUES {places} "  # noqa: S608
    values = [value for key, n in rows for value in (new_id(), program, "", *key, n)]
    with connections["vault"].cursor() as cursor:
        cursor.execute(query + _ADD.format(table=table), values)


@door
def tally(*, program: str, counts: Sequence[Count]) -> None:
    """Add one person who never had a key: a conversation that was never registered (ruling B7)."""
    with transaction.atomic(using="vault"):
        add(program=program, counts=counts)


@door
def answer(*, program: str, said: Count) -> None:
    """Add one answer to a shared question: whose it is isn't known to anybody."""
    with transaction.atomic(using="vault"):
        add(program=program, counts=(said,), of=FEEDBACK)


@door
def take_batch(*, program: str, at: datetime, least: int = 11, last: bool = False) -> Batch | None:
    """The counts to add now: those of at least `least` people, once a month at most unless they are the last.

    A batch that was taken and not dropped comes again, the same. None when there is nothing to add.
    """
    with transaction.atomic(using="vault"):
        taken = _waiting(program) or _take(program, at.strftime("%Y-%m"), least, last=last)
        return _batch(program, taken)


@door
def take_answers(*, program: str, least: int = 11) -> Batch | None:
    """The answers to add now, if there are `least` or more. A batch that wasn't dropped comes first."""
    with transaction.atomic(using="vault"):
        return _batch(program, _waiting(program) or _take_answers(program, least))


def _batch(program: str, taken: str) -> Batch | None:
    rows = Pool.objects.filter(program=program, batch=taken) if taken else []
    counts = {(row.measure, row.category): row.n for row in rows}
    return Batch(taken, counts) if taken else None


def _gathering(program: str, of: Count) -> QuerySet[Pool]:
    answers = Q(measure__startswith=FEEDBACK[0])
    return Pool.objects.filter(answers if of == FEEDBACK else ~answers, program=program, batch="")


def _take_answers(program: str, least: int) -> str:
    gathering = _gathering(program, FEEDBACK)
    answers = gathering.select_for_update().filter(measure=FEEDBACK[0]).first()
    if answers is None or answers.n < least:
        return ""
    batch = new_id()
    gathering.update(batch=batch)
    return batch


def _waiting(program: str) -> str:
    rows = Pool.objects.filter(program=program).exclude(batch="")
    return rows.order_by("batch").values_list("batch", flat=True).first() or ""


def _take(program: str, month: str, least: int, *, last: bool) -> str:
    measure, category = PEOPLE
    gathering = _gathering(program, PEOPLE)
    people = gathering.select_for_update().filter(measure=measure, category=category).first()
    before = Taken.objects.filter(program=program).values_list("month", flat=True).first() or ""
    if people is None or people.n < least or (month <= before and not last):
        return ""
    batch = new_id()
    gathering.update(batch=batch)
    Taken.objects.update_or_create(program=program, defaults={"month": month})
    return batch


@door
def drop_batch(*, batch: str) -> None:
    """Forget a batch that was added. An empty id, or one that is gone, changes nothing."""
    Pool.objects.filter(batch=batch).exclude(batch="").delete()


@door
def drop_rest(*, program: str) -> bool:
    """Forget what still gathers: too few people for a count, of a program that has ended. Whether any did."""
    with transaction.atomic(using="vault"):
        Taken.objects.filter(program=program).delete()
        _gathering(program, FEEDBACK).delete()
        return _gathering(program, PEOPLE).delete()[0] > 0
