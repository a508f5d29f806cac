"""What the pages show of referrals, together with supporters and matches. Reading changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.kernel.ids import reference
from touchbase.matching.ranking import Ranking
from touchbase.notifications.queries import can_send
from touchbase.outreach.asked import AskView, ask_view, asks, check_in_is_due, why_not_check_in
from touchbase.outreach.fitting import Option, options_fitting, options_left_out, ranked, ranking, rules_of
from touchbase.outreach.reach import (
    as_peer,
    at_desk,
    desk_opener,
    for_desk,
    for_supporter,
    in_reach,
    is_hidden,
    just_closed,
    keeps_apart,
    seen_at_desk,
)
from touchbase.programs.policy import Desk, Policy
from touchbase.programs.queries import CurrentProgram, program_by_id
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Course, Event, Identity, Wishes
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Opener, Person, Working, not_there
from touchbase.referrals.rows import Plain
from touchbase.supporters.queries import profiles
from touchbase.vault.errors import Gone
from touchbase.vault.grants import Reason

__all__ = [
    "AskView", "Board", "DeskView", "Option", "PrivateDetails", "Row", "WaitingRow", "as_peer", "ask_view",
    "asks", "beside_board", "board", "check_in_is_due", "desk_view", "fitting", "for_desk", "for_supporter",
    "in_reach", "just_closed", "left_out", "private_details", "private_view", "ranking", "reveal", "rules_of",
    "why_not_check_in",
]  # fmt: skip

MOST_NAMES = 30  # of those who wait, opened for one page
# Of those who wait, the ones who are late are named first, whatever is due about them next.
_LATEST_FIRST = {kind: place for place, kind in enumerate((Event.LATE, Event.DUE, Event.EIGHTY))}


@dataclass(frozen=True, slots=True)
class Row:
    """One referral on the board: no person, only where it stands and what is due."""

    handle: str
    state: State
    next_at: datetime
    next_kind: str
    held: bool

    @property
    def ref(self) -> str:
        """What people call it."""
        return reference(self.handle)


@dataclass(frozen=True, slots=True)
class WaitingRow(Row):
    """Somebody who waits for a match: the coordinator sees the name, to act on it."""

    working: Working
    identity: Identity
    wishes: Wishes
    same: tuple[str, ...] = ()  # handles that are perhaps the same person

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.identity.name

    @property
    def course(self) -> Course:
        """How far it has come, as the desk may know it."""
        return self.working.course


@dataclass(frozen=True, slots=True)
class Board:
    """The coordinator's day: who waits, and how the rest is doing."""

    waiting: tuple[WaitingRow, ...]
    others: tuple[Row, ...]
    more_waiting: int = 0
    twice: tuple[Row, ...] = ()  # with a peer, and perhaps the same person as another one with a peer
    # Of each open one the others that are perhaps the same person.
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, *states: State) -> tuple[Row, ...]:
        """The others in some states."""
        return tuple(row for row in self.others if row.state in states)


@dataclass(frozen=True, slots=True)
class DeskView:
    """One referral as the coordinator may see it now: the name and a ranking only while it waits.

    Where it is `hidden`, it says no more than that a peer has it, whatever has become of it.
    """

    held: Working
    wishes: Wishes | None = None
    person: Person | None = None
    ranking: Ranking | None = None
    hidden: bool = False
    same: tuple[str, ...] = ()  # handles that are perhaps the same person

    @property
    def ref(self) -> str:
        """What people call it."""
        return reference(self.held.handle)


def board(*, here: CurrentProgram, by: Member, at: datetime, limit: int = MOST_NAMES) -> Board:
    """The board of a program. Names of those who wait are opened together, once, and at most `limit`."""
    if by.program != here.id or not by.may(Permission.QUEUE_SEE):
        raise not_there()
    found, same = seen_at_desk(here, by=by, at=at)
    waiting = [row for row in found if row.state is State.RECEIVED]
    waiting.sort(key=lambda row: (_LATEST_FIRST.get(Event(row.next_kind), len(_LATEST_FIRST)), row.next_at))
    shown = [row.handle for row in waiting[:limit]]
    opened = referrals.waiting(shown, opener=desk_opener(by, at))
    lines = [_waiting(each, here.policy, same.get(each.working.handle, ())) for each in opened]
    lines.sort(key=lambda line: (line.course.due, line.handle))
    others = tuple(_row(row, here, at) for row in found if row.state is not State.RECEIVED)
    told = {handle for line in lines for handle in (line.handle, *line.same)}
    twice = tuple(row for row in others if row.handle in same and row.handle not in told)
    return Board(tuple(lines), others, more_waiting=len(waiting) - len(shown), twice=twice, same=same)


def _waiting(each: referrals.Waiting, today: Policy, same: tuple[str, ...]) -> WaitingRow:
    row = each.working
    return WaitingRow(
        *(row.handle, row.state, row.next_at, row.next_kind, row.held),
        working=replace(row, course=_told(row.course)) if keeps_apart(row, today) else row,
        identity=each.identity,
        wishes=each.wishes,
        same=same,
    )


def _row(row: Plain, here: CurrentProgram, at: datetime) -> Row:
    if is_hidden(row, here.policy):
        return Row(row.handle, State.ACCEPTED, at, "", held=False)
    return Row(row.handle, row.state, row.next_at, row.next_kind, row.held)


def beside_board(handle: str, read: Board, *, by: Member, at: datetime) -> DeskView:
    """One referral beside the board that was just read: what is open already isn't opened again."""
    line = next((line for line in read.waiting if line.handle == handle), None)
    if line is None:
        return desk_view(handle, by=by, at=at, same=read.same)
    contact = referrals.contact(handle, opener=desk_opener(by, at), reason=Reason.QUEUE)
    found = ranked(line.working, line.wishes, contact, at)
    return DeskView(line.working, line.wishes, Person(line.identity, contact), found, same=line.same)


def desk_view(
    handle: str, *, by: Member, at: datetime, same: Mapping[str, tuple[str, ...]] | None = None
) -> DeskView:
    """One referral for the coordinator: with the name and a ranking while it waits, else the reference.

    `same`: of each open one the others that are perhaps the same person, where that was read before.
    """
    held, today = at_desk(handle, by=by, at=at), program_by_id(by.program).policy
    if is_hidden(held, today, held.course):
        return DeskView(_with_a_peer(held, at), hidden=True)
    if keeps_apart(held, today):
        held = replace(held, course=_told(held.course))
    if same is None:
        _seen, same = seen_at_desk(program_by_id(by.program), by=by, at=at)
    twice = same.get(handle, ())
    if held.state is not State.RECEIVED:
        return DeskView(held, same=twice)
    wished, person = referrals.waiting_one(handle, opener=desk_opener(by, at))
    return DeskView(held, wished, person, ranked(held, wished, person.contact, at), same=twice)


def _with_a_peer(held: Working, at: datetime) -> Working:
    """All that the desk learns of a hidden referral: that there is one."""
    blank = Course(source=held.course.source, arrived=at, due=at, waiting=at, active=at)
    return replace(held, state=State.ACCEPTED, assignee="", next_at=at, next_kind="", course=blank)


def _told(course: Course) -> Course:
    """The course of one that waits again, without what happened with a peer before."""
    steps = [line.step for line in course.trail]
    until = steps.index(Step.ACCEPT) if Step.ACCEPT in steps else len(steps)
    return course.changed(touches=(), talks=(), answer=None, aside=0, trail=course.trail[:until])


def fitting(view: DeskView, *, everyone: bool = False) -> tuple[Option, ...]:
    """Who fits, best first: three, or all of them."""
    return options_fitting(view.held, view.ranking, everyone=everyone) if view.ranking else ()


def left_out(view: DeskView) -> tuple[Option, ...]:
    """Everybody who isn't offered, and the first reason."""
    return options_left_out(view.held, view.ranking) if view.ranking else ()


def reveal(handle: str, *, by: Member, at: datetime, confirmed: bool = False) -> Person:
    """The name and contact on a logged tap: the tap is summed, without whom it was about."""
    for_desk(handle, by=by, at=at)
    opener = desk_opener(by, at, confirmed=confirmed)
    person = referrals.person(handle, opener=opener, reason=Reason.REVEAL)
    log.record(program=by.program, actor=by.account, verb="reveal", day=at.date())
    return person


def private_view(token: str, *, at: datetime) -> Working:
    """The referral behind a private link, as its recipient may see it; `NotFound` when the link has ended."""
    handle = referrals.handle_of_link(token, at=at)
    try:
        return referrals.working(handle, opener=Opener("", Actor.RECIPIENT, at))
    except Gone:
        raise referrals.link_ended() from None


def desk_behind(token: str, *, at: datetime) -> Desk:
    """Whom to call about a private link, when what it leads to can't be opened now. Opens nothing itself."""
    return referrals.policy_promised(referrals.handle_of_link(token, at=at)).coordinator


@dataclass(frozen=True, slots=True)
class PrivateDetails:
    """What else the recipient's page needs: who wrote, and whether a list can go by mail."""

    peer: str
    by_mail: bool
    own: referrals.Own
    topics: tuple[str, ...] = ()  # what that one offers to whoever they write to (ruling C12)


def private_details(held: Working, *, at: datetime) -> PrivateDetails:
    """The first name of the supporter who wrote, if still here; whether we can mail; what is kept."""
    own = referrals.own(held.handle, opener=Opener("", Actor.RECIPIENT, at))
    wrote = profiles([held.course.peer]) if held.course.touches else {}
    peer = next(iter(wrote.values()), None)
    by_mail = "@" in own.contact.address and can_send()
    if peer is None:
        return PrivateDetails("", by_mail, own)
    topics = (held.policy.label_of("topic", key) for key in peer.topics_told)
    return PrivateDetails(peer.first_name, by_mail, own, tuple(topics))
