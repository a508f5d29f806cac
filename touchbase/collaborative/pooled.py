"""What may be shown of several programs together: no number points at a person, and none at a member.

A pooled number is a sum over members. It may be shown when it is zero, or when it stands for enough people
of enough members and no member dominates it (issue D: eleven people, three members, none over 70 %). Every
member also knows its own part and takes it out; so what is left for each of them must not be dominated by
one of the others either. What is hidden in a table sums to the total less what is shown: that sum is judged
by the same rules, and cells are added to it, the fewest that do, until it holds. Which cells help is chosen
by their place and never by their size, since a size would tell (docs/adr/0014).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


def pool(cells: Sequence[Parts], *, floor: int) -> Pooled:
    """The table of some categories, each given as its members' parts. Each person is in one category."""
    together = _sum(cells)
    if not _holds(together, floor):
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


def _holds(parts: Parts, floor: int) -> bool:
    """Whether a sum may be shown to the public and to each of its members."""
    total = sum(parts)
    if total < floor or sum(part > 0 for part in parts) < MEMBERS:
        return False
    return not _dominated(parts, total) and not any(
        _dominated((*parts[:at], *parts[at + 1 :]), total - own) for at, own in enumerate(parts)
    )


def _dominated(parts: Parts, total: int) -> bool:
    return 100 * max(parts, default=0) > DOMINANT * total


def _sum(cells: Sequence[Parts]) -> Parts:
    return tuple(sum(each) for each in zip(*cells, strict=True))
