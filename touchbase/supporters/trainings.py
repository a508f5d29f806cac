"""Reading trainings: sessions, who comes, how many hours somebody has, and who needs more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.kernel.occasion import Kind
from touchbase.programs.queries import program_by_id
from touchbase.supporters import eligibility, standing
from touchbase.supporters.models import Attendance, Supporter, Training
from touchbase.supporters.occasions import Said
from touchbase.supporters.standing import Attended, Needs

Sessions: TypeAlias = Mapping[str, Sequence[Attended]]
"""The sessions somebody was at, by membership."""

MOST_SHOWN = 50  # sessions on a page, the newest


@dataclass(frozen=True, slots=True)
class Planned:
    """A session as pages show it."""

    id: str
    kind: Kind
    way: str
    day: date
    begins: time
    hours: Decimal
    place: str
    seats: int
    teacher: str
    invited: int
    coming: int
    came: int
    said: str = ""  # by whoever looks at it
    done: bool = False  # whether they were there

    @property
    def full(self) -> bool:
        """Whether nobody else fits in."""
        return self.coming >= self.seats


@dataclass(frozen=True, slots=True)
class Learner:
    """Where one supporter stands with training."""

    membership: str
    name: str
    hours: Decimal
    needs: Needs
    trained: date | None
    fresh_until: date | None

    def fits(self, kind: str) -> bool:
        """Whether a session of this kind is what they need."""
        return (self.needs is Needs.TRAINING) == (kind == Kind.TRAINING) and self.needs is not Needs.NOTHING


@dataclass(frozen=True, slots=True)
class Seat:
    """One supporter at one session."""

    membership: str
    name: str
    said: str
    invited: bool
    done: bool


def sessions(program_id: str) -> list[Planned]:
    """The sessions of a program, the latest day first; one query."""
    rows = _counted(Training.objects.filter(program_id=program_id)).order_by("-day", "-begins", "id")
    return [_planned(row) for row in rows[:MOST_SHOWN]]


def session(training_id: str, program_id: str) -> Planned:
    """One session. Raises `NotFound`."""
    row = _counted(Training.objects.filter(pk=training_id, program_id=program_id)).first()
    if row is None:
        raise NotFound(_("This session isn't there any more."))
    return _planned(row)


def sessions_for(membership: str, program_id: str) -> list[Planned]:
    """The sessions of a program with what one supporter said to each; two queries."""
    mine = {row.training_id: row for row in Attendance.objects.filter(membership=membership)}
    rows = _counted(Training.objects.filter(program_id=program_id)).order_by("-day", "-begins", "id")
    return [_planned(row, mine.get(row.pk)) for row in rows[:MOST_SHOWN]]


def seats(training_id: str, program_id: str) -> list[Seat]:
    """Every supporter of the program at one session, those who come first; two queries."""
    there = {row.membership_id: row for row in Attendance.objects.filter(training=training_id)}
    rows = Supporter.objects.filter(membership__program=program_id).values_list(
        "membership_id", "membership__account__name"
    )
    found = [_seat(member, name, there.get(member)) for member, name in rows]
    rank = {Said.COMING.value: 0, "": 1, Said.CANNOT.value: 2}
    return sorted(found, key=lambda one: (not one.done, rank[one.said], not one.invited, one.name.casefold()))


def learners(program_id: str, today: date) -> list[Learner]:
    """Where everybody stands who supports in a program, by name; three queries for one or five hundred."""
    months = program_by_id(program_id).policy.supporters.refresher_months
    rows = Supporter.objects.filter(membership__program=program_id).select_related("membership__account")
    had = attended([row.membership_id for row in rows])
    found = [_learner(row, had.get(row.membership_id, ()), months, today) for row in rows]
    return sorted(found, key=lambda one: one.name.casefold())


def learner(membership: str, today: date) -> Learner:
    """Where one supporter stands. Raises `NotFound`."""
    row = Supporter.objects.filter(membership=membership).select_related("membership__account").first()
    if row is None:
        raise NotFound(_("This supporter is not in the program any more."))
    months = program_by_id(row.membership.program_id).policy.supporters.refresher_months
    return _learner(row, attended([membership]).get(membership, ()), months, today)


def in_need(program_id: str, today: date) -> list[Learner]:
    """Who can't be asked before a session, or soon can't."""
    return [one for one in learners(program_id, today) if one.needs is not Needs.NOTHING]


def attended(memberships: Collection[str]) -> Sessions:
    """The sessions some supporters were at; one query."""
    rows = Attendance.objects.filter(membership__in=memberships, done=True).values_list(
        "membership_id", "training__kind", "training__day", "training__hours"
    )
    found: dict[str, list[Attended]] = {}
    for member, kind, day, hours in rows:
        found.setdefault(member, []).append(Attended(kind, day, hours))
    return found


def _counted(rows: QuerySet[Training]) -> QuerySet[Training]:
    return rows.annotate(
        invited_n=Count("attendances"),
        coming_n=Count("attendances", filter=Q(attendances__said=Said.COMING)),
    )


def _planned(row: Training, mine: Attendance | None = None) -> Planned:
    counted = vars(row)  # what `_counted` added
    return Planned(
        id=row.id,
        kind=Kind(row.kind),
        way=row.way,
        day=row.day,
        begins=row.begins,
        hours=row.hours,
        place=row.place,
        seats=row.seats,
        teacher=row.teacher,
        invited=counted["invited_n"],
        coming=counted["coming_n"],
        came=row.came,
        said=mine.said if mine else "",
        done=bool(mine and mine.done),
    )


def _seat(member: str, name: str, row: Attendance | None) -> Seat:
    return Seat(member, name, row.said if row else "", row is not None, bool(row and row.done))


def _learner(row: Supporter, had: Sequence[Attended], months: int, today: date) -> Learner:
    until = eligibility.fresh_until(row.trained_month, row.refresher_month, months)
    return Learner(
        membership=row.membership_id,
        name=row.membership.account.name,
        hours=standing.hours(had),
        needs=standing.needs(row.trained_month, until, today),
        trained=row.trained_month,
        fresh_until=until,
    )
