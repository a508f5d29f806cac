"""What the pages show of referrals, together with supporters and matches. Reading changes nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext

from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import NotFound
from touchbase.kernel.ids import reference
from touchbase.matching.ranking import Ranking, Rules, Wanted, rank
from touchbase.outreach import etiquette
from touchbase.programs.policy import CoordinatorSees, Kind, Policy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Contact, Course, Identity, Wishes, opened_as
from touchbase.referrals.lifecycle import HELD_BY_SUPPORTER, Actor, State
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import Opener, Person, Working, not_there
from touchbase.supporters.queries import Profile, candidates, profile, profiles
from touchbase.vault.grants import Reason
from touchbase.vault.sealing import Purpose

ALL_SUPPORTERS = "supporters"

# After a yes a program may keep even the fact that two talk from its coordinator (ruling B8).
WITH_A_PEER = frozenset({State.ACCEPTED, State.INVITED, State.TALKING, State.RESTING, State.CLOSING})


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

    name: str
    wishes: Wishes
    course: Course


@dataclass(frozen=True, slots=True)
class Board:
    """The coordinator's day: who waits, and how the rest is doing."""

    waiting: tuple[WaitingRow, ...]
    others: tuple[Row, ...]
    more_waiting: int = 0

    def of(self, *states: State) -> tuple[Row, ...]:
        """The others in some states."""
        return tuple(row for row in self.others if row.state in states)


@dataclass(frozen=True, slots=True)
class Option:
    """One supporter beside a referral: why to ask them, or why not."""

    key: str
    name: str
    initials: str
    about: str
    open: int
    limit: int
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def discs(self) -> tuple[bool, ...]:
        """One mark for each person they may have at once: filled when taken."""
        return tuple(place < self.open for place in range(max(self.limit, self.open)))


@dataclass(frozen=True, slots=True)
class DeskView:
    """One referral as the coordinator may see it now: the name and a ranking only while it waits."""

    held: Working
    wishes: Wishes | None = None
    person: Person | None = None
    ranking: Ranking | None = None

    @property
    def ref(self) -> str:
        """What people call it."""
        return reference(self.held.handle)


@dataclass(frozen=True, slots=True)
class AskView:
    """One referral as its supporter may see it: before yes no name, no contact."""

    held: Working
    wishes: Wishes
    channel: str
    times: tuple[str, ...]
    person: Person | None


def _desk_opener(by: Member, at: datetime, *, confirmed: bool = False) -> Opener:
    return Opener(by.account, Actor.COORDINATOR, at, confirmed)


def for_desk(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral of the coordinator's own program, ready for a step; else `NotFound`."""
    if not by.may(Permission.REFERRAL_SEE):
        raise not_there()
    return referrals.working(handle, opener=_desk_opener(by, at), program=by.program)


def for_supporter(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral that this supporter was asked about or has taken; else `NotFound`."""
    opener = Opener(by.account, Actor.SUPPORTER, at)
    held = referrals.working(handle, opener=opener, program=by.program)
    if Role.SUPPORTER not in by.roles or held.assignee != by.supporter:
        raise not_there()
    return held


def just_closed(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral that this supporter has just closed and may still undo; else `NotFound`."""
    opener = Opener(by.account, Actor.SUPPORTER, at)
    held = referrals.working(handle, opener=opener, program=by.program)
    mine = Role.SUPPORTER in by.roles and held.course.peer == by.supporter
    if held.state is not State.CLOSING or held.course.previous is None or not mine:
        raise not_there()
    return held


def in_reach(handle: str, *, by: Member, at: datetime) -> tuple[Working, Actor]:
    """A referral and the part in which this member may act on it: as its supporter, or from the desk."""
    for part, look in (
        (Actor.SUPPORTER, for_supporter),
        (Actor.SUPPORTER, just_closed),
        (Actor.COORDINATOR, for_desk),
    ):
        try:
            return look(handle, by=by, at=at), part
        except NotFound:
            continue
    raise not_there()


def board(*, here: CurrentProgram, by: Member, at: datetime, limit: int = 30) -> Board:
    """The board of a program. Names of those who wait are opened together, once."""
    rows = referrals.rows_of(here.id, states=State)
    waiting = [row for row in rows if row.state == State.RECEIVED]
    shown = waiting[:limit]
    purposes = frozenset({Purpose.IDENTITY, Purpose.WISHES, Purpose.COURSE})
    opened = referrals.open_capsules(
        shown, opener=_desk_opener(by, at), reason=Reason.QUEUE, purposes=purposes
    )
    lines = [
        WaitingRow(
            *_plain(row),
            name=opened_as(Identity, opened[row.handle, Purpose.IDENTITY]).name,
            wishes=opened_as(Wishes, opened[row.handle, Purpose.WISHES]),
            course=opened_as(Course, opened[row.handle, Purpose.COURSE]),
        )
        for row in shown
    ]
    lines.sort(key=lambda line: (line.course.due, line.handle))
    others = tuple(Row(*_plain(row)) for row in rows if row.state != State.RECEIVED)
    return Board(tuple(lines), others, more_waiting=len(waiting) - len(shown))


def _plain(row: Referral) -> tuple[str, State, datetime, str, bool]:
    return row.handle, State(row.state), row.next_at, row.next_kind, row.held


def desk_view(handle: str, *, by: Member, at: datetime) -> DeskView:
    """One referral for the coordinator: with the name and a ranking while it waits, else the reference."""
    held = for_desk(handle, by=by, at=at)
    if held.state is not State.RECEIVED:
        return DeskView(held)
    opener = _desk_opener(by, at)
    wished, contact = referrals.wishes(handle, opener=opener)
    person = referrals.person(handle, opener=opener, reason=Reason.QUEUE)
    return DeskView(held, wished, person, _rank(held, wished, contact, at))


def fitting(view: DeskView, *, everyone: bool = False) -> tuple[Option, ...]:
    """Who fits, best first: three, or all of them."""
    if view.ranking is None:
        return ()
    matches = view.ranking.best if everyone else view.ranking.top
    known = profiles([match.key for match in matches])
    times = {option.key: option.label for option in view.held.policy.contact.times}
    return tuple(
        replace(
            _option(known[match.key], view.held.policy, match.open_now),
            reasons=match.said(times, gettext),
            warnings=tuple(gettext(warning.sentence) for warning in match.warnings),
        )
        for match in matches
        if match.key in known
    )


def left_out(view: DeskView) -> tuple[Option, ...]:
    """Everybody who isn't offered, and the first reason."""
    if view.ranking is None:
        return ()
    known = profiles([each.key for each in view.ranking.left_out])
    found = (
        replace(_option(known[each.key], view.held.policy, 0), why_not=gettext(each.bar.sentence))
        for each in view.ranking.left_out
        if each.key in known
    )
    return tuple(sorted(found, key=lambda option: option.name))


def _option(who: Profile, policy: Policy, open_now: int) -> Option:
    picked: tuple[tuple[Kind, str], ...] = (
        ("profession", who.profession),
        ("department", who.department),
        ("site", who.site),
    )
    about = ", ".join(policy.label_of(kind, key) for kind, key in picked if key)
    return Option(who.id, who.name, who.initials, about, open_now, who.limit)


def reveal(handle: str, *, by: Member, at: datetime, confirmed: bool = False) -> Person:
    """The name and contact on a logged tap: the tap is summed, without whom it was about."""
    held = for_desk(handle, by=by, at=at)
    sees = held.policy.confidence.coordinator_sees
    if held.state in WITH_A_PEER and sees is CoordinatorSees.UNTIL_ACCEPT:
        raise not_there()
    log.record(program=by.program, actor=by.account, verb="reveal", day=at.date())
    opener = _desk_opener(by, at, confirmed=confirmed)
    return referrals.person(handle, opener=opener, reason=Reason.REVEAL)


def ranking(held: Working, *, at: datetime) -> Ranking:
    """Who fits this referral, best first, and who is left out and why."""
    wished, contact = referrals.wishes(held.handle, opener=Opener("", Actor.CLOCK, at))
    return _rank(held, wished, contact, at)


def _rank(held: Working, wished: Wishes, contact: Contact, at: datetime) -> Ranking:
    today = at.astimezone(held.policy.zone).date()
    pool = candidates(
        held.program, policy=held.policy, today=today, open_now=referrals.open_now(held.program)
    )
    return rank(_wanted(held, wished, contact), pool, rules_of(held.policy), today)


def _wanted(held: Working, wished: Wishes, contact: Contact) -> Wanted:
    return Wanted(
        profession=wished.profession,
        stage=wished.stage,
        department=wished.department,
        site=wished.site,
        wants=frozenset(wished.wants),
        languages=frozenset(wished.languages),
        topics=frozenset(wished.topics),
        channel=contact.channel.value,
        times=frozenset(contact.times),
        not_with=wished.not_with,
        contact=contact.address,
        barred=frozenset(held.course.barred),
    )


def rules_of(policy: Policy) -> Rules:
    """What the policy says about matching, as the matcher takes it."""
    return Rules(
        own_department=policy.matching.own_department.value,
        prefer=tuple(preference.value for preference in policy.matching.prefer),
    )


def asks(*, by: Member, at: datetime) -> list[Working]:
    """What a supporter was asked about and has taken on, what is due first at the top. No names."""
    opener = Opener(by.account, Actor.SUPPORTER, at)
    return referrals.workings(referrals.rows_held_by(by.supporter), opener=opener)


def ask_view(handle: str, *, by: Member, at: datetime) -> AskView:
    """One referral for its supporter. Name and contact are opened only after yes, and each look is summed."""
    held = for_supporter(handle, by=by, at=at)
    opener = Opener(by.account, Actor.SUPPORTER, at)
    wished, contact = referrals.wishes(handle, opener=opener)
    person = None
    if held.state in HELD_BY_SUPPORTER - {State.MATCHED}:
        # Summed for all supporters together: one's own sum would keep when that one was helping (B15).
        log.record(program=by.program, actor=ALL_SUPPORTERS, verb="look", day=at.date())
        person = referrals.person(handle, opener=opener, reason=Reason.SUPPORT)
    return AskView(held, wished, contact.channel.value, contact.times, person)


def private_view(token: str, *, at: datetime) -> Working:
    """The referral behind a private link, as its recipient may see it; `NotFound` when the link has ended."""
    handle = referrals.handle_of_link(token, at=at)
    return referrals.working(handle, opener=Opener("", Actor.RECIPIENT, at))


@dataclass(frozen=True, slots=True)
class PrivateDetails:
    """What else the recipient's page needs: who wrote, and whether a list can go by mail."""

    peer: str
    by_mail: bool


def private_details(held: Working, *, at: datetime) -> PrivateDetails:
    """The first name of the supporter who wrote, and whether the contact is a mail address."""
    opener = Opener("", Actor.RECIPIENT, at)
    contact = referrals.contact(held.handle, opener=opener)
    wrote = bool(held.course.touches) and bool(held.course.peer)
    return PrivateDetails(profile(held.course.peer).first_name if wrote else "", "@" in contact.address)


def check_in_is_due(held: Working, at: datetime) -> bool:
    """Whether the agreed day has come."""
    agreed = held.course.check_in
    return agreed is not None and agreed <= at.astimezone(held.policy.zone).date()


def why_not_check_in(held: Working, day: date | None, at: datetime) -> str:
    """Why a check-in can't be agreed for a day, or nothing when it can."""
    if day is None:
        return ""
    return etiquette.why_not_check_in(day, at.astimezone(held.policy.zone).date(), held.policy, gettext)
