"""Reading who would like to be called by faculty, and who of them calls."""

from dataclasses import dataclass

from django.db.models import QuerySet

from touchbase.collaborative.gatherings import Days, Hours, Topic
from touchbase.collaborative.models import Consult


@dataclass(frozen=True, slots=True)
class Asked:
    """A member that would like to be called. `by`: who of the faculty calls, as their name; nothing: nobody.

    `caller`: the same person by their membership.
    """

    id: str
    program: str  # its id
    topic: Topic
    days: Days
    hours: Hours
    by: str
    caller: str


def waiting(together_id: str) -> list[Asked]:
    """Everybody who would like to be called, those first who asked first; one query."""
    return _read(Consult.objects.filter(member__collaborative=together_id))


def of_member(member_id: str) -> list[Asked]:
    """What one member would like to be called about; one query."""
    return _read(Consult.objects.filter(member=member_id))


def anybody_waits(home: str) -> bool:
    """Whether a call is wanted that nobody has taken yet; `home`: the program at the center."""
    return Consult.objects.filter(member__collaborative__home=home, taken_by=None).exists()


def _read(rows: QuerySet[Consult]) -> list[Asked]:
    return [_asked(row) for row in rows.select_related("member", "taken_by__account").order_by("turn", "id")]


def _asked(row: Consult) -> Asked:
    return Asked(
        id=row.id,
        program=row.member.program_id,
        topic=Topic(row.topic),
        days=Days(row.days),
        hours=Hours(row.hours),
        by=row.taken_by.account.name if row.taken_by else "",
        caller=row.taken_by_id or "",
    )
