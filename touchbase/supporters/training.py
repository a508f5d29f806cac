"""Planning trainings, inviting to them, what supporters say to one, and the ticks that make hours."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.models import Membership
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import Template
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id
from touchbase.supporters import standing, trainings
from touchbase.supporters.models import Attendance, Supporter, Training
from touchbase.supporters.occasions import Said, Session

ANSWERS_KEPT_DAYS = 30  # after a session, for those who weren't there


@transaction.atomic
def plan(*, program_id: str, session: Session, by: str, at: datetime) -> str:
    """Plan a session; return its key. Nobody is told before `invite`."""
    row = Training.objects.create(
        program_id=program_id,
        kind=session.kind,
        way=session.way,
        day=session.day,
        begins=session.begins,
        hours=session.hours,
        place=session.place,
        seats=session.seats,
        teacher=session.teacher,
    )
    log.record(program=program_id, actor=by, verb="plan training", day=_today(program_id, at))
    return row.id


@transaction.atomic
def change(*, training: str, program_id: str, session: Session, by: str, at: datetime) -> int:
    """Another day, hour or place for a session; return to how many that was written.

    What it counts as stays: people were invited to that. At another time all say anew whether they come.
    Raises `NotFound`, and `DomainError` on its day, or for fewer seats than are taken.
    """
    row, today = _locked(training, program_id), _today(program_id, at)
    if row.day <= today:
        raise DomainError(_("This session's day has come, so it stays as it is."))
    taken = row.attendances.filter(said=Said.COMING).count()
    moved = (session.day, session.begins) != (row.day, row.begins)
    if not moved and session.seats < taken:
        raise DomainError(_("More seats are taken than that. Keep at least %(n)s.") % {"n": taken})
    elsewhere = (session.place, session.way) != (row.place, row.way)
    for field in ("way", "day", "begins", "hours", "place", "seats", "teacher"):
        setattr(row, field, getattr(session, field))
    row.save()
    told = _tell(row, at) if moved or elsewhere else 0
    if moved:
        row.attendances.filter(said=Said.COMING).update(said="")
    log.record(program=program_id, actor=by, verb="change training", day=today)
    return told


def _tell(row: Training, at: datetime) -> int:
    """Write to everybody who was invited or comes that something waits on their page."""
    invited = row.attendances.exclude(said=Said.CANNOT).values_list("membership_id", flat=True)
    for member in sorted(invited):
        outbox.queue_staff(program_id=row.program_id, member=member, template=Template.WAITING, at=at)
    return len(invited)


@transaction.atomic
def cancel(*, training: str, program_id: str) -> None:
    """Take a session back. Raises `NotFound`, and `DomainError` once somebody was ticked as there."""
    row = _locked(training, program_id)
    if row.attendances.filter(done=True).exists():
        raise DomainError(_("Somebody was there, so this stays. Take the ticks away first."))
    row.delete()


@transaction.atomic
def invite(*, training: str, program_id: str, by: str, at: datetime) -> int:
    """Write to everybody who needs what the session gives and wasn't invited yet; return to how many (T10).

    Raises `NotFound`, and `DomainError` when the day has passed.
    """
    row, today = _locked(training, program_id), _today(program_id, at)
    if row.day < today:
        raise DomainError(_("This day has passed. Plan another session and invite to that one."))
    there = set(row.attendances.values_list("membership_id", flat=True))
    wanted = [one.membership for one in trainings.in_need(program_id, today) if one.fits(row.kind)]
    chosen = [membership for membership in wanted if membership not in there]
    Attendance.objects.bulk_create(Attendance(training=row, membership_id=each) for each in chosen)
    for member in chosen:
        outbox.queue_staff(program_id=program_id, member=member, template=Template.TRAINING, at=at)
    if chosen:
        log.record(program=program_id, actor=by, verb="invite to training", day=today)
    return len(chosen)


@transaction.atomic
def answer(*, training: str, membership: str, said: Said, today: date) -> None:
    """A supporter comes, or can't. It can be changed until the day is over.

    Raises `NotFound`, and `DomainError` when the session is full or over.
    """
    program = Membership.objects.filter(pk=membership).values_list("program_id", flat=True).first()
    row = _locked(training, program or "")
    if row.day < today:
        raise DomainError(_("This day has passed."))
    mine, _new = Attendance.objects.get_or_create(training=row, membership_id=membership)
    others = row.attendances.filter(said=Said.COMING).exclude(pk=mine.pk).count()
    if said is Said.COMING and others >= row.seats:
        raise DomainError(_("Every seat is taken. Choose another session, or tell your coordinator."))
    Attendance.objects.filter(pk=mine.pk).update(said=said)


@transaction.atomic
def tick(*, training: str, program_id: str, came: Collection[str], by: str, at: datetime) -> int:
    """Note who was there, replacing earlier ticks; return how many. Months of training follow from it.

    `came` are memberships of supporters of the program; others aren't counted. Raises `NotFound`, and
    `DomainError` before the day.
    """
    row, today = _locked(training, program_id), _today(program_id, at)
    if row.day > today:
        raise DomainError(_("Tick who was there on the day, or later."))
    known = Supporter.objects.filter(membership__program=program_id).values_list("membership_id", flat=True)
    there = set(came).intersection(known)
    had = set(row.attendances.filter(done=True).values_list("membership_id", flat=True))
    changed = there ^ had
    before = trainings.attended(changed)
    _tick(row, there)
    _follow(program_id, changed, before)
    Training.objects.filter(pk=row.pk).update(came=len(there))
    if changed:
        log.record(program=program_id, actor=by, verb="tick training", day=today)
    return len(there)


def clear_old(*, today: date) -> None:
    """Forget what people said to sessions they weren't at, a month afterwards."""
    until = today - timedelta(days=ANSWERS_KEPT_DAYS)
    Attendance.objects.filter(training__day__lt=until, done=False).delete()


def _tick(row: Training, there: Iterable[str]) -> None:
    row.attendances.exclude(membership__in=there).update(done=False)
    rows = [Attendance(training=row, membership_id=each) for each in there]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)
    row.attendances.filter(membership__in=there).update(done=True)


def _follow(program_id: str, changed: Collection[str], before: trainings.Sessions) -> None:
    """Bring the months of those whose ticks changed in line with their sessions."""
    needed = program_by_id(program_id).policy.supporters.training_hours
    after = trainings.attended(changed)
    for profile in Supporter.objects.select_for_update().filter(membership__in=changed):
        member = profile.membership_id
        found = standing.changed(
            standing.Months(profile.trained_month, profile.refresher_month),
            standing.months(before.get(member, ()), needed),
            standing.months(after.get(member, ()), needed),
        )
        Supporter.objects.filter(pk=profile.pk).update(
            trained_month=found.trained, refresher_month=found.refresher
        )


def _locked(training: str, program_id: str) -> Training:
    row = Training.objects.select_for_update().filter(pk=training, program_id=program_id).first()
    if row is None:
        raise NotFound(_("This session isn't there any more."))
    return row


def _today(program_id: str, at: datetime) -> date:
    return local_day(at, program_by_id(program_id).policy)
