"""Reading meetings: days, places and topics. A number came; who, nobody knows."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.supporters.models import Meeting
from touchbase.supporters.occasions import Circle, Topic

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting as pages show it."""

    id: str
    circle: Circle
    day: date
    begins: time
    minutes: int
    place: str
    topics: tuple[Topic, ...]
    held: bool
    came: int


def meetings(program_id: str, circle: Circle | None = None) -> list[Planned]:
    """The meetings of a program, or of one circle of it, the latest day first; one query."""
    rows = Meeting.objects.filter(program_id=program_id).order_by("-day", "-begins", "id")
    if circle is not None:
        rows = rows.filter(circle=circle)
    return [_planned(row) for row in rows[:MOST_SHOWN]]


def meeting(meeting_id: str, program_id: str, circle: Circle | None = None) -> Planned:
    """One meeting, of one circle when that is given. Raises `NotFound`."""
    row = Meeting.objects.filter(pk=meeting_id, program_id=program_id).first()
    if row is None or (circle is not None and row.circle != circle):
        raise gone()
    return _planned(row)


def gone() -> NotFound:
    """What is said of a meeting that isn't there any more."""
    return NotFound(_("This meeting isn't there any more."))


def _planned(row: Meeting) -> Planned:
    return Planned(
        id=row.id,
        circle=Circle(row.circle),
        day=row.day,
        begins=row.begins,
        minutes=row.minutes,
        place=row.place,
        topics=tuple(topic for topic in Topic if topic in row.topic_keys),
        held=row.held,
        came=row.came,
    )
