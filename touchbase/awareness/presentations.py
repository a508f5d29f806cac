"""Where a program was presented: a kind from a list, heads as a number. Reading them, and what is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Sum
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.utils.translation import gettext as _

from touchbase.awareness.models import Presentation
from touchbase.kernel.errors import DomainError, NotFound

MOST_HEADS = 5000
MOST_SHOWN = 40
EARLIEST = date(2000, 1, 1)


class Kind(StrEnum):
    """Before whom. No text beside it: a room could be named by what happened in it."""

    GRAND_ROUNDS = "grand-rounds"
    ORIENTATION = "orientation"
    DEPARTMENT = "department"
    HUDDLE = "huddle"
    CLASS = "class"
    LEADERS = "leaders"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Given:
    """A presentation as it is entered."""

    day: date
    kind: Kind
    heads: int


@dataclass(frozen=True, slots=True)
class Held:
    """A presentation as it is kept."""

    id: str
    given: Given


@dataclass(frozen=True, slots=True)
class HalfYear:
    """All of a half-year together."""

    half: str  # "2026-H2"
    sessions: int
    heads: int


@dataclass(frozen=True, slots=True)
class Summed:
    """All presentations of one kind together."""

    kind: Kind
    sessions: int
    heads: int


class GivenUnclear(DomainError):
    """What was typed needs another look: the sentence of each field."""

    code = "not-clear"

    def __init__(self, each: Mapping[str, str]) -> None:
        super().__init__(next(iter(each.values())))
        self.each = each


def given(typed: Mapping[str, str], *, today: date) -> Given:
    """What was typed, as a value. Raises `GivenUnclear`."""
    day, kind, heads = _day(typed, today), _kind(typed), _heads(typed)
    problems = {
        "kind": "" if kind else _("Choose what it was."),
        "day": "" if day else _("Enter the day it was given, today or before."),
        "heads": "" if heads else _("Enter how many heard it, from 1 to 5000."),
    }
    if day is None or kind is None or heads is None:
        raise GivenUnclear({field: sentence for field, sentence in problems.items() if sentence})
    return Given(day, kind, heads)


def _day(typed: Mapping[str, str], today: date) -> date | None:
    try:
        day = date.fromisoformat(typed.get("day", "").strip())
    except ValueError:
        return None
    return day if EARLIEST <= day <= today else None


def _kind(typed: Mapping[str, str]) -> Kind | None:
    said = typed.get("kind", "")
    return Kind(said) if said in set(Kind) else None


def _heads(typed: Mapping[str, str]) -> int | None:
    said = typed.get("heads", "").strip()
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    return number if 0 < number <= MOST_HEADS else None


def presentations(program_id: str) -> list[Held]:
    """What was given, the latest first; one query."""
    rows = Presentation.objects.filter(program_id=program_id).order_by("-day", "kind", "id")
    return [_held(row) for row in rows[:MOST_SHOWN]]


def presentation(key: str, program_id: str) -> Held:
    """One of them. Raises `NotFound`."""
    row = Presentation.objects.filter(pk=key, program_id=program_id).first()
    if row is None:
        raise gone()
    return _held(row)


def half_years(program_id: str) -> list[HalfYear]:
    """How many were given and heard in each half-year, the newest first; one query."""
    rows = (
        Presentation.objects.filter(program_id=program_id)
        .annotate(year=ExtractYear("day"), quarter=ExtractQuarter("day"))
        .values("year", "quarter")
        .annotate(sessions=Count("id"), heads=Sum("heads"))
    )
    found: dict[str, HalfYear] = {}
    for row in rows:
        half = f"{row['year']}-H{1 if row['quarter'] <= 2 else 2}"
        before = found.get(half, HalfYear(half, 0, 0))
        found[half] = HalfYear(half, before.sessions + row["sessions"], before.heads + row["heads"])
    return sorted(found.values(), key=lambda one: one.half, reverse=True)


def between(program_id: str, since: date, until: date) -> list[Summed]:
    """What was given from one day to another, by kind, kinds that weren't left out; one query."""
    rows = Presentation.objects.filter(program_id=program_id, day__gte=since, day__lte=until)
    summed = {
        kind: (n, heads) for kind, n, heads in rows.values_list("kind").annotate(Count("id"), Sum("heads"))
    }
    return [Summed(kind, *summed[kind]) for kind in Kind if kind in summed]


def gone() -> NotFound:
    """What is said of one that isn't there any more."""
    return NotFound(_("This isn't there any more. Somebody else took it out."))


def _held(row: Presentation) -> Held:
    return Held(row.id, Given(row.day, Kind(row.kind), row.heads))
