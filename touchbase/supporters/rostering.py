"""Making the roster: publish what was proposed, name somebody for a day, give a day back, swap two.

Every change compares what it found with what is there, so that of two who act at once one is told. Whoever is
named anew is written to; the message says only that something waits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications import outbox
from touchbase.notifications.messages import Template
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram, all_programs
from touchbase.supporters import duties, slots
from touchbase.supporters.duties import Called, Crowd
from touchbase.supporters.models import Duty, Swap

Pair = tuple[str, str]  # first and second, by membership; empty is nobody


class RosterMovedOn(DomainError):
    """Somebody else changed the same day first."""

    code = "roster-moved-on"


class NotOnCall(DomainError):
    """Somebody can't be called then. The message says what to do."""

    code = "not-on-call"


@dataclass(frozen=True, slots=True)
class Published:
    """What a press on Publish did: places filled, and places that others had filled meanwhile."""

    filled: int
    kept: int


@transaction.atomic
def publish(*, here: CurrentProgram, chosen: Mapping[date, Pair], by: Member, at: datetime) -> Published:
    """Keep what was proposed, where the place is still open. What is filled already is never moved.

    Days outside of what is made now, and people who can't be called then, are left out and stay gaps.
    """
    today = local_day(at, here.policy)
    known = duties.crowd(here.id, here.policy, today)
    until = slots.end(today, here.policy)
    filled, kept, told = 0, 0, set[str]()
    for one in duties.called(here.id, here.policy, since=today, until=until, known=known):
        wished = chosen.get(one.slot.first, ("", ""))
        now = _filled(one, wished, known)
        new = [key for key in now if key and key not in one.held]
        kept += sum(1 for key in wished if key and key not in now)
        if new and _keep(here.id, one, now):
            filled += len(new)
            told.update(new)
    _tell(here.id, told, at)
    log.record(program=here.id, actor=by.account, verb="roster", day=today)
    return Published(filled, kept)


def _filled(one: Called, wished: Pair, known: Crowd) -> Pair:
    """The places as they will be: open ones take who was wished and can, all others stay."""
    standing = one.standing()
    first = standing.first or (wished[0] if known.can(wished[0], one.slot) else "") or _key(one, second=False)
    second = (
        standing.second or (wished[1] if known.can(wished[1], one.slot) else "") or _key(one, second=True)
    )
    return (first, "" if second == first else second)


def _key(one: Called, *, second: bool) -> str:
    named = one.second if second else one.first
    return named.key if named else ""


@transaction.atomic
def name(*, here: CurrentProgram, day: date, to: Pair, was: Pair, by: Member, at: datetime) -> None:
    """Name who is called on one day or in one week; nobody is a name as well. All else stays as it is.

    `was`: who stood there when the page was made. Raises `NotFound` for a day the roster doesn't have,
    `NotOnCall` for somebody who can't be called then, and `RosterMovedOn`.
    """
    today = local_day(at, here.policy)
    known = duties.crowd(here.id, here.policy, today)
    one = _one(here, day, today, known)
    if (_key(one, second=False), _key(one, second=True)) != was:
        raise _moved()
    _check(to, one, known)
    if not _keep(here.id, one, to):
        raise _moved()
    _tell(here.id, {key for key in to if key and key not in one.held}, at)
    log.record(program=here.id, actor=by.account, verb="roster", day=today)


def _one(here: CurrentProgram, day: date, today: date, known: Crowd, *, last: date | None = None) -> Called:
    """A day or week by its first day, as far ahead as the roster is made now, or to another last day."""
    last = last or slots.end(today, here.policy)
    whole = duties.called(here.id, here.policy, since=today, until=last, known=known)
    found = next((one for one in whole if one.slot.first == day), None)
    if not here.policy.roster.is_kept or found is None:
        raise NotFound(_("The roster has no such day."))
    return found


def _check(to: Pair, one: Called, known: Crowd) -> None:
    if to[0] and to[0] == to[1]:
        raise NotOnCall(_("Choose two people: one first, another second."))
    for key in to:
        if key and key not in one.held and not known.can(key, one.slot):
            raise NotOnCall(_("This person can't be called then. Choose somebody else."))


def _keep(program: str, one: Called, to: Pair) -> bool:
    """Write both places of a day, if they are still what was read. A gap is looked at afresh."""
    row, _created = Duty.objects.get_or_create(program_id=program, day=one.slot.first)
    was = (_key(one, second=False) or None, _key(one, second=True) or None)
    found = Duty.objects.filter(pk=row.pk, first=was[0], second=was[1])
    changed = found.update(first=to[0] or None, second=to[1] or None, warned=0)
    if changed:
        _drop_swaps(row.pk)
    return bool(changed)


def _drop_swaps(*rows: str) -> None:
    """A swap somebody asked about a day that has changed isn't what they asked any more."""
    Swap.objects.filter(gives__in=rows).delete()
    Swap.objects.filter(takes__in=rows).delete()


@transaction.atomic
def give_back(*, here: CurrentProgram, member: str, day: date, at: datetime) -> None:
    """Leave one's place on a day open: no reason, and the desk sees the gap. Raises `NotFound`."""
    today = local_day(at, here.policy)
    if not Duty.objects.filter(program=here.id, day=day).exists():
        raise _not_yours()
    # A roster that was made shorter meanwhile lets go of the days beyond it as well.
    one = _one(here, day, today, duties.crowd(here.id, here.policy, today), last=max(day, today))
    if member not in one.held:
        raise _not_yours()
    left = tuple("" if key == member else key for key in (_key(one, second=False), _key(one, second=True)))
    if not _keep(here.id, one, (left[0], left[1])):
        raise _moved()


@transaction.atomic
def ask_swap(*, here: CurrentProgram, asker: str, gives: date, asked: str, takes: date, at: datetime) -> None:
    """Ask a colleague to swap two duties, by a message that says only that something waits.

    One question a day at a time: asking somebody else takes the first question back. Raises `NotFound`, and
    `NotOnCall` where one of the two couldn't be called then.
    """
    today = local_day(at, here.policy)
    known = duties.crowd(here.id, here.policy, today)
    given, taken = _one(here, gives, today, known), _one(here, takes, today, known)
    if asker not in given.held:
        raise _not_yours()
    if asked not in taken.held or not duties.swappable(asker, asked, given, taken, known):
        raise NotOnCall(_("These two days can't be swapped any more. Choose another."))
    Swap.objects.filter(asker=asker, gives=given.id).delete()
    Swap.objects.create(asker_id=asker, asked_id=asked, gives_id=given.id, takes_id=taken.id)
    _tell(here.id, {asked}, at)


@transaction.atomic
def answer_swap(*, here: CurrentProgram, member: str, swap: str, yes: bool, at: datetime) -> None:
    """Swap, or leave all as it is; no reason either way. The asker is told that something changed.

    Raises `NotFound` when the question was taken back or a day of it has changed.
    """
    row = Swap.objects.filter(pk=swap, asked=member).select_related("gives", "takes").first()
    if row is None or not Swap.objects.filter(pk=swap).delete()[0]:
        raise NotFound(_("This swap is not asked any more."))
    if yes:
        today = local_day(at, here.policy)
        known = duties.crowd(here.id, here.policy, today)
        given, taken = _one(here, row.gives.day, today, known), _one(here, row.takes.day, today, known)
        if not duties.swappable(row.asker_id, member, given, taken, known):
            raise NotOnCall(_("One of you can't be called then any more. Nothing was swapped."))
        _exchange(here.id, (given, row.asker_id, member), (taken, member, row.asker_id))
    _tell(here.id, {row.asker_id}, at)


def _exchange(program: str, *changes: tuple[Called, str, str]) -> None:
    for one, leaves, comes in changes:
        pair = [comes if key == leaves else key for key in (_key(one, second=False), _key(one, second=True))]
        if leaves not in one.held or not _keep(program, one, (pair[0], pair[1])):
            raise _moved()


@transaction.atomic
def take_back(*, member: str, day: date) -> None:
    """Don't ask for a swap any more."""
    Swap.objects.filter(asker=member, gives__day=day).delete()


def warn(*, program: str, one: Called, level: int) -> bool:
    """Note that the desk is told of a gap: True for exactly one of any number of sweepers."""
    row, _created = Duty.objects.get_or_create(program_id=program, day=one.slot.first)
    return bool(Duty.objects.filter(pk=row.pk, warned__lt=level).update(warned=level))


def forget(*, at: datetime) -> None:
    """Drop what counts for no roster any more, and questions about days that have come."""
    for here in all_programs():
        today = local_day(at, here.policy)
        oldest = today - timedelta(days=duties.COUNTED_DAYS + 7)
        Duty.objects.filter(program=here.id, day__lt=oldest).delete()
        begun = slots.start(today, here.policy)
        Swap.objects.filter(gives__program=here.id, gives__day__lt=begun).delete()
        Swap.objects.filter(takes__program=here.id, takes__day__lt=begun).delete()


def _tell(program: str, members: Iterable[str], at: datetime) -> None:
    for member in sorted(members):
        outbox.queue_staff(program_id=program, member=member, template=Template.WAITING, at=at)


def _moved() -> RosterMovedOn:
    return RosterMovedOn(_("Somebody else changed this day first. Look at it once more, then choose."))


def _not_yours() -> NotFound:
    return NotFound(_("You are not called on this day."))
