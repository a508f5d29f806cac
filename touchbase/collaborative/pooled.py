"""What may be shown of several programs together: no number points at a person, and none at a member.

A pooled number is a sum over members. It may be shown when it is zero, or when it stands for enough people
of enough members and no member dominates it (issue D: eleven people, three members, none over 70 %). Every
member also knows its own part and takes it out; so what is left for each of them must not be dominated by
one of the others either, and must leave every other part wide open, also to whoever reads here that the
others kept to these rules. With parts of 3, 7 and 7 the first would know both others: each is 70 % at most
of what is left besides one of the others. So a number is shown when each of its parts lies between two
bounds that its sum alone decides, such that within them nobody can narrow another one down (`_bounds`).

What is hidden in a table sums to the total less what is shown: that sum is judged by the same rules, and
cells are added to it, the fewest that do, until it holds. Which cells help is chosen by their place and never
by their size, since a size would tell (docs/adr/0014).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

MEMBERS = 3  # a shown number has parts of at least so many
DOMINANT = 70  # percent of a number, or of what is left of it for a member, that one part may be at most
NARROWEST = 4  # a hidden number must be able to be `n` and `n + NARROWEST` for everybody who tries

Parts = tuple[int, ...]  # one for each member, in one order


@dataclass(frozen=True, slots=True)
class Pooled:
    """One table: the total, and each cell's number or None where it is hidden. No total: nothing is shown."""

    total: int | None
    cells: tuple[int | None, ...]


def pool(cells: Sequence[Parts], *, floor: int, least: int = 1) -> Pooled:
    """The table of some categories, each given as its members' parts. Each person is in one category.

    `least`: what everybody knows that each member's part of the total comes to, if it has one.
    """
    together = _sum(cells)
    if not _holds(together, floor, least):
        return Pooled(None, (None,) * len(cells))
    for hidden in _choices(cells, floor):
        if not hidden or _hides(cells, hidden, floor):
            shown = tuple(None if at in hidden else sum(parts) for at, parts in enumerate(cells))
            return Pooled(sum(together), shown)
    return Pooled(sum(together), (None,) * len(cells))


def _choices(cells: Sequence[Parts], floor: int) -> Iterator[frozenset[int]]:
    """What might be hidden, the fewest first: always what mustn't be shown, then more from the last on."""
    must = frozenset(at for at, parts in enumerate(cells) if any(parts) and not _holds(parts, floor))
    others = [at for at in reversed(range(len(cells))) if at not in must and any(cells[at])]
    for more in range(len(others) + 1):
        for helping in combinations(others, more):
            yield must | frozenset(helping)


def _hides(cells: Sequence[Parts], hidden: frozenset[int], floor: int) -> bool:
    """Whether no one of the hidden cells can be told from their sum, which everybody can work out."""
    if len(hidden) < 2:
        return False
    together = _sum([cells[at] for at in hidden])
    return _holds(together, floor) and all(sum(together) - own >= NARROWEST for own in together)


def _holds(parts: Parts, floor: int, least: int = 1) -> bool:
    """Whether a sum may be shown to the public and to each of its members."""
    total, present = sum(parts), [part for part in parts if part]
    if total < floor or len(present) < MEMBERS:
        return False
    bounds = _bounds(len(present), total, least)
    return bounds is not None and bounds[0] <= min(present) and max(present) <= bounds[1]


@lru_cache(maxsize=4096)
def _bounds(members: int, total: int, least: int) -> tuple[int, int] | None:
    """The widest bounds for the parts of a sum, from which nobody learns a part; None where there are none.

    A part up to `most` is 70 % at most of what any member sees without its own: either because nobody has
    more than 7 of 17, or because all the others have enough.
    """
    for low in range(least, total // members + 1):
        most = max(DOMINANT * total // (100 + DOMINANT), DOMINANT * (members - 2) * low // (100 - DOMINANT))
        high = min(most, DOMINANT * total // 100, total - (members - 1) * low - NARROWEST)
        ends = _reach(members, total, low, high)
        widths = [ends, *(_reach(members - 1, total - own, low, high) for own in ends)]
        if all(high_end - low_end >= NARROWEST for low_end, high_end in widths):
            return low, high
    return None


def _reach(members: int, total: int, low: int, high: int) -> tuple[int, int]:
    """The least and the most that one part can be when so many within the bounds make a sum."""
    return max(low, total - (members - 1) * high), min(high, total - (members - 1) * low)


def _sum(cells: Sequence[Parts]) -> Parts:
    return tuple(sum(each) for each in zip(*cells, strict=True))
