"""Many requests at once: a team event, or a day on which many people are hurt. Its place; the solver follows.

**The exactness rule.** Many requests are one problem, not a queue. An assignment gives each request at most
one supporter and each supporter no more than their room, never crosses a bar of `ranking`, leaves as few
requests unmet as any assignment could, and among those has the least total of what speaks against its pairs.
It is exact: for small problems it equals trying every combination, and a test says so. Greedy choice is
refused, because it spends the one supporter whom only the last person could have had. Equal assignments are
told apart the same way every time: by the pairs, in the order of their keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from touchbase.matching.request import Wanted


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
