"""Planning meetings, telling who meets, and noting how many came."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import staff
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import Template
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id
from touchbase.supporters.meetings import gone
from touchbase.supporters.models import Meeting
from touchbase.supporters.occasions import Circle, Gathering

MOST_CAME = 500


@transaction.atomic
def plan(*, program_id: str, gathering: Gathering, by: str, at: datetime) -> str:
    """Plan a meeting and return its key. Supporters are told of theirs; the desk sees the team's."""
    row = Meeting.objects.create(
        program_id=program_id,
        circle=gathering.circle,
        day=gathering.day,
        begins=gathering.begins,
        minutes=gathering.minutes,
        place=gathering.place,
        topic_keys=[topic.value for topic in gathering.topics],
    )
    _tell(row, at)
    log.record(program=program_id, actor=by, verb="plan meeting", day=_today(program_id, at))
    return row.id


@transaction.atomic
def change(*, meeting: str, program_id: str, gathering: Gathering, by: str, at: datetime) -> None:
    """Another day, hour, place or topics. Who meets stays; supporters are told of another time or place.

    Raises `NotFound`, and `DomainError` once it was held.
    """
    row = _locked(meeting, program_id)
    if row.held:
        raise DomainError(_("This meeting was held, so it stays."))
    before = (row.day, row.begins, row.place)
    row.topic_keys = [topic.value for topic in gathering.topics]
    for field in ("day", "begins", "minutes", "place"):
        setattr(row, field, getattr(gathering, field))
    row.save()
    if (row.day, row.begins, row.place) != before:
        _tell(row, at)
    log.record(program=program_id, actor=by, verb="change meeting", day=_today(program_id, at))


def _tell(row: Meeting, at: datetime) -> None:
    """Write to the supporters of a meeting of theirs; the desk sees the team's."""
    if row.circle != Circle.SUPPORTERS:
        return
    for person in staff(row.program_id, Role.SUPPORTER, _today(row.program_id, at)):
        member = person.membership
        outbox.queue_staff(program_id=row.program_id, member=member, template=Template.MEETING, at=at)


@transaction.atomic
def held(*, meeting: str, program_id: str, came: int, at: datetime) -> None:
    """The meeting was held, and so many came. Raises `NotFound`, and `DomainError` before the day."""
    row = _locked(meeting, program_id)
    if row.day > _today(program_id, at):
        raise DomainError(_("Count who came on the day, or later."))
    if not 0 < came <= MOST_CAME:
        raise DomainError(_("Enter how many came, from 1 to 500."))
    Meeting.objects.filter(pk=row.pk).update(held=True, came=came)


@transaction.atomic
def cancel(*, meeting: str, program_id: str) -> None:
    """Take a meeting back. Raises `NotFound`, and `DomainError` once it was held."""
    row = _locked(meeting, program_id)
    if row.held:
        raise DomainError(_("This meeting was held, so it stays."))
    row.delete()


def _locked(meeting: str, program_id: str) -> Meeting:
    row = Meeting.objects.select_for_update().filter(pk=meeting, program_id=program_id).first()
    if row is None:
        raise gone()
    return row


def _today(program_id: str, at: datetime) -> date:
    return local_day(at, program_by_id(program_id).policy)
