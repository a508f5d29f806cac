"""Somebody who knows the program runs it on all there could be, and keeps what looks like a release.

Every way a small number of people can fall into several tables at once, released by `draw` itself. Nothing is
known to the attacker but what is shown and how referrals go: rows of one table that hold those of another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from touchbase.utilization import releases as drawing
from touchbase.utilization.counters import Count
from touchbase.utilization.releases import Period, Words, draw
from touchbase.utilization.suppression import Kind

Counts = dict[Count, int]
Cell = tuple[str, str]


def teams(total: int) -> Iterator[Counts]:
    """Lists beside others: who wasn't offered a peer got no second note."""
    for team in range(total + 1):
        for missed in range(team + 1):
            for fewer in range(missed, total + 1):
                yield {
                    ("source", "self"): total - team, ("source", "team"): team,
                    ("reach", "offered"): team - missed, ("reach", "not-offered"): missed,
                    ("touches", "two"): total - fewer, ("touches", "fewer"): fewer,
                }  # fmt: skip


def begun(total: int) -> Iterator[Counts]:
    """Peers who begin: these are matched at once."""
    for peer in range(total + 1):
        for colleague in range(total - peer + 1):
            for soon in range(peer, total + 1):
                yield {
                    ("source", "peer"): peer, ("source", "colleague"): colleague,
                    ("source", "self"): total - peer - colleague,
                    ("match", "within-24"): soon, ("match", "later"): total - soon,
                }  # fmt: skip


def unregistered(total: int) -> Iterator[Counts]:
    """Talks that aren't registered: each is one talk of somebody who talked."""
    for peer in range(total + 1):
        for talked in range(peer, total + 1):
            for once in range(peer, talked + 1):
                yield {
                    ("source", "peer"): peer, ("source", "self"): total - peer,
                    ("answer", "talked"): talked, ("answer", "none"): total - talked,
                    ("conversations", "one"): once, ("conversations", "two"): talked - once,
                }  # fmt: skip


def professions(total: int) -> Iterator[Counts]:
    """Lists beside others, of whom alone a profession is known."""
    for team in range(total + 1):
        for nurses in range(total - team + 1):
            yield {
                ("source", "self"): total - team, ("source", "team"): team,
                ("profession", "nurse"): nurses, ("profession", "not-said"): total - team - nurses,
            }  # fmt: skip


def what_cells_can_be(worlds: Iterator[Counts], floor: int) -> Iterator[tuple[Cell, set[int]]]:
    """For each look a release can have, and each cell it hides: all numbers it can be."""
    alike: dict[str, list[tuple[Counts, list[Cell]]]] = defaultdict(list)
    words = Words({"nurse": "Nurse"}, ())
    for counts in worlds:
        period = Period("2026-H1", "2026-H1", counts)
        sheet = draw(period, floor=floor, headcounts={"nurse": 900}, words=words)
        hidden = [
            (table.measure, cell.category)
            for table in sheet.tables
            for cell in table.cells
            if cell.kind is not Kind.SHOWN
        ]
        alike[sheet.model_dump_json()].append((counts, hidden))
    for found in alike.values():
        for cell in found[0][1]:
            yield cell, {_number(counts, cell) for counts, _ in found}


def _number(counts: Counts, cell: Cell) -> int:
    rows = {count: drawing._SHOWN_WITH.get(count, count[1]) for count in counts}
    return sum(n for count, n in counts.items() if (count[0], rows[count]) == cell)


WAYS = (teams, begun, unregistered, professions)


@pytest.mark.parametrize(("total", "floor"), [(11, 11), (16, 11), (23, 11), (16, 6), (19, 6)])
@pytest.mark.parametrize("way", WAYS)
def test_a_hidden_number_of_a_release_can_be_four_for_who_tries_everything(
    way: Callable[[int], Iterator[Counts]], total: int, floor: int
):
    # A row that nobody is in by the way of counting above is known from the start.
    found = [(cell, numbers) for cell, numbers in what_cells_can_be(way(total), floor) if numbers != {0}]
    assert found
    for cell, numbers in found:
        assert len(numbers) >= 4, (cell, numbers)
        assert max(numbers) - min(numbers) >= 3, (cell, numbers)


def test_with_a_row_for_whom_peers_began_with_some_numbers_would_be_known(monkeypatch):
    monkeypatch.setattr(drawing, "_SHOWN_WITH", {})
    assert min(len(numbers) for _, numbers in what_cells_can_be(begun(16), 6)) < 4
    assert min(len(numbers) for _, numbers in what_cells_can_be(unregistered(16), 6)) < 4
