"""The numbers of all members together: made once for a half-year that is over, and frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.collaborative.models import Collaborative, Member, MemberState, PooledRelease
from touchbase.collaborative.pooled import MEMBERS, Parts, Pooled, pool
from touchbase.collaborative.queries import Together
from touchbase.kernel.errors import NotFound
from touchbase.utilization.contributed import Contributed, contributed
from touchbase.utilization.counters import MEASURES, Measure, Of, half_year
from touchbase.utilization.releases import LEFT_OVER, Cell, Frozen, Sheet, Table, people_in, rows_of
from touchbase.utilization.suppression import Kind

# A member's own release is made on the first day of the next half-year, in its own zone and once its worker
# runs; whoever hasn't one after so many days is left out.
WAIT = timedelta(days=7)


class PooledSheet(Frozen):
    """A pooled release: how many members are in it, and what may be shown. No sheet: nothing may be."""

    members: int
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class PooledHalf:
    """A pooled release and the half-year it is of."""

    half_year: str
    made_day: date
    members: int
    sheet: Sheet | None


def pooled_releases(together: Together) -> list[PooledHalf]:
    """Every half-year that was pooled, the newest first, as it was frozen."""
    rows = PooledRelease.objects.filter(collaborative_id=together.id).order_by("-half_year")
    found = [(row, PooledSheet.model_validate(row.table)) for row in rows]
    return [PooledHalf(row.half_year, row.made_day, each.members, each.sheet) for row, each in found]


def pooled_release(together: Together, half: str) -> PooledHalf:
    """The pooled release of a half-year. `NotFound` when there is none."""
    for each in pooled_releases(together):
        if each.half_year == half:
            return each
    raise NotFound(_("There are no numbers for this time. Go back to the newest ones."))


def release_all_due(*, today: date) -> int:
    """What is due in every collaborative. Gives how many releases were made."""
    return sum(release_due(collaborative=row.pk, today=today) for row in Collaborative.objects.all())


def release_due(*, collaborative: str, today: date) -> bool:
    """Pool the half-year that ended last, once three members released it. True when it was done just now.

    Whoever is a member at that moment is in it with what it released of exactly this half-year, and who joins
    or leaves later changes nothing. It is decided once, also when nothing of it may be shown: to try again
    with other members would tell what kept it from being shown before.
    """
    half = _last_half(today)
    made = PooledRelease.objects.filter(collaborative_id=collaborative, half_year=half)
    joined = Member.objects.filter(collaborative_id=collaborative, state=MemberState.JOINED)
    if made.exists() or joined.count() < MEMBERS:
        return False  # nothing is locked for it
    with transaction.atomic():
        Collaborative.objects.select_for_update().get(pk=collaborative)
        found = contributed(list(joined.values_list("program_id", flat=True)), half)
        if made.exists() or len(found) < MEMBERS:
            return False
        pooled = PooledSheet(members=len(found), sheet=_draw(list(found.values()), half))
        PooledRelease.objects.create(
            collaborative_id=collaborative,
            half_year=half,
            table=pooled.model_dump(mode="json"),
            made_day=today,
        )
    return True


def _last_half(today: date) -> str:
    """The newest half-year that has been over for the time to wait."""
    this = half_year(today - WAIT)
    return f"{this[:4]}-H1" if this.endswith("2") else f"{int(this[:4]) - 1}-H2"


def _draw(members: Sequence[Contributed], half: str) -> Sheet | None:
    """The tables of all together, or None where not even their number of people may be shown.

    The floor is that of the strictest member, and no number is shown that rests on fewer people of a member:
    everybody knows that each of them released its half-year, so has that many at least. Measures whose
    answers a policy writes itself aren't pooled, and those of people who talked only beside their number.
    """
    floor = max(member.floor for member in members)
    people = tuple(people_in(member.counts) for member in members)
    totals: dict[Of, tuple[Parts, int] | None] = {Of.PEOPLE: (people, floor), Of.TALKED: None}
    tables = []
    for measure in MEASURES.values():
        counted = _counted(measure, members)
        known = None if measure.open else totals.get(measure.of)
        if known is None or tuple(map(sum, zip(*counted.values(), strict=True))) != known[0]:
            continue  # a measure that wasn't counted for everybody would show a part
        shown = pool(list(counted.values()), floor=floor, least=known[1])
        if shown.total is not None:
            tables.append(_table(measure, list(counted), shown))
        if measure.key == "answer" and shown.cells[0]:
            totals[Of.TALKED] = (counted["talked"], 1)
    return _sheet(half, floor, tables)


def _counted(measure: Measure, members: Sequence[Contributed]) -> dict[str, Parts]:
    """For each row of a measure, those of a member's own release, what each member counted in it."""
    rows = [rows_of(measure, member.counts, {}) for member in members]
    return {category: tuple(each[category] for each in rows) for category in rows[0]}


def _table(measure: Measure, categories: Sequence[str], shown: Pooled) -> Table:
    total = shown.total or 0
    cells = [
        Cell(category=category, kind=Kind.KEPT)
        if n is None
        else Cell(category=category, kind=Kind.SHOWN, n=n, percent=(200 * n + total) // (2 * total))
        for category, n in zip(categories, shown.cells, strict=True)
        if n != 0 or category not in LEFT_OVER
    ]
    return Table(measure=measure.key, total=shown.total, cells=tuple(cells))


def _sheet(half: str, floor: int, tables: Sequence[Table]) -> Sheet | None:
    """All tables; the first is of everybody, so its total is how many people there are."""
    if not tables:
        return None
    return Sheet(floor=floor, first=half, last=half, people=tables[0].total or 0, tables=tuple(tables))
