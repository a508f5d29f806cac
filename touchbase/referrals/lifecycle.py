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

    ENTER = "enter"  # the desk or a supporter began it, by phone or in the hallway (D12)
    RELEASE_HELD = "release held"
    MATCH = "match"
    PASS = "pass"
    ASK_EXPIRED = "ask expired"
    ASK_ANOTHER = "ask another"  # than the peer they chose, after they were told first (B7)
    ACCEPT = "accept"
    STEP_ASIDE = "step aside"
    HAND_BACK = "hand back"
    REASSIGN = "reassign"
    TOUCH = "touch"
    SECOND_TOUCH = "second touch"
    NOT_DELIVERED = "note not delivered"  # a note of ours never left: the peer's own phone is the way
    ANSWER_YES = "answer yes"
    YES_AHEAD = "answer yes ahead"  # to an earlier note, while another peer is being found
    REST = "rest"  # not now, resources only, or no answer (A4)
    AGAIN = "again"  # out of rest, back to where it was
    CHANGE_ANSWER = "change the answer"  # between not now and resources, while resting
    SEND_LIST = "send the list"  # the person pressed "Send it to me"
    TALKED = "talked"
    CHECK_IN = "agree a check-in"
    CHECK_BACK = "check back"  # the agreed note went out
    ONWARD = "say whether other help arrived"  # asked of who had a list or a talk (ruling D13)
    SAFETY = "open the safety steps"  # that they were opened, and nothing of why
    NEW_LINK = "new link"
    CONTACT_FAILED = "contact failed"  # the number or address doesn't work (D2)
    REPLACE_CONTACT = "replace the contact"
    ASK_REFERRER = "ask who told us"  # their contact was shown, once
    KEEP_APART = "keep apart"  # the same contact, and yet somebody else (D4)
    JOIN = "join"  # the same person twice: this one ends, the other stays (D4)
    REDIRECT = "redirect"  # another program or place is the right one (D3)
    NOTE = "note"  # the clock's own mark: a reminder went out; nothing moves
    CLOSE = "close"
    UNDO = "undo"
    WITHDRAW = "withdraw"  # with erase now and "this isn't me": no undo


# The states in which a supporter holds the referral: exactly these have an assignee.
HELD_BY_SUPPORTER = frozenset({State.MATCHED, State.ACCEPTED, State.INVITED, State.TALKING})
# In these the supporter has said yes and knows who it is.
MET = HELD_BY_SUPPORTER - {State.MATCHED}
OPEN = frozenset(State) - {State.CLOSING}


@dataclass(frozen=True, slots=True)
class Move:
    """Who may take a step, each from which states, and where it may lead.

    Where a step has several ends it has one source, so that the diagram shows no way that isn't there.
    """

    ways: Mapping[Actor, frozenset[State]]
    to: frozenset[State]

    @property
    def by(self) -> frozenset[Actor]:
        """Who may take it."""
        return frozenset(self.ways)

    @property
    def sources(self) -> frozenset[State]:
        """From where somebody may take it."""
        return frozenset().union(*self.ways.values())

    @property
    def stays(self) -> bool:
        """Whether the step leaves the state as it is."""
        return not self.to


def _move(to: str, **ways: str) -> Move:
    """A move from words: where to (empty when it stays), and for each actor from where."""
    return Move(
        ways=MappingProxyType({Actor(actor): _states(words) for actor, words in ways.items()}),
        to=_states(to),
    )


def _states(words: str) -> frozenset[State]:
    everywhere = {"open": OPEN, "any": frozenset(State)}
    return everywhere.get(words, frozenset()) or frozenset(State(word) for word in words.split())


# A supporter who was only asked may say yes or no, and nothing else: they know nothing of the person yet.
_MET = "accepted invited talking"

MOVES: Mapping[Step, Move] = MappingProxyType(
    {
        Step.ENTER: _move("received accepted", coordinator="received", supporter="received"),
        Step.RELEASE_HELD: _move("", coordinator="received"),
        Step.MATCH: _move("matched", coordinator="received", clock="received"),
        Step.PASS: _move("received", supporter="matched"),
        Step.ASK_EXPIRED: _move("received", clock="matched"),
        Step.ASK_ANOTHER: _move("", recipient="received", coordinator="received"),
        # Who takes over from another peer begins where the person is: after a yes nobody writes again.
        Step.ACCEPT: _move("accepted invited talking", supporter="matched"),
        Step.STEP_ASIDE: _move("received", supporter="accepted"),
        Step.HAND_BACK: _move("received", supporter=_MET),
        Step.REASSIGN: _move("received", coordinator="matched accepted invited talking"),
        Step.TOUCH: _move("invited", supporter="accepted"),
        Step.SECOND_TOUCH: _move("", supporter="invited"),
        Step.NOT_DELIVERED: _move("accepted", clock="invited"),
        Step.ANSWER_YES: _move("talking", recipient="accepted invited", supporter="invited"),
        Step.YES_AHEAD: _move("", recipient="received matched"),
        Step.REST: _move(
            "resting",
            recipient="received matched accepted invited talking",
            supporter="invited talking",
            clock="invited",
        ),
        Step.AGAIN: _move("talking received", recipient="resting"),
        Step.CHANGE_ANSWER: _move("", recipient="resting"),
        Step.SEND_LIST: _move("", recipient="resting"),
        Step.TALKED: _move("talking", supporter="invited talking"),
        Step.CHECK_IN: _move("", supporter="talking", recipient="talking"),
        Step.CHECK_BACK: _move("", supporter="talking"),
        Step.ONWARD: _move("", recipient="talking resting", supporter="talking"),
        Step.SAFETY: _move("", supporter=_MET),
        Step.NEW_LINK: _move("", coordinator="open"),
        Step.CONTACT_FAILED: _move("received", supporter="accepted invited"),
        Step.REPLACE_CONTACT: _move("", coordinator="received"),
        Step.ASK_REFERRER: _move("", coordinator="received"),
        Step.KEEP_APART: _move("", coordinator="open"),
        Step.JOIN: _move("closing", coordinator="received matched"),
        Step.REDIRECT: _move("closing", coordinator="received"),
        Step.NOTE: _move("", clock="any"),
        Step.CLOSE: _move("closing", supporter=_MET, coordinator="open", clock="open"),
        Step.UNDO: _move(
            "received matched accepted invited talking resting", supporter="closing", coordinator="closing"
        ),
        Step.WITHDRAW: _move("closing", recipient="any", supporter=f"{_MET} closing", coordinator="any"),
    }
)


def may(step: Step, *, by: Actor, state: State) -> bool:
    """Whether somebody in this part may take the step from this state."""
    return state in MOVES[step].ways.get(by, frozenset())


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
    """The table as Markdown rows: step, who, from, to. Whoever may take it from elsewhere has their own."""
    rows = ["| step | by | from | to |", "|---|---|---|---|"]
    for step, move in MOVES.items():
        for sources in dict.fromkeys(move.ways.values()):
            by = ", ".join(actor for actor, theirs in move.ways.items() if theirs == sources)
            to = ", ".join(sorted(move.to)) or "stays"
            rows.append(f"| {step} | {by} | {', '.join(sorted(sources))} | {to} |")
    return "\n".join(rows) + "\n"
