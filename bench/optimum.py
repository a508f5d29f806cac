"""The fewest cells that can be hidden, by an integer solver: what suppression is measured against.

Two optima. *One table*: whoever reads knows the total and the shown cells, is told nothing of the others, and
knows nothing of how they are chosen; the classical problem of cell suppression, and the easiest to satisfy.
*All tables*: whoever reads has the program, too. Then a table can't be judged by itself: every look needs
five numbers in each hidden cell over all tables that look like it, which is what suppression promises. That
hides more, and can be solved for small tables alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

WIDTH = 4  # a hidden number and that number plus four: five numbers at least

Table = tuple[int, ...]
Look = tuple[tuple[int, ...], Table]


def fewest(counts: Sequence[int], floor: int) -> int:
    """How many cells of one table must be hidden so that no small one is known within `WIDTH`."""
    small = [place for place, n in enumerate(counts) if 0 < n < floor]
    model = cp_model.CpModel()
    hidden = [model.new_bool_var("") for _ in counts]
    for place in small:
        model.add(hidden[place] == 1)
        least, most = (_other(model, counts, hidden) for _ in range(2))
        model.add(most[place] - least[place] >= WIDTH)
    model.minimize(sum(hidden))
    solver = _solver(60)
    if solver.solve(model) != cp_model.OPTIMAL:
        return len(counts)  # nothing keeps that promise: the table isn't shown
    return round(solver.objective_value)


def _other(model: cp_model.CpModel, counts: Sequence[int], hidden: Sequence[Any]) -> list[Any]:
    """A table that looks the same: equal where it is shown, with the same total."""
    total = sum(counts)
    cells = [model.new_int_var(0, total, "") for _ in counts]
    for cell, n, is_hidden in zip(cells, counts, hidden, strict=True):
        model.add(cell == n).only_enforce_if(~is_hidden)
    model.add(sum(cells) == total)
    return cells


def fewest_of_all(total: int, cells: int, floor: int, seconds: float) -> tuple[int, bool]:
    """How many cells of all tables of a total must be hidden together, and whether that is proven least."""
    model = cp_model.CpModel()
    looks: dict[Look, list[tuple[Table, Any]]] = defaultdict(list)
    cost = []
    for table in every_table(total, cells):
        ways = []
        for places in _ways(table, floor):
            way = model.new_bool_var("")
            ways.append(way)
            cost.append(len(places) * way)
            if places:
                shown = tuple(n for place, n in enumerate(table) if place not in places)
                looks[places, shown].append((table, way))
        model.add_exactly_one(ways)
    for (places, _), found in looks.items():
        for place in places:
            _keep_wide(model, place, found)
    model.minimize(sum(cost))
    solver = _solver(seconds)
    status = solver.solve(model)
    return round(solver.objective_value), status == cp_model.OPTIMAL


def every_table(total: int, cells: int) -> Iterator[Table]:
    """Every table of so many cells with this total."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in every_table(total - first, cells - 1))


def _ways(table: Table, floor: int) -> Iterator[tuple[int, ...]]:
    small = {place for place, n in enumerate(table) if 0 < n < floor}
    for number in range(len(table) + 1):
        yield from (places for places in combinations(range(len(table)), number) if small <= set(places))


def _keep_wide(model: cp_model.CpModel, place: int, found: Sequence[tuple[Table, Any]]) -> None:
    """Whatever table takes this look: so many numbers are in this cell of those that take it."""
    ways: dict[int, list[Any]] = defaultdict(list)
    for table, way in found:
        ways[table[place]].append(way)
    numbers = []
    for those in ways.values():
        some = model.new_bool_var("")
        model.add(some <= sum(those))
        numbers.append(some)
    for _, way in found:
        model.add(sum(numbers) >= (WIDTH + 1) * way)


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    return solver
