"""What a program needs before it opens, and how far a member has come: facts, no score and no rank.

The five are those of the collaborative that inspired them (product.md section 4): leadership stands behind
it, somebody has the time, a team meets, peers are trained, and then it opens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Item(StrEnum):
    """One thing to have, in the order of the way there."""

    ENDORSEMENT = "endorsement"  # leadership says in writing that it wants this
    COORDINATOR = "coordinator"  # at least a quarter of a post
    TEAM = "team"  # of several professions, meeting each month
    SUPPORTERS = "supporters"  # trained
    LAUNCH = "launch"  # the form is open


class Owner(StrEnum):
    """Who sees to it. Roles, never names."""

    SPONSOR = "sponsor"
    COORDINATOR = "coordinator"
    TEAM = "team"
    FACULTY = "faculty"


LEAST_FTE = 25  # hundredths of a post a coordinator has (product.md section 4)
# What may come next for each, to be picked: nothing is typed.
NEXT: Mapping[Item, tuple[str, ...]] = MappingProxyType(
    {
        Item.ENDORSEMENT: ("ask-sponsor", "meet-leadership", "letter"),
        Item.COORDINATOR: ("find", "agree-time", "introduce"),
        Item.TEAM: ("invite", "first-meeting", "monthly"),
        Item.SUPPORTERS: ("nominate", "book-training", "train"),
        Item.LAUNCH: ("adapt-policy", "print-cards", "open"),
    }
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How one item stands with a member. `evident`: the day it was seen to be so; None while it isn't."""

    item: Item
    owner: Owner | None = None
    next: str = ""
    evident: date | None = None

    @property
    def is_there(self) -> bool:
        """Whether it is so."""
        return self.evident is not None


def of_member(known: Iterable[Progress]) -> tuple[Progress, ...]:
    """All five in their order; what nobody has said anything about is open."""
    found = {each.item: each for each in known}
    return tuple(found.get(item, Progress(item)) for item in Item)


def missing(known: Iterable[Progress]) -> tuple[Item, ...]:
    """What isn't there yet."""
    return tuple(each.item for each in of_member(known) if not each.is_there)


def may_launch(known: Iterable[Progress]) -> bool:
    """Whether everything before the launch is there."""
    return set(missing(known)) <= {Item.LAUNCH}


def problems(item: Item, *, owner: str, next_step: str, evident: date | None, today: date) -> tuple[str, ...]:
    """Which of what was picked can't be: keys of the fields, none when all is well."""
    found = []
    if owner and owner not in set(Owner):
        found.append("owner")
    if next_step and next_step not in NEXT[item]:
        found.append("next")
    if evident is not None and evident > today:
        found.append("evident")
    return tuple(found)
