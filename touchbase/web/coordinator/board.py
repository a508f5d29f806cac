"""What the board says: a sentence about who waits, then the lanes. Names only of those who wait."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from touchbase.kernel.ids import reference
from touchbase.outreach.queries import MOST_NAMES, Board, Row, WaitingRow
from touchbase.programs.policy import CoordinatorSees, Policy
from touchbase.referrals import clock
from touchbase.referrals.course import Event, Source
from touchbase.referrals.lifecycle import State
from touchbase.web.shared.form import came_in
from touchbase.web.shared.when import left, short

NAMES = 10  # of those who wait, unless more are asked for
FEW = 10  # of those in good hands, so that each is drawn
SHOWN = 5  # lines of every other lane, and of those in good hands, unless all of them are asked for
_WORDS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
# After these the supporter's own time to reach out is over.
_PAST_TOUCH = frozenset({Event.IDLE_SOON, Event.IDLE, Event.LONGEST})

# What is said of each who is with a peer.
_IN_HANDS = {
    State.ACCEPTED: gettext_noop("A peer said yes"),
    State.INVITED: gettext_noop("A note went out"),
    State.TALKING: gettext_noop("They are talking"),
    State.RESTING: gettext_noop("Resting"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a lane."""

    handle: str
    title: str
    meta: str
    due: str
    mark: str  # waiting, late, quiet, talked
    soon: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Some rows under a heading, the first of `total`. A lane with nothing in it isn't shown."""

    key: str
    heading: str
    total: int
    lines: tuple[Line, ...]

    @property
    def more(self) -> int:
        """How many aren't listed."""
        return self.total - len(self.lines)

    @property
    def may_show_all(self) -> bool:
        """Names of those who wait are opened some at a time; every other lane can be listed whole."""
        return self.more > 0 and (self.key != "match" or len(self.lines) < MOST_NAMES)


@dataclass(frozen=True, slots=True)
class Hands:
    """Those who are with a peer: how many, and how far along. `discs` only where one can still count them."""

    total: int
    discs: tuple[str, ...]
    says: str
    lines: tuple[Line, ...] = ()

    @property
    def more(self) -> int:
        """How many aren't listed, of those that may be."""
        return self.total - len(self.lines) if self.lines else 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Those of one list who wait, and whether there may be more of them than the board shows."""

    id: str
    n: int
    more: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Everything the left side of the board shows."""

    sentence: str
    lead: str
    lanes: tuple[Lane, ...]
    hands: Hands | None
    first: str  # handle of what to open first
    batches: tuple[Batch, ...] = ()  # lists of which several wait: they can be matched at once

    def holds(self, handle: str) -> bool:
        """Whether this one is among those in good hands, who are listed only on request."""
        return self.hands is not None and any(line.handle == handle for line in self.hands.lines)


def page_for(board: Board, policy: Policy, at: datetime, listed: str = "") -> BoardPage:
    """The board in words. `listed`: the key of a lane that is asked for whole, or "hands"."""
    whole = policy.confidence.coordinator_sees is CoordinatorSees.LIFE
    accepted = board.of(State.ACCEPTED) if whole else ()
    late = tuple(row for row in accepted if row.next_kind in _PAST_TOUCH)
    talking = board.of(State.TALKING) if whole else ()
    checks = tuple(row for row in talking if row.next_kind == Event.CHECK_IN)
    closing = board.of(State.CLOSING) if whole else ()

    def lane(key: str, heading: str, rows: Sequence[Row], line: Callable[[Row], Line]) -> Lane:
        lines = tuple(line(row) for row in (rows if key == listed else rows[:SHOWN]))
        return Lane(key, heading, len(rows), lines)

    waiting = tuple(_waiting(row, policy, at) for row in board.waiting)
    lanes = (
        Lane("match", _("Needs a match"), len(waiting) + board.more_waiting, waiting),
        lane("twice", _("Maybe the same person"), board.twice, _twice),
        lane("nudge", _("Needs a nudge"), late, _late),
        lane("asked", _("Asked, no answer yet"), board.of(State.MATCHED), _asked),
        lane("check-in", _("Check-ins ahead"), checks, lambda row: _check_in(row, policy, at)),
        lane("closing", _("Just closed"), closing, lambda row: _closing(row, policy, at)),
    )
    return BoardPage(
        sentence=sentence(len(board.waiting) + board.more_waiting),
        lead=_lead(board, len(late), policy, at),
        lanes=tuple(lane for lane in lanes if lane.lines),
        hands=_hands(board, whole=whole, listed=listed == "hands"),
        first=board.waiting[0].handle if board.waiting else "",
        batches=_batches(board),
    )


def _batches(board: Board) -> tuple[Batch, ...]:
    """The lists of which at least two wait, what is due first at the top."""
    several = Counter(row.course.batch for row in board.waiting if row.course.batch)
    return tuple(Batch(batch, n, more=board.more_waiting > 0) for batch, n in several.items() if n > 1)


def sentence(n: int) -> str:
    """Who waits, as a heading: "Three people are waiting for a match."."""
    if not n:
        return _("Nobody is waiting for a match.")
    number = _(_WORDS[n]) if n < len(_WORDS) else str(n)
    return ngettext(
        "%(number)s person is waiting for a match.", "%(number)s people are waiting for a match.", n
    ) % {"number": number}


def _lead(board: Board, late: int, policy: Policy, at: datetime) -> str:
    parts = []
    if board.waiting:
        first = board.waiting[0].course.due
        said = short(first, policy.zone, at)
        words = _("The first was due %(due)s.") if first < at else _("The first is due by %(due)s.")
        parts.append(words % {"due": said})
    if late:
        parts.append(
            ngettext("One supporter is running late.", "%(n)s supporters are running late.", late)
            % {"n": late}
        )
    elif board.waiting or board.others:
        parts.append(_("All else is moving."))
    return " ".join(parts)


def _waiting(row: WaitingRow, policy: Policy, at: datetime) -> Line:
    due = row.course.due
    late = due < at
    soon = not late and (due - at) < (due - row.course.waiting) / 4
    said = left(due, at) if late or soon else _("by %(due)s") % {"due": short(due, policy.zone, at)}
    place = policy.label_of("department", row.wishes.department) if row.wishes.department else ""
    meta = ". ".join(part for part in (place, came_from(row.course.source)) if part)
    if row.course.wrong_contact:
        meta = _("The contact doesn't work. ") + meta
    elif row.held:
        meta = _("Please check first. ") + meta
    if row.same:
        refs = ", ".join(reference(handle) for handle in row.same)
        meta = _("Maybe the same person as Ref %(refs)s. ") % {"refs": refs} + meta
    return Line(row.handle, row.name, meta, said, "late" if late else "waiting", soon=soon)


def came_from(source: Source) -> str:
    """How somebody came in."""
    return came_in()[source]


def _twice(row: Row) -> Line:
    return Line(row.handle, _ref(row), _("Open it to join the two, or to keep them apart"), "", "quiet")


def _late(row: Row) -> Line:
    return Line(row.handle, _ref(row), _("Supporter has not reached out yet"), _("late"), "late")


def _asked(row: Row) -> Line:
    return Line(row.handle, _ref(row), _("A peer was asked"), "", "quiet")


def _check_in(row: Row, policy: Policy, at: datetime) -> Line:
    return Line(row.handle, _ref(row), _("Asked us to check back"), _day(row.next_at, policy, at), "talked")


def _closing(row: Row, policy: Policy, at: datetime) -> Line:
    said = short(row.next_at, policy.zone, at)
    return Line(row.handle, _ref(row), _("Erased from %(at)s on") % {"at": said}, "", "quiet")


def _ref(row: Row) -> str:
    return _("Ref %(ref)s") % {"ref": row.ref}


def _day(at: datetime, policy: Policy, now: datetime) -> str:
    return clock.said(at, policy.zone, now).rsplit(", ", 1)[0]


def _hands(board: Board, *, whole: bool, listed: bool) -> Hands | None:
    invited, talking = len(board.of(State.ACCEPTED, State.INVITED)), len(board.of(State.TALKING))
    resting = len(board.of(State.RESTING))
    total = invited + talking + resting
    if not total:
        return None
    few = total <= FEW
    if not whole:
        return Hands(
            total, ("f",) * (total * few), _("With a peer. Nothing more is shown, as this program promises.")
        )
    discs = (("",) * invited + ("t",) * talking + ("f",) * resting) * few
    says = _("%(invited)s being reached, %(talking)s talking, %(resting)s resting.") % {
        "invited": invited, "talking": talking, "resting": resting,
    }  # fmt: skip
    rows = board.of(*_IN_HANDS)
    return Hands(total, discs, says, tuple(_in_hands(row) for row in (rows if listed else rows[:SHOWN])))


def _in_hands(row: Row) -> Line:
    return Line(row.handle, _ref(row), _(_IN_HANDS[row.state]), "", "quiet")
