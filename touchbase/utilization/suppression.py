"""Which cells of a table may be shown, so that no hidden one can be worked out.

The rule is that of public health statistics (vault.md section 11): a cell from 1 to `floor - 1` is hidden,
zero may be shown, and where the total would give a hidden cell away another cell is hidden beside it. Here
it must also hold against a reader of this file, who knows how the cells to hide are chosen. Hence three
habits. A table is judged only by what it shows anyway: its total, and the sum of what it hides. The cell that
helps is chosen by its place and never by its size, since "the smallest of the rest" tells a size. And where
saying which of the hidden cells are small would tell too much, that isn't said.

The promise, proven by enumeration in tests/utilization: a hidden cell could be at least five numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# A hidden number must be able to be `n` and `n + NARROWEST` at least: five numbers or more.
NARROWEST = 4


class Kind(StrEnum):
    """How a cell is shown."""

    SHOWN = "shown"  # the number itself: zero, or at least the floor
    FEW = "few"  # "fewer than 11": it is 1 to 10
    KEPT = "kept"  # "not shown", to protect this one or another one


@dataclass(frozen=True, slots=True)
class _Hiding:
    """The places that are hidden, and whether it is said which of them are small."""

    places: tuple[int, ...]
    told: bool


def suppress(counts: Sequence[int], *, floor: int) -> tuple[Kind, ...]:
    """How each cell of a table is shown whose total is shown: the fewest hidden that keep the promise.

    The cells divide the total between them. Their order is part of the rule: the last one that isn't small is
    the one hidden beside the small ones. Where the total is too small for so many cells, not even zeros are
    shown. A total under the floor must not be shown itself.
    """
    if sum(counts) < max(floor, len(counts) + NARROWEST):
        return (Kind.KEPT,) * len(counts)
    small = [place for place, n in enumerate(counts) if 0 < n < floor]
    hiding = _hiding(counts, small, floor) if small else _Hiding((), told=True)
    kinds = [Kind.SHOWN] * len(counts)
    for place in hiding.places:
        kinds[place] = Kind.FEW if hiding.told and place in small else Kind.KEPT
    return tuple(kinds)


def suppress_alone(n: int, *, floor: int) -> Kind:
    """How a number is shown that is part of no total."""
    return Kind.FEW if 0 < n < floor else Kind.SHOWN


def _hiding(counts: Sequence[int], small: Sequence[int], floor: int) -> _Hiding:
    total, present = sum(counts), [place for place, n in enumerate(counts) if n]
    everything = _Hiding(tuple(present), told=False)
    if total > len(present) * (floor - 1) or _safe_together(total, len(present), floor):
        return _beside(counts, small, floor, everything)
    # All cells may be small here, and would be known. So it is never said of all that are hidden which are.
    found = everything if len(small) == len(present) else _beside(counts, small, floor, everything)
    return everything if len(found.places) == len(present) else found


def _beside(counts: Sequence[int], small: Sequence[int], floor: int, everything: _Hiding) -> _Hiding:
    """The small cells by themselves where that is enough, else with the last larger one, else everything."""
    together = sum(counts[place] for place in small)
    if _safe_together(together, len(small), floor):
        return _Hiding(tuple(small), told=_safe_told(together, len(small), floor))
    beside = max(place for place, n in enumerate(counts) if n >= floor)
    places = (*small, beside)
    together += counts[beside]
    if _safe_told(together, len(places), floor):
        return _Hiding(places, told=True)
    # Hidden without a word they look the same as that many small cells with the same sum.
    return _Hiding(places, told=False) if _safe_together(together, len(places), floor) else everything


def _safe_together(total: int, cells: int, floor: int) -> bool:
    """Whether so many small cells may be hidden by themselves, when they sum to a known total."""
    lowest, highest = _reach(total, cells, floor)
    return total >= floor and highest - lowest >= NARROWEST


def _safe_told(total: int, cells: int, floor: int) -> bool:
    """Whether it may be said that one of the hidden cells isn't small, when all sum to a known total.

    Its readers know that the others weren't safe by themselves. True where no table could be like that.
    """
    small = cells - 1
    reaches = [
        _reach(together, small, floor)
        for together in range(small, min(small * (floor - 1), total - floor) + 1)
        if not _safe_together(together, small, floor)
    ]
    if not reaches:
        return True
    # The larger cell reaches as far as the sum of the small ones, so at least as far as one of them.
    return max(high for _, high in reaches) - min(low for low, _ in reaches) >= NARROWEST


def _reach(total: int, cells: int, floor: int) -> tuple[int, int]:
    """The smallest and the largest that one of `cells` small cells can be when they sum to `total`."""
    return max(1, total - (cells - 1) * (floor - 1)), min(floor - 1, total - (cells - 1))
