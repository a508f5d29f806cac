"""Writing and reading the sums of desk acts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from touchbase.audit.models import Act as Row


@dataclass(frozen=True, slots=True)
class Act:
    """How often somebody did one kind of thing on a day."""

    day: date
    actor: str
    verb: str
    n: int


def record(*, program: str, actor: str, verb: str, day: date, n: int = 1) -> None:
    """Add `n` to the sum of one kind of act. Says who and what kind, never about whom."""
    row, created = Row.objects.get_or_create(
        day=day, program=program, actor=actor, verb=verb, defaults={"n": n}
    )
    if not created:
        Row.objects.filter(pk=row.pk).update(n=F("n") + n)


def acts(*, program: str, since: date) -> list[Act]:
    """The sums of a program from a day on, newest first: for the page of acts."""
    found = Row.objects.filter(program=program, day__gte=since).order_by("-day", "actor", "verb")
    return [Act(row.day, row.actor, row.verb, row.n) for row in found]


def count(*, program: str, actor: str, verb: str, day: date) -> int:
    """How often an actor did one kind of act on a day."""
    found = Row.objects.filter(program=program, actor=actor, verb=verb, day=day)
    return sum(found.values_list("n", flat=True))
