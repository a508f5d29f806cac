"""Many requests at once: a team event, or a day on which many people are hurt.

**The exactness rule.** Many requests are one problem, not a queue. An assignment gives each request at most
one supporter and each supporter no more than their room, never crosses a bar of `ranking`, leaves as few
requests unmet as any assignment could, and among those has the least total of what speaks against its pairs.
It is exact: for small problems it equals trying every combination, and a test says so. Greedy choice is
refused, because it spends the one supporter whom only the last person could have had.

Among equals it is as it is for one request: whoever was asked longest ago comes first. Who is given one
person stands at the end of the queue for the next, so nobody gets two while an equal gets none. What is equal
even then comes out the same every time: all stand in the order of their keys before it is solved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from touchbase.matching.request import Candidate, Rules, Wanted


@dataclass(frozen=True, slots=True)
class Demand:
    """One of several requests that are matched together. `key` is the referral's handle."""

    key: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who takes whom, by keys, and who is left without a peer: those get the widening steps of `ranking`."""

    pairs: Mapping[str, str]  # demand -> supporter
    unmet: tuple[str, ...]  # demands, in the order of their keys


def assign(
    demands: Iterable[Demand], candidates: Iterable[Candidate], rules: Rules, today: date
) -> Assignment:
    """Match all of them at once. `today` is the day in the program's own zone.

    The solver is loaded by the first call: a server that never has a team event never holds it.
    """
    wanting = sorted(demands, key=lambda each: each.key)
    if not wanting:
        return Assignment(MappingProxyType({}), ())
    from touchbase.matching import costs, flow

    offers = costs.offers([each.wanted for each in wanting], list(candidates), rules, today)
    taken = flow.solve(offers)
    pairs = {
        each.key: offers.keys[chosen] for each, chosen in zip(wanting, taken, strict=True) if chosen >= 0
    }
    return Assignment(MappingProxyType(pairs), tuple(each.key for each in wanting if each.key not in pairs))
