"""Reading releases, and the counters that wait for one. Pages read releases only."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.utilization.counters import Count
from touchbase.utilization.models import Counter, Release
from touchbase.utilization.releases import Sheet


@dataclass(frozen=True, slots=True)
class Released:
    """A release: the half-year it ends with, the day it was made, and what it shows."""

    half_year: str
    made_day: date
    sheet: Sheet


def releases(program_id: str) -> list[Released]:
    """All releases of a program, the newest first."""
    rows = Release.objects.filter(program_id=program_id).order_by("-half_year")
    return [_released(row) for row in rows]


def latest(program_id: str) -> Released | None:
    """The newest release of a program, or None while there is none."""
    row = Release.objects.filter(program_id=program_id).order_by("-half_year").first()
    return _released(row) if row else None


def release_of(program_id: str, half_year: str) -> Released:
    """The release that ends with a half-year. `NotFound` when there is none."""
    row = Release.objects.filter(program_id=program_id, half_year=half_year).first()
    if row is None:
        raise NotFound(_("There are no numbers for this time. Go back to the newest ones."))
    return _released(row)


def last_released(program_id: str) -> str:
    """The half-year with which the newest release ends; empty while there is none."""
    newest = Release.objects.filter(program_id=program_id).order_by("-half_year")
    return newest.values_list("half_year", flat=True).first() or ""


def counts_since(program_id: str, *, after: str, before: str) -> dict[str, dict[Count, int]]:
    """The counters by half-year that were never released and whose half-year is over."""
    rows = Counter.objects.filter(program_id=program_id, half_year__gt=after, half_year__lt=before)
    found: dict[str, dict[Count, int]] = {}
    for row in rows.order_by("half_year", "measure", "category"):
        found.setdefault(row.half_year, {})[row.measure, row.category] = row.n
    return found


def _released(row: Release) -> Released:
    return Released(row.half_year, row.made_day, Sheet.model_validate(row.table))
