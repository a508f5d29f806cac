"""The pool: counts of closed referrals, gathered until they are many, then handed on in one batch (A14, A15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from touchbase.kernel.ids import new_id
from touchbase.vault.models import Buried, HandedOn, Pool

LEAST = 11
PEOPLE = ("people", "people")
BURIED_DAYS = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Counts to add up, with an id that makes adding them twice harmless."""

    id: str
    counts: Mapping[tuple[str, str], int]


def add(*, program: str, counts: Sequence[tuple[str, str]]) -> None:
    """Add one closed referral. Call it inside the transaction that destroys its key."""
    for measure, category in dict.fromkeys([PEOPLE, *counts]):
        n = 1 if (measure, category) == PEOPLE else list(counts).count((measure, category))
        _raise(program, measure, category, n)


def _raise(program: str, measure: str, category: str, n: int) -> None:
    where = {"program": program, "batch": "", "measure": measure, "category": category}
    if not Pool.objects.filter(**where).update(n=F("n") + n):
        Pool.objects.create(**where, n=n)


def bury(*, handle: str, at: datetime) -> None:
    """Remember for two days that this handle was erased, and forget those whose time is over."""
    Buried.objects.filter(until__lt=at.date()).delete()
    Buried.objects.get_or_create(handle=handle, defaults={"until": at.date() + timedelta(days=BURIED_DAYS)})


def take_batch(*, program: str, at: datetime, least: int = LEAST) -> Batch | None:
    """What has gathered, once a month and only when it is of at least `least` people; None otherwise.

    A batch that was taken and not dropped comes again, the same.
    """
    pending = Pool.objects.filter(program=program).exclude(batch="").first()
    if pending is not None:
        return _batch(program, pending.batch)
    month = f"{at:%Y-%m}"
    if HandedOn.objects.filter(program=program, month=month).exists():
        return None
    with transaction.atomic(using="vault"):
        gathering = Pool.objects.select_for_update().filter(program=program, batch="")
        people = gathering.filter(measure=PEOPLE[0]).first()
        if people is None or people.n < least:
            return None
        batch = new_id()
        gathering.update(batch=batch)
        HandedOn.objects.update_or_create(program=program, defaults={"month": month})
    return _batch(program, batch)


def _batch(program: str, batch: str) -> Batch:
    rows = Pool.objects.filter(program=program, batch=batch)
    return Batch(batch, {(row.measure, row.category): row.n for row in rows})


def drop_batch(*, batch: str) -> None:
    """Forget a batch that was added up."""
    Pool.objects.filter(batch=batch).exclude(batch="").delete()
