"""What a program might be worth to its sponsor: a range from assumptions that stand beside it, no promise.

The one published figure is a model of one hospital's program for nurses ("Cost-Benefit Analysis of a Support
Program for Nursing Staff", Journal of Patient Safety 16(4), 2020): 22,576 US dollars saved in a year for each
nurse who used it. Nobody has measured it elsewhere, so the range begins at nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

PUBLISHED = 22_576  # USD a nurse who used support, in a year
MOST = {"people": 100_000, "each": 1_000_000, "most": 100, "cost": 100_000_000}  # what may be typed


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All that goes into the range, each shown and each to be changed.

    `people`: who used support in a year. `each`: USD saved for one for whom it made the difference. `most`:
    for how many of 100 it might have, at most; at least it is none. `cost`: USD the program takes in a year.
    """

    people: int = 0
    each: int = PUBLISHED
    most: int = 100
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Worth:
    """What is left after the cost, in USD a year: from `least`, if support saved nothing, to `most`.

    `even`: for how many people it must have made the difference to pay for itself; None if nothing would.
    """

    least: int
    most: int
    even: int | None


def worth(of: Assumptions) -> Worth:
    """The range."""
    even = -(-of.cost // of.each) if of.each else None
    return Worth(least=-of.cost, most=of.people * of.most * of.each // 100 - of.cost, even=even)


def assumed(typed: Mapping[str, str], *, people: int) -> tuple[Assumptions, tuple[str, ...]]:
    """The assumptions as somebody typed them, and which of them aren't whole numbers in their bounds.

    Those, and what wasn't typed, are as they were at first: `people` is what the newest release shows.
    """
    values = {key: _number(typed[key], most) for key, most in MOST.items() if typed.get(key, "").strip()}
    odd = tuple(key for key, value in values.items() if value is None)
    known = {key: value for key, value in values.items() if value is not None}
    return replace(Assumptions(people=people), **known), odd


def _number(text: str, most: int) -> int | None:
    digits = text.strip().replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        return None
    return int(digits) if int(digits) <= most else None
