"""A referral's life as one table: which step leads from where to where, and who may take it.

Source: product.md section 3 with the moves added by the rulings (A3, A4, D2, D5, section G).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a referral is. Gone has no state: the row and its key are gone."""

    RECEIVED = "received"
    MATCHED = "matched"
    ACCEPTED = "accepted"
    INVITED = "invited"
    TALKING = "talking"
    RESTING = "resting"
    CLOSING = "closing"


class Actor(StrEnum):
    """In which part somebody takes a step."""

    RECIPIENT = "recipient"
    SUPPORTER = "supporter"
    COORDINATOR = "coordinator"
    CLOCK = "clock"


class Step(StrEnum):
    """One move of a referral."""

    RELEASE_HELD = "release held"
    MATCH = "match"
    PASS = "pass"
    ASK_EXPIRED = "ask expired"
    ACCEPT = "accept"
    STEP_ASIDE = "step aside"
    CONTACT_FAILED = "contact failed"
    HAND_BACK = "hand back"
    REASSIGN = "reassign"
    TOUCH = "touch"
    SECOND_TOUCH = "second touch"
    ANSWER_YES = "answer yes"
    REST = "rest"  # not now, resources only, or no answer (A4)
    AGAIN = "again"  # out of rest, back to where it was
    TALKED = "talked"
    CHECK_IN = "agree a check-in"
    NEW_LINK = "new link"
    NOTE = "note"  # the clock's own mark: a reminder went out; nothing moves
    CLOSE = "close"
    UNDO = "undo"
    WITHDRAW = "withdraw"  # with erase now and "this isn't me": no undo


# The states in which a supporter holds the referral: exactly these have an assignee.
HELD_BY_SUPPORTER = frozenset({State.MATCHED, State.ACCEPTED, State.INVITED, State.TALKING})
OPEN = frozenset(State) - {State.CLOSING}
