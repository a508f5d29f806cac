"""Reading the events of the learning community, and how many come of each member."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from touchbase.collaborative.gatherings import Form, Topic
from touchbase.collaborative.models import Event, Reply
from touchbase.kernel.errors import NotFound
from touchbase.kernel.occasion import Way

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as pages show it. `replies`: how many come of each program that answered, by its id."""

    id: str
    form: Form
    topic: Topic
    way: Way
    day: date
    begins: time
    minutes: int
    place: str
    cancelled: bool
    replies: Mapping[str, int] = field(default_factory=dict)

    @property
    def coming(self) -> int:
        """How many come of all members."""
        return sum(self.replies.values())


def events(together_id: str) -> list[Shown]:
    """The events of a collaborative, the latest day first; two queries."""
    rows = Event.objects.filter(collaborative=together_id).order_by("-day", "-begins", "id")
    return [_shown(row) for row in _with_replies(rows)[:MOST_SHOWN]]


def event(event_id: str, together_id: str) -> Shown:
    """One event. Raises `NotFound`."""
    row = _with_replies(Event.objects.filter(pk=event_id, collaborative=together_id)).first()
    if row is None:
        raise gone()
    return _shown(row)


def gone() -> NotFound:
    """What is said of an event that isn't there any more."""
    return NotFound(_("This event isn't there any more."))


def _with_replies(rows: QuerySet[Event]) -> QuerySet[Event]:
    return rows.prefetch_related(Prefetch("replies", queryset=Reply.objects.select_related("member")))


def _shown(row: Event) -> Shown:
    return Shown(
        id=row.id,
        form=Form(row.kind),
        topic=Topic(row.topic),
        way=Way(row.way),
        day=row.day,
        begins=row.begins,
        minutes=row.minutes,
        place=row.place,
        cancelled=row.cancelled,
        replies={one.member.program_id: one.coming for one in row.replies.all()},
    )
