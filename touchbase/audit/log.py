"""Writing and reading the sums of desk acts."""

from datetime import date

from django.db.models import F

from touchbase.audit.models import Act


def record(*, program: str, actor: str, verb: str, day: date, n: int = 1) -> None:
    """Add `n` to the sum of one kind of act. Says who and what kind, never about whom."""
    act, created = Act.objects.get_or_create(
        day=day, program=program, actor=actor, verb=verb, defaults={"n": n}
    )
    if not created:
        Act.objects.filter(pk=act.pk).update(n=F("n") + n)


def acts(*, program: str, since: date) -> list[Act]:
    """The sums of a program from a day on, newest first: for the audit page and its reader."""
    found = Act.objects.filter(program=program, day__gte=since)
    return list(found.order_by("-day", "actor", "verb"))


def count(*, program: str, actor: str, verb: str, day: date) -> int:
    """How often an actor did one kind of act on a day."""
    found = Act.objects.filter(program=program, actor=actor, verb=verb, day=day)
    return sum(found.values_list("n", flat=True))
