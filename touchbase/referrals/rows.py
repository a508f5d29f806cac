"""What is readable of referrals without the vault: where each stands, and what is due."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from touchbase.programs.models import Program
from touchbase.programs.policy import Policy
from touchbase.programs.queries import policy_promised
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral

_STATES = {state.value: state for state in State}
# The columns that a `Plain` is made of, in its order, spelled out: every page of the desk begins with them.
_OF_PROGRAM = f"""
    SELECT r.handle, r.program_id, r.state, r.held, r.assignee_id, r.row_version, r.policy_version,
        CAST(r.next_at AS text), r.next_kind, p.version
    FROM {Referral._meta.db_table} r JOIN {Program._meta.db_table} p ON p.id = r.program_id
    WHERE r.program_id = %s ORDER BY r.next_at, r.handle
"""  # noqa: S608  no value is in it


@dataclass(frozen=True, slots=True)
class Plain:
    """A referral without the person."""

    handle: str
    program: str
    state: State
    held: bool
    assignee: str
    row_version: int
    policy_version: int
    next_at: datetime
    next_kind: str
    today_version: int  # of the policy that holds now

    @property
    def policy(self) -> Policy:
        """The rules this referral was promised at its arrival, and what protects it more now (ruling D16)."""
        return policy_promised(self.program, self.policy_version, self.today_version)


def plain_of(program: str) -> list[Plain]:
    """Every referral of a program as far as it is readable, what is due first at the top."""
    # A board may hold hundreds: what the database gives is used as it is, without a row's object for each.
    with connection.cursor() as cursor:
        cursor.execute(_OF_PROGRAM, [program])
        return [plain_of_values(values) for values in cursor.fetchall()]


def values_of(referral: str = "") -> tuple[str | Cast, ...]:
    """What `plain_of_values` takes, for a query of referrals or of rows that lead to one ("referral__")."""
    names = ("handle", "program_id", "state", "held", "assignee_id", "row_version", "policy_version")
    moment = Cast(f"{referral}next_at", TextField())  # as text, which is read once for all of a half hour
    return (
        *(referral + name for name in names),
        moment,
        f"{referral}next_kind",
        f"{referral}program__version",
    )


def plain_of_values(values: Sequence[Any]) -> Plain:
    """A referral without the person, from its columns."""
    handle, program, state, held, assignee, row_version, policy_version, next_at, next_kind, today = values
    return Plain(
        handle, program, _STATES[state], bool(held), assignee or "", row_version, policy_version,
        _moment(next_at), next_kind, today,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime:
    """A moment as a database writes it. SQLite leaves out that all of ours are in UTC.

    Moments are half hours, so those of a board repeat.
    """
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(at: datetime, *, limit: int, after: Plain | None = None) -> list[Plain]:
    """What the clock has to look at now, the longest overdue first; `after` goes on behind one of them.

    Not those that came out of a copy and that the desk hasn't looked at yet.
    """
    rows = Referral.objects.filter(next_at__lte=at, unsure=False)
    if after is not None:
        later = Q(next_at__gt=after.next_at) | Q(next_at=after.next_at, handle__gt=after.handle)
        rows = rows.filter(later)
    first = rows.order_by("next_at", "handle").values_list(*values_of())[:limit]
    return [plain_of_values(values) for values in first]


def is_asked(member: str) -> bool:
    """Whether a supporter's answer to an ask is waited for."""
    return Referral.objects.filter(assignee_id=member, state=State.MATCHED).exists()


def count_waiting(handles: Collection[str]) -> int:
    """How many of these wait, and nobody has been asked for them."""
    return Referral.objects.filter(handle__in=handles, state=State.RECEIVED).count() if handles else 0


def open_among(handles: Collection[str]) -> frozenset[str]:
    """Those of some handles that have a row, and aren't closing."""
    found = Referral.objects.filter(handle__in=handles).exclude(state=State.CLOSING) if handles else ()
    return frozenset(row.handle for row in found)


def open_now(program: str) -> Mapping[str, int]:
    """How many referrals each supporter of a program has on their hands."""
    held = Referral.objects.filter(program_id=program, assignee__isnull=False)
    return dict(held.values_list("assignee_id").annotate(n=Count("handle")))


def all_handles() -> set[str]:
    """Every referral that has a row: what the vault's keys are compared with."""
    return set(Referral.objects.values_list("handle", flat=True))


def unsure_of(program: str) -> list[Plain]:
    """Referrals that came out of a copy of the database, and that the desk hasn't looked at yet."""
    rows = Referral.objects.filter(program_id=program, unsure=True).order_by("next_at", "handle")
    return [plain_of_values(values) for values in rows.values_list(*values_of())]


def named_versions(program: str) -> dict[int, int]:
    """The policy versions that open referrals of a program were promised, with how many go by each."""
    named = Referral.objects.filter(program_id=program).values_list("policy_version", flat=True)
    return dict(sorted(Counter(named).items()))
