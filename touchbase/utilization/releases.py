"""What a release holds: which half-years it covers, and its tables exactly as they are shown.

A release is made once from the counters and frozen (ruling A15). Screen, print and file all read this value,
so none of them can show a number that another one hides: a hidden number isn't in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from touchbase.utilization.counters import LONGEST, MEASURES, Count, Measure, Of, next_half_year
from touchbase.utilization.suppression import Kind, suppress, suppress_alone

Counts = Mapping[Count, int]

# A profession is shown by itself only when so many people could have been counted in it (ruling C21).
LEAST_HEADCOUNT = 20
# What a list leaves over is shown as one row, and not at all when nothing is in it.
LEFT_OVER = frozenset({"other", "not-said"})
# Shown as one row with another. A peer who begins takes the person on in that moment, and of a talk that is
# never registered nothing else is counted: how many these are would bound rows of nearly every other table.
_SHOWN_WITH = {("source", "peer"): "self"}


class Frozen(BaseModel):
    """A part of a release: it never changes, and what is stored of it has no other keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cell(Frozen):
    """One number as it is shown. `label` is the policy's own word where the policy made the category."""

    category: str
    kind: Kind
    n: int | None = None
    percent: int | None = None
    label: str = ""


class Table(Frozen):
    """One measure: the people it divides, and the cells in their order. A number alone has no total."""

    measure: str
    total: int | None
    cells: tuple[Cell, ...]


class Sheet(Frozen):
    """A whole release: the half-years it covers, how many people reached out, and the tables."""

    floor: int
    first: str
    last: str
    people: int
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The policy's own lists, in its order: professions by key, and the bands of minutes."""

    professions: Mapping[str, str]
    minutes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Half-years that are released together, and what was counted in them."""

    first: str
    last: str
    counts: Counts


def people_in(counts: Counts) -> int:
    """How many people were counted: everybody has exactly one source."""
    return sum(n for (measure, _), n in counts.items() if measure == "source")


def ripe(halves: Mapping[str, Counts], *, after: str, before: str, floor: int) -> Iterator[Period]:
    """The periods that may be released, oldest first: after the last release (empty: none yet), before now.

    A half-year that holds fewer people than the floor waits and is released together with the next one.
    It never stands alone, and no two releases overlap, so their difference says nothing.
    """
    first = half = next_half_year(after) if after else min(halves, default=before)
    gathered: dict[Count, int] = {}
    while half < before:
        for count, n in halves.get(half, {}).items():
            gathered[count] = gathered.get(count, 0) + n
        if people_in(gathered) >= floor:
            yield Period(first, half, gathered)
            first, gathered = next_half_year(half), {}
        half = next_half_year(half)


def draw(period: Period, *, floor: int, headcounts: Mapping[str, int | None], words: Words) -> Sheet:
    """The tables of a period as leaders see them. `headcounts` are eligible staff, by key of a profession.

    A measure is drawn only when everybody was counted in it: one that came in halfway would show a part.
    Tables of those who talked are drawn only when their number is shown, since they sum to it.
    """
    people = people_in(period.counts)
    lists = {
        "profession": _professions(headcounts, words, most=people, floor=floor),
        "minutes": {label[:LONGEST]: label for label in words.minutes},
    }
    tables: list[Table] = []
    totals: dict[Of, int | None] = {Of.PEOPLE: people, Of.SINGLY: None, Of.TALKED: None}
    for measure in MEASURES.values():
        if measure.of not in totals:
            continue
        total = totals[measure.of]
        rows = rows_of(measure, period.counts, lists.get(measure.key, {}))
        if total and len(rows) > 1 and sum(rows.values()) == total:
            tables.append(_table(measure, rows, total, floor, lists.get(measure.key, {})))
        totals |= _parts(measure, tables, people)
    tables += _reach(period.counts, tables, floor)
    tables += _feedback(period.counts, floor)
    tables += _elsewhere(period.counts, floor)
    return Sheet(floor=floor, first=period.first, last=period.last, people=people, tables=tuple(tables))


def _parts(measure: Measure, tables: list[Table], people: int) -> dict[Of, int | None]:
    """How many the tables divide that don't divide everybody, where the table before them shows it."""
    if measure.key == "answer":
        return {Of.TALKED: _shown(tables, "answer", "talked")}
    together = _shown(tables, "source", "team") if measure.key == "source" else None
    return {} if together is None else {Of.SINGLY: people - together}


def _professions(
    headcounts: Mapping[str, int | None], words: Words, *, most: int, floor: int
) -> Mapping[str, str]:
    """The professions shown by themselves, by key.

    As many as `most` people may be of one: with so few others eligible that fewer than the floor would be
    left, the count would say who did *not* reach out. Judged by the total alone, which is shown anyway.
    """
    least = max(LEAST_HEADCOUNT, most + floor)
    return {
        key: words.professions.get(key, key) for key, staff in headcounts.items() if (staff or 0) >= least
    }


def rows_of(measure: Measure, counts: Counts, listed: Mapping[str, str]) -> dict[str, int]:
    """What was counted in each row, in the order shown; what the list doesn't have, in the rest.

    A release of one program and of several together have the same rows. `listed`: the policy's own list.
    """
    categories = (*listed, measure.rest) if measure.open else measure.categories
    rows = {category: 0 for category in categories if (measure.key, category) not in _SHOWN_WITH}
    for (of, category), n in counts.items():
        if of == measure.key:
            row = _SHOWN_WITH.get((of, category), category)
            rows[row if row in rows else measure.rest] += n
    return rows


def _table(
    measure: Measure, rows: Mapping[str, int], total: int, floor: int, labels: Mapping[str, str]
) -> Table:
    kinds = suppress(tuple(rows.values()), floor=floor)
    cells = tuple(
        _cell(category, n, kind, total, labels.get(category, ""))
        for (category, n), kind in zip(rows.items(), kinds, strict=True)
        if n or kind is not Kind.SHOWN or category not in LEFT_OVER
    )
    return Table(measure=measure.key, total=total, cells=cells)


def _cell(category: str, n: int, kind: Kind, total: int | None, label: str) -> Cell:
    if kind is not Kind.SHOWN:
        return Cell(category=category, kind=kind, label=label)
    # Of two numbers that are shown, so it tells nothing new. Halves are rounded up.
    percent = (200 * n + total) // (2 * total) if total else None
    return Cell(category=category, kind=kind, n=n, percent=percent, label=label)


def _shown(tables: list[Table], measure: str, category: str) -> int | None:
    cells = (cell for table in tables if table.measure == measure for cell in table.cells)
    return next((cell.n for cell in cells if cell.category == category), None)


def _reach(counts: Counts, tables: list[Table], floor: int) -> list[Table]:
    """Of those who came in a list, how many were offered a peer; only in a release that hides nothing at all.

    How many weren't offered one bounds how many gave no answer and got no note, and with that the hidden
    cells beside those; and these bound it.
    """
    measure, total = MEASURES["reach"], _shown(tables, "source", "team")
    rows = rows_of(measure, counts, {})
    if not total or sum(rows.values()) != total:
        return []
    drawn = _table(measure, rows, total, floor, {})
    hides = any(cell.kind is not Kind.SHOWN for table in (*tables, drawn) for cell in table.cells)
    return [] if hides else [drawn]


def _feedback(counts: Counts, floor: int) -> list[Table]:
    """What was answered, each question by itself, from as many answers on as the floor says.

    Answers are nobody's: they divide neither the people of the release nor each other.
    """
    asked = [measure for measure in MEASURES.values() if measure.of is Of.ANSWERS]
    drawn = [(measure, rows_of(measure, counts, {})) for measure in asked]
    return [
        _table(measure, rows, sum(rows.values()), floor, {})
        for measure, rows in drawn
        if sum(rows.values()) >= floor
    ]


def _elsewhere(counts: Counts, floor: int) -> list[Table]:
    """Those sent to another program: counted apart from the others, so a number by itself."""
    n = counts.get(("elsewhere", "elsewhere"), 0)
    cell = _cell("elsewhere", n, suppress_alone(n, floor=floor), None, "")
    return [Table(measure="elsewhere", total=None, cells=(cell,))] if n else []
