"""What is readable of referrals without the vault: where each stands, and what is due."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from touchbase.programs.policy import Policy
from touchbase.programs.queries import policy_promised
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral

_STATES = {state.value: state for state in State}
# The columns that a `Plain` is made of, in its order; the moment as text, which Django reads slowly.
_READ = (
    "handle", "program_id", "state", "held", "assignee_id", "row_version", "policy_version",
    Cast("next_at", TextField()), "next_kind", "program__version",
)  # fmt: skip


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


def plain(row: Referral) -> Plain:
    """A row as a value. Read it together with its program."""
    return Plain(
        handle=row.handle,
        program=row.program_id,
        state=State(row.state),
        held=row.held,
        assignee=row.assignee_id or "",
        row_version=row.row_version,
        policy_version=row.policy_version,
        next_at=row.next_at,
        next_kind=row.next_kind,
        today_version=row.program.version,
    )


def plain_of(program: str) -> list[Plain]:
    """Every referral of a program as far as it is readable, what is due first at the top."""
    rows = Referral.objects.filter(program_id=program).order_by("next_at", "handle")
    # A board may hold hundreds: plain values are half the work of rows.
    return [
        Plain(key, in_, _STATES[state], held, peer or "", row, policy, _moment(next_at), kind, today)
        for key, in_, state, held, peer, row, policy, next_at, kind, today in rows.values_list(*_READ)
    ]


def _moment(text: str) -> datetime:
    """A moment as a database writes it. SQLite leaves out that all of ours are in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(at: datetime, *, limit: int, after: Plain | None = None) -> list[Plain]:
    """What the clock has to look at now, the longest overdue first; `after` goes on behind one of them."""
    rows = Referral.objects.filter(next_at__lte=at).select_related("program")
    if after is not None:
        later = Q(next_at__gt=after.next_at) | Q(next_at=after.next_at, handle__gt=after.handle)
        rows = rows.filter(later)
    return [plain(row) for row in rows.order_by("next_at", "handle")[:limit]]


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
    return Counter(held.values_list("assignee_id", flat=True))


def all_handles() -> set[str]:
    """Every referral that has a row: what the vault's keys are compared with."""
    return set(Referral.objects.values_list("handle", flat=True))


def named_versions(program: str) -> dict[int, int]:
    """The policy versions that open referrals of a program were promised, with how many go by each."""
    named = Referral.objects.filter(program_id=program).values_list("policy_version", flat=True)
    return dict(sorted(Counter(named).items()))
