"""Somebody who wants to know a hidden number. Knows what is shown, and, at worst, the program that hides.

Nothing here uses how suppression decides: tables are listed one by one, and intervals are added up.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from touchbase.utilization.suppression import Kind

Shown = tuple[int | Kind, ...]
Table = tuple[int, ...]


def tables(total: int, cells: int) -> Iterator[Table]:
    """Every table of so many cells with this total."""
    for bars in combinations(range(total + cells - 1), cells - 1):
        edges = (-1, *bars, total + cells - 1)
        yield tuple(high - low - 1 for low, high in pairwise(edges))


def shown_of(table: Table, kinds: tuple[Kind, ...]) -> Shown:
    """What a reader sees of a table."""
    return tuple(n if kind is Kind.SHOWN else kind for n, kind in zip(table, kinds, strict=True))


def what_hidden_cells_can_be(
    total: int, cells: int, suppress: Callable[[Table], tuple[Kind, ...]]
) -> Iterator[tuple[Shown, int, set[int]]]:
    """For each look a table of this total can have, and each cell it hides: all numbers it can be.

    The attacker runs the same program on every table there is and keeps those that look alike.
    """
    alike: dict[Shown, list[Table]] = defaultdict(list)
    for table in tables(total, cells):
        alike[shown_of(table, suppress(table))].append(table)
    for look, found in alike.items():
        for place, cell in enumerate(look):
            if isinstance(cell, Kind):
                yield look, place, {table[place] for table in found}


def reach(look: Shown, place: int, *, total: int, floor: int) -> tuple[int, int]:
    """The smallest and largest a hidden cell can be by its words and the sum alone. Exact for any size.

    "Not shown" beside "fewer than" is taken to be no small number, which is all that can be meant.
    """
    told = Kind.FEW in look
    lowest = {Kind.FEW: 1, Kind.KEPT: floor if told else 1}
    highest = {Kind.FEW: floor - 1, Kind.KEPT: total}
    left = total - sum(cell for cell in look if not isinstance(cell, Kind))
    others = [cell for other, cell in enumerate(look) if isinstance(cell, Kind) and other != place]
    kind = look[place]
    assert isinstance(kind, Kind)
    return (
        max(lowest[kind], left - sum(highest[other] for other in others)),
        min(highest[kind], left - sum(lowest[other] for other in others)),
    )
