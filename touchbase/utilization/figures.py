"""A release as the page, the print and the file show it: cards of rows, made once for all three."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.utilization import words
from touchbase.utilization.releases import Cell, Sheet, Table
from touchbase.utilization.suppression import Kind

# More dots than this are no picture any more; then one dot stands for ten people, or for a hundred.
MOST_DOTS = 200
DOTS_A_ROW = 20
# The findings that are also said at the top, when they can be shown: (measure, category).
_FIRST = (("match", "within-24"), ("note", "within-24"), ("answer", "talked"))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table and one bar of its chart. `length` is a percentage of the chart's width."""

    label: str
    people: str
    share: str
    kind: Kind
    length: str


@dataclass(frozen=True, slots=True)
class Card:
    """One measure: its question, the finding as its title, and the rows."""

    measure: str
    question: str
    finding: str
    rows: tuple[Row, ...]
    charted: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot of the picture of everybody. `talked`: somebody who talked with a peer."""

    x: int
    y: int
    talked: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """Everybody who reached out, as dots. `each` people a dot."""

    dots: tuple[Dot, ...]
    each: int
    height: int
    talked: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All that is shown of a release."""

    heading: str
    period: str
    people: int
    floor: int
    merged: bool
    sentences: tuple[str, ...]
    dots: Dots
    cards: tuple[Card, ...]


def page_of(sheet: Sheet) -> Page:
    """The page of a release. Everything on it comes from the frozen sheet and from words."""
    return Page(
        heading=words.reached_out(sheet.people, sheet.first, sheet.last),
        period=words.period(sheet.first, sheet.last),
        people=sheet.people,
        floor=sheet.floor,
        merged=sheet.first != sheet.last,
        sentences=tuple(_first_sentences(sheet)),
        dots=_dots(sheet),
        cards=tuple(_card(table, sheet.floor) for table in sheet.tables),
    )


def lines(page: Page) -> list[tuple[str, str, str, str]]:
    """The file, line by line, with the same cells as the tables on the screen."""
    head = (_("Question"), _("Group"), _("People"), _("Share"))
    everybody = (_("People who reached out"), page.period, str(page.people), "")
    rows = [(card.question, row.label, row.people, row.share) for card in page.cards for row in card.rows]
    return [head, everybody, *rows]


def _first_sentences(sheet: Sheet) -> list[str]:
    found = (_told(sheet, measure, category) for measure, category in _FIRST)
    return [_finding(*told) for told in found if told]


def _told(sheet: Sheet, measure: str, category: str) -> tuple[Table, Cell] | None:
    """A number that is shown and isn't zero, with its table."""
    cells = ((table, cell) for table in sheet.tables if table.measure == measure for cell in table.cells)
    return next(((table, cell) for table, cell in cells if cell.category == category and cell.n), None)


def _card(table: Table, floor: int) -> Card:
    asked = words.ASKED[table.measure]
    told = next((cell for cell in table.cells if cell.n), None)
    return Card(
        measure=table.measure,
        question=str(asked.question),
        finding=_finding(table, told) if told else _nothing_told(table, floor),
        rows=tuple(_row(table, cell, floor) for cell in table.cells),
        charted=table.total is not None,
    )


def _nothing_told(table: Table, floor: int) -> str:
    if table.total is None:
        return _("Fewer than %(floor)s people were sent to another program.") % {"floor": floor}
    return _("These numbers are too small to show.")


def _finding(table: Table, cell: Cell) -> str:
    asked = words.ASKED[table.measure]
    said = asked.says.get(cell.category)
    sentence = str(said.finding if said else asked.listed)
    return sentence % {"n": cell.n, "of": table.total, "label": cell.label}


def _row(table: Table, cell: Cell, floor: int) -> Row:
    said = words.ASKED[table.measure].says.get(cell.category)
    share = "" if cell.percent is None else _("%(percent)s%%") % {"percent": cell.percent}
    return Row(
        label=str(said.label) if said else cell.label,
        people=_number(cell, floor),
        share=share,
        kind=cell.kind,
        length=_length(table, cell, floor),
    )


def _number(cell: Cell, floor: int) -> str:
    if cell.kind is Kind.FEW:
        return words.fewer_than(floor)
    return _("not shown") if cell.kind is Kind.KEPT else str(cell.n)


def _length(table: Table, cell: Cell, floor: int) -> str:
    """How long a bar is. A hatched one ends where the floor is: the number lies somewhere in it."""
    if table.total is None or cell.kind is Kind.KEPT:
        return "0"
    n = floor - 1 if cell.kind is Kind.FEW else cell.n or 0
    return f"{min(100.0, 100 * n / table.total):.1f}"


def _dots(sheet: Sheet) -> Dots:
    each = next(each for each in (1, 10, 100, 1000, 10**9) if sheet.people <= MOST_DOTS * each)
    talked = _told(sheet, "answer", "talked")
    filled = round((talked[1].n or 0) / each) if talked else 0
    number = round(sheet.people / each)
    dots = tuple(
        Dot(x=10 + 20 * (place % DOTS_A_ROW), y=10 + 20 * (place // DOTS_A_ROW), talked=place < filled)
        for place in range(number)
    )
    return Dots(dots=dots, each=each, height=20 * -(-number // DOTS_A_ROW), talked=bool(talked))
