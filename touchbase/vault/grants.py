"""Who may open what, and why: one table, and a grant that says all of it for one look.

Grants are made in one place (`referrals.queries`), by code that has checked state, assignment and membership;
the vault doesn't know those, and checks the rest (ruling B12).
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from touchbase.vault.sealing import Purpose


class Reason(StrEnum):
    """Why something is opened."""

    INTAKE = "intake"  # it has just arrived
    QUEUE = "queue"  # the coordinator reads who waits, grouped; not counted (ruling B11)
    REVEAL = "reveal"  # the coordinator looks at a name after a match; counted
    STEP = "step"  # a referral moves
    MATCH = "match"  # a peer is looked for, or looks whether it is for them
    SEND = "send"  # a message to the recipient is written
    OWN_PAGE = "own page"  # the recipient's private page
    SWEEP = "sweep"  # the clock looks at what is due
    SUPPORT = "support"  # the supporter reaches out to somebody they accepted
    CANARY = "canary"  # a planted referral shows that opening works


_NAMED = frozenset({Purpose.IDENTITY, Purpose.CONTACT})
_COURSE = frozenset({Purpose.COURSE})
_FITTING = frozenset({Purpose.WISHES, Purpose.CONTACT, Purpose.COURSE})  # never who it is (ruling B6)
_ALL = frozenset(Purpose)
_DESK = ("coordinator", "backup")

# For each reason: who may give it, what they may open, and how many referrals in one look.
_RULES: tuple[tuple[Reason, tuple[str, ...], frozenset[Purpose], int], ...] = (
    (Reason.QUEUE, _DESK, _ALL, 2000),
    (Reason.REVEAL, _DESK, _ALL, 20),
    (Reason.STEP, ("recipient", "supporter", *_DESK, "clock"), _COURSE, 2000),
    (Reason.MATCH, ("supporter", *_DESK, "clock"), _FITTING, 2000),
    (Reason.SEND, ("clock",), _NAMED | _COURSE, 50),
    (Reason.OWN_PAGE, ("recipient",), _ALL, 1),
    (Reason.SWEEP, ("clock",), _COURSE | {Purpose.WISHES}, 2000),
    (Reason.SUPPORT, ("supporter",), _ALL, 50),
    (Reason.CANARY, ("clock", "operator"), _COURSE, 1),
)
# (role, reason) -> the purposes it opens. What isn't here isn't opened for anybody.
OPENS: Mapping[tuple[str, Reason], frozenset[Purpose]] = MappingProxyType(
    {(role, reason): purposes for reason, roles, purposes, _ in _RULES for role in roles}
)
MOST: Mapping[Reason, int] = MappingProxyType({reason: most for reason, _, _, most in _RULES})
# Who may have a recipient's private link made anew, and why.
LINKS = frozenset(
    {
        *((role, Reason.INTAKE) for role in ("recipient", "supporter", *_DESK)),
        *((role, Reason.SEND) for role in ("recipient", "supporter", *_DESK, "clock")),
    }
)
OLDEST_SECONDS = 300.0  # a grant is for one request, not for keeping


@dataclass(frozen=True, slots=True)
class Grant:
    """One look into the vault: who, in which part, why, at what, about whom, and when.

    `confirmed` says that the actor was asked whether they need more names than usual. Which referrals it is
    about is left out when a grant is printed, so that no log ties an account to one.
    """

    actor: str
    role: str
    reason: Reason
    purposes: frozenset[Purpose]
    handles: frozenset[str] = field(repr=False)
    at: datetime
    confirmed: bool = False
    # By a clock that nobody sets, since `at` may be any moment.
    made: float = field(default_factory=time.monotonic, repr=False, compare=False)


def opens(grant: Grant, asked: Iterable[tuple[str, Purpose]]) -> bool:
    """Whether the grant covers every (handle, purpose) that is asked for."""
    allowed = OPENS.get((grant.role, grant.reason), frozenset()) & grant.purposes
    return _is_fresh(grant) and all(
        handle in grant.handles and purpose in allowed for handle, purpose in asked
    )


def links(grant: Grant) -> bool:
    """Whether the grant covers a private link; it must be about one referral."""
    return (grant.role, grant.reason) in LINKS and len(grant.handles) == 1 and _is_young(grant)


def _is_fresh(grant: Grant) -> bool:
    return len(grant.handles) <= MOST.get(grant.reason, 0) and _is_young(grant)


def _is_young(grant: Grant) -> bool:
    return 0 <= time.monotonic() - grant.made <= OLDEST_SECONDS
