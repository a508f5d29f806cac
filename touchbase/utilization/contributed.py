"""What programs that learn together may add up: counters of a half-year that was released by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from touchbase.utilization.counters import Count
from touchbase.utilization.models import Counter, Release
from touchbase.utilization.releases import Sheet


@dataclass(frozen=True, slots=True)
class Contributed:
    """A program's counters of a half-year, and the floor it was released with."""

    counts: dict[Count, int]
    floor: int


def contributed(program_ids: Iterable[str], half_year: str) -> dict[str, Contributed]:
    """By program, the counters behind a release of exactly this half-year. Never shown as they are.

    A program whose release covers two half-years isn't among them: a number of one of the two would take the
    release apart. What is released is frozen, and so is what stands behind it: later counts count
    later. One that ended has none any more.
    """
    rows = Release.objects.filter(program_id__in=program_ids, half_year=half_year).order_by("program_id")
    sheets = {row.program_id: Sheet.model_validate(row.table) for row in rows}
    floors = {program: sheet.floor for program, sheet in sheets.items() if sheet.first == half_year}
    found: dict[str, Contributed] = {}
    for row in Counter.objects.filter(program_id__in=floors, half_year=half_year).order_by("program_id"):
        one = found.setdefault(row.program_id, Contributed({}, floors[row.program_id]))
        one.counts[row.measure, row.category] = row.n
    return found
