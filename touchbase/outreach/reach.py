"""Who may reach which referral, and in which part. Whoever may not is told that there is nothing."""

from collections.abc import Mapping
from datetime import datetime

from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member, has_backup
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound
from touchbase.notifications.desks import desk_of
from touchbase.programs.policy import CoordinatorSees, Policy
from touchbase.programs.queries import CurrentProgram, program_by_id
from touchbase.referrals import queries as referrals
from touchbase.referrals import rows
from touchbase.referrals.course import Course
from touchbase.referrals.lifecycle import MET, OPEN, Actor, State
from touchbase.referrals.queries import Opener, Working, not_there
from touchbase.referrals.rows import Plain
from touchbase.supporters.queries import profiles

MOST_LOOKED_AT = 60  # courses of those who don't wait any more, for one page of the desk
_BEFORE_YES = frozenset({State.RECEIVED, State.MATCHED})


def desk_opener(by: Member, at: datetime, *, confirmed: bool = False) -> Opener:
    """The opener of somebody at the desk."""
    return Opener(by.account, Actor.COORDINATOR, at, confirmed)


def for_desk(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral of the coordinator's own program, ready for a step.

    `NotFound` for everything else, for the coordinator's own request (ruling D9), and once a peer has said
    yes where the program shows nothing from then on (ruling B8).
    """
    held = at_desk(handle, by=by, at=at)
    if is_hidden(held, program_by_id(by.program).policy, held.course):
        raise not_there()
    return held


def at_desk(handle: str, *, by: Member, at: datetime) -> Working:
    """Like `for_desk`, hidden or not: for whoever shows no more of it than that it is there."""
    if not by.may(Permission.REFERRAL_SEE) or handle in own_requests(by, at):
        raise not_there()
    held = referrals.working(handle, opener=desk_opener(by, at), program=by.program)
    if held.course.around and is_gone_around(by):
        raise not_there()
    return held


def is_gone_around(by: Member) -> bool:
    """Whether requests "not through the coordinator" are kept from this one at the desk (ruling D9).

    They are kept from every coordinator as long as there is a backup, away or not. Without one
    the coordinator sees them after all: no request may be seen by no one.
    """
    return Role.COORDINATOR in by.roles and has_backup(by.program)


def keeps_apart(held: Plain, today: Policy) -> bool:
    """Whether what happens with a peer is kept from the desk (ruling B8).

    It is if the promise somebody came under says so, or the rules of today do: only what protects more
    applies to who is there already (ruling D16).
    """
    hides = CoordinatorSees.UNTIL_ACCEPT
    return hides in (today.confidence.coordinator_sees, held.policy.confidence.coordinator_sees)


def is_hidden(held: Plain, today: Policy, course: Course | None = None) -> bool:
    """Whether the desk is shown nothing of a referral but that it is with a peer.

    Without the course a closed referral counts as hidden.
    """
    was = course.previous if course and held.state is State.CLOSING else held.state
    return was not in _BEFORE_YES and keeps_apart(held, today)


def own_requests(by: Member, at: datetime) -> frozenset[str]:
    """What somebody at the desk asked for themself, by their contacts: others there look after it (D9).

    Where nobody else is there now, nothing is kept from them: no request may be seen by no one.
    """
    at_desk = desk_of(program_by_id(by.program), at).values()
    if all(person.away or person.account == by.account for people in at_desk for person in people):
        return frozenset()
    contacts = {by.email.lower()}
    if Role.SUPPORTER in by.roles:
        contacts |= {profile.phone for profile in profiles([by.supporter]).values()} - {""}
    return frozenset().union(*(referrals.of_contact(each, program=by.program) for each in contacts))


def seen_at_desk(
    here: CurrentProgram, *, by: Member, at: datetime
) -> tuple[list[Plain], dict[str, tuple[str, ...]]]:
    """Every referral that somebody at the desk may know of; and which are perhaps the same person (D4).

    Of those, what is closed, what the program hides and what the desk said is somebody else is left out.
    """
    own, found = own_requests(by, at), rows.plain_of(here.id)
    groups, around = referrals.same_contact(here.id), is_gone_around(by)
    courses = referrals.courses(_looked_at(found, groups, around=around), opener=desk_opener(by, at))
    seen = [row for row in found if row.handle not in own and not (around and _goes_around(row, courses))]
    shared = (row for row in seen if row.handle in groups)
    open_ = {row.handle for row in shared if row.state in OPEN and not is_hidden(row, here.policy)}
    same = {
        handle: tuple(sorted(other for other in others & open_ if not _apart(handle, other, courses)))
        for handle, others in groups.items()
        if handle in open_
    }
    return seen, {handle: others for handle, others in same.items() if others}


def _looked_at(found: list[Plain], groups: Mapping[str, object], *, around: bool) -> list[str]:
    """Whose course a page of the desk needs, so that five hundred open ones cost it little more than five.

    Those who share a contact; and, for a coordinator whom people may go around, everybody who waits and of
    the others what is due first. One that goes around them and isn't looked at is a reference on their
    board, and opens to them no more than the others do.
    """
    if not around:
        return [row.handle for row in found if row.handle in groups]
    waiting = [row.handle for row in found if row.state is State.RECEIVED]
    others = [row.handle for row in found if row.state is not State.RECEIVED]
    far = [handle for handle in others[MOST_LOOKED_AT:] if handle in groups]
    return [*waiting, *others[:MOST_LOOKED_AT], *far]


def _goes_around(row: Plain, courses: Mapping[str, Course]) -> bool:
    return row.handle in courses and courses[row.handle].around


def _apart(one: str, other: str, courses: Mapping[str, Course]) -> bool:
    said = {handle for each in (one, other) if each in courses for handle in courses[each].apart}
    return bool(said & {one, other})


def for_supporter(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral that this supporter was asked about or has taken; else `NotFound`, with nothing opened."""
    if Role.SUPPORTER not in by.roles:
        raise not_there()
    opener = Opener(by.account, Actor.SUPPORTER, at)
    return referrals.working(handle, opener=opener, program=by.program, assignee=by.supporter)


def just_closed(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral that this supporter had until it was closed just now, and may still open again."""
    if Role.SUPPORTER not in by.roles:
        raise not_there()
    opener = Opener(by.account, Actor.SUPPORTER, at)
    held = referrals.working(handle, opener=opener, program=by.program, state=State.CLOSING)
    if held.course.previous not in MET or held.course.peer != by.supporter:
        raise not_there()
    return held


def as_peer(handle: str, *, by: Member, at: datetime) -> Working:
    """A referral of a supporter who knows whom it is about: theirs now, or closed a moment ago."""
    try:
        held = for_supporter(handle, by=by, at=at)
    except NotFound:
        return just_closed(handle, by=by, at=at)
    if held.state is State.MATCHED:
        raise not_there()
    return held


def in_reach(handle: str, *, by: Member, at: datetime) -> tuple[Working, Actor]:
    """A referral and the part in which this member may end it: as its peer, or from the desk."""
    try:
        return as_peer(handle, by=by, at=at), Actor.SUPPORTER
    except NotFound:
        return for_desk(handle, by=by, at=at), Actor.COORDINATOR
