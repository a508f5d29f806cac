"""A referral's life as one table: which step leads from where to where, and who may take it.

Source: product.md section 3 with the moves added by the rulings (A3, A4, D2, D5, section G).
"""

from collections.abc import Mapping, Sequence
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
    HAND_BACK = "hand back"
    REASSIGN = "reassign"
    TOUCH = "touch"
    SECOND_TOUCH = "second touch"
    ANSWER_YES = "answer yes"
    REST = "rest"  # not now, resources only, or no answer (A4)
    AGAIN = "again"  # out of rest, back to where it was
    CHANGE_ANSWER = "change the answer"  # between not now and resources, while resting
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


@dataclass(frozen=True, slots=True)
class Move:
    """Who may take a step, from which states, and where it may lead."""

    by: frozenset[Actor]
    sources: frozenset[State]
    to: frozenset[State]

    @property
    def stays(self) -> bool:
        """Whether the step leaves the state as it is."""
        return not self.to


def _move(by: str, sources: str, to: str = "") -> Move:
    everywhere = {"open": OPEN, "any": frozenset(State)}
    return Move(
        by=frozenset(Actor(word) for word in by.split()),
        sources=everywhere.get(sources) or frozenset(State(word) for word in sources.split()),
        to=frozenset(State(word) for word in to.split()),
    )


MOVES: Mapping[Step, Move] = MappingProxyType(
    {
        Step.RELEASE_HELD: _move("coordinator", "received"),
        Step.MATCH: _move("coordinator clock", "received", "matched"),
        Step.PASS: _move("supporter", "matched", "received"),
        Step.ASK_EXPIRED: _move("clock", "matched", "received"),
        Step.ACCEPT: _move("supporter", "matched", "accepted"),
        Step.STEP_ASIDE: _move("supporter", "accepted", "received"),
        Step.HAND_BACK: _move("supporter", "accepted invited talking", "received"),
        Step.REASSIGN: _move("coordinator", "matched accepted invited talking", "received"),
        Step.TOUCH: _move("supporter", "accepted", "invited"),
        Step.SECOND_TOUCH: _move("supporter", "invited"),
        Step.ANSWER_YES: _move("recipient supporter", "invited", "talking"),
        Step.REST: _move("recipient supporter clock", "invited talking", "resting"),
        Step.AGAIN: _move("recipient", "resting", "talking received"),
        Step.CHANGE_ANSWER: _move("recipient", "resting"),
        Step.TALKED: _move("supporter", "invited talking", "talking"),
        Step.CHECK_IN: _move("supporter recipient", "talking"),
        Step.NEW_LINK: _move("coordinator", "open"),
        Step.NOTE: _move("clock", "any"),
        Step.CLOSE: _move("supporter coordinator clock", "open", "closing"),
        Step.UNDO: _move(
            "supporter coordinator", "closing", "received matched accepted invited talking resting"
        ),
        Step.WITHDRAW: _move("recipient supporter coordinator", "any", "closing"),
    }
)


def may(step: Step, *, by: Actor, state: State) -> bool:
    """Whether somebody in this part may take the step from this state."""
    move = MOVES[step]
    return by in move.by and state in move.sources


def destination(step: Step, *, state: State, to: State | None = None) -> State:
    """The state a step leads to. `to` chooses where a step can lead to several.

    Raises `ValueError` when the table doesn't have such a move: a mistake of ours, not of a person's.
    """
    move = MOVES[step]
    if move.stays:
        return state
    if to is None and len(move.to) == 1:
        return next(iter(move.to))
    if to not in move.to or to is None:
        raise ValueError(f"{step} does not lead to {to}")
    return to


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/how-a-referral-moves.md."""
    lines = ["stateDiagram-v2", "    [*] --> received"]
    for step, move in MOVES.items():
        for source in sorted(move.sources):
            lines += [f"    {source} --> {target}: {step}" for target in sorted(move.to) if target != source]
    return "\n".join([*lines, "    closing --> [*]: erase"]) + "\n"


def table() -> str:
    """The table as Markdown rows: step, who, from, to."""
    rows = ["| step | by | from | to |", "|---|---|---|---|"]
    for step, move in MOVES.items():
        cells: tuple[Sequence[str], ...] = (
            sorted(move.by),
            sorted(move.sources),
            sorted(move.to) or ["stays"],
        )
        rows.append(f"| {step} | " + " | ".join(", ".join(cell) for cell in cells) + " |")
    return "\n".join(rows) + "\n"
