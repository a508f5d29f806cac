"""Who has a place and who waits: what follows from a line in which everybody has a turn. Pure.

Nothing is given out and nothing taken away: those who came first have the places there are, and the others
wait. So a place that comes free is the next one's at once, however it came free.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """Places a member asked for at once. Claims are handed over in the order of their turns."""

    member: str
    places: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a member has of a session. `ahead`: how many places are waited for before its own."""

    held: int = 0
    waiting: int = 0
    ahead: int = 0

    @property
    def wanted(self) -> int:
        """All it asked for."""
        return self.held + self.waiting


def shares(line: Iterable[Claim], places: int) -> Mapping[str, Share]:
    """What each member has, in the order in which they came."""
    found: dict[str, Share] = {}
    free, waited = places, 0
    for claim in line:
        held = min(free, claim.places)
        waits = claim.places - held
        had = found.get(claim.member, Share())
        ahead = waited if waits and not had.waiting else had.ahead
        found[claim.member] = Share(had.held + held, had.waiting + waits, ahead)
        free, waited = free - held, waited + waits
    return found
