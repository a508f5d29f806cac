"""Those of one list: kept one by one, checked by one press, asked for by one press. There is no row for them.

What ties them is a random id inside each one's sealed course, until a peer said yes and 72 hours at most.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import SystemRandom

from django.db import transaction

from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.kernel.errors import NotFound, ReferralMovedOn, StepNotAllowed
from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.outreach import actions, gathering, queries
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import actions as referrals
from touchbase.referrals import arrival, rows
from touchbase.referrals.course import Source
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.queries import Working, not_there

_CHANCE = SystemRandom()
Shuffle = Callable[[list[Asking]], None]


def receive(
    *,
    here: CurrentProgram,
    people: Sequence[Asking],
    once: str,
    batch: str,
    at: datetime,
    shuffle: Shuffle = _CHANCE.shuffle,
) -> int:
    """Keep each person of a list by themself, and tell the desk once. How many there are.

    In random order, each in a transaction of their own: what a list began is finished by the same press.
    Raises `Unavailable` when a store can't be written; whoever was kept by then stays, and comes only once.
    """
    mixed = list(people)
    shuffle(mixed)
    for asking in mixed:
        arrival.arrive(here=here, asking=asking, source=Source.TEAM, once=once, at=at, batch=batch)
    backup = actions.is_of_a_coordinator([one.contact for one in mixed], here, at)
    tell_desk(program=here.id, template=Template.REMINDER, at=at, backup=backup)
    return len(mixed)


def release(*, batch: str, by: Member, at: datetime) -> int:
    """The coordinator looked: they are real, and the clock may match them (ruling A16). How many it was."""
    if not by.may(Permission.REFERRAL_MOVE):
        raise not_there()
    unchecked = [held for held in gathering.waiting_in(batch, by=by, at=at) if held.held]
    for held in unchecked:
        _released(held, by, at)
    return len(unchecked)


@transaction.atomic
def _released(held: Working, by: Member, at: datetime) -> None:
    referrals.take_step(
        held=held, step=Step.RELEASE_HELD, by=Actor.COORDINATOR, at=at, course=held.course, unchecked=False
    )
    log.record(program=by.program, actor=by.account, verb="release", day=at.date())


def ask_all(*, batch: str, chosen: Mapping[str, str], by: Member, at: datetime) -> tuple[int, int]:
    """Ask the chosen supporter (a membership) for each person (a handle). How many were asked, how many wait.

    Each is a transaction of its own and is checked as if it were the only one, so no limit is exceeded by
    whoever asks meanwhile; those who couldn't be asked stay where they are. Neither number has those for whom
    somebody else pressed first.
    """
    if not by.may(Permission.REFERRAL_MATCH):
        raise not_there()
    asked, refused = 0, set()
    for held in gathering.waiting_in(batch, by=by, at=at):
        supporter = chosen.get(held.handle, "")
        if not supporter:
            continue
        try:
            actions.ask(handle=held.handle, supporter=supporter, by=by, at=at)
            asked += 1
        except (NotAvailable, ReferralMovedOn, StepNotAllowed, NotFound):
            refused.add(held.handle)
    return asked, rows.count_waiting(refused)


def was_there(*, handle: str, by: Member, at: datetime) -> None:
    """A supporter says at an ask that they were there themself (ruling A2): a pass, and why is kept nowhere.

    Of those who came in the same list nobody is asked of them either.
    """
    held, supporter = queries.for_supporter(handle, by=by, at=at), by.supporter
    actions.back_to_queue(held=held, step=Step.PASS, by=Actor.SUPPORTER, at=at)
    batch = held.course.batch
    for other in gathering.members(batch, program=held.program, at=at) if batch else ():
        if other.handle != held.handle:
            _bar(other, supporter, at)


def _bar(other: Working, supporter: str, at: datetime) -> None:
    def bar(found: Working) -> None:
        if supporter not in found.course.barred:
            course = found.course.changed(barred=(*found.course.barred, supporter))
            referrals.note(held=found, at=at, course=course)

    for step in (bar, lambda found: _taken_back(found, supporter, at)):
        referrals.insist(handle=other.handle, at=at, step=step)


def _taken_back(found: Working, supporter: str, at: datetime) -> None:
    """They were asked about this one of the same list as well: it goes on to somebody else."""
    if found.state is State.MATCHED and found.assignee == supporter:
        actions.back_to_queue(held=found, step=Step.PASS, by=Actor.SUPPORTER, at=at)
