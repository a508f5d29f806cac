"""What faculty offer, in the words and on the clocks of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.collaborative.events import Shown as Event
from touchbase.collaborative.gatherings import Days, Form, Hours, Shelf, Topic, on_clocks_of
from touchbase.collaborative.library import Held
from touchbase.collaborative.places import Share
from touchbase.collaborative.sessions import Shown as Session
from touchbase.programs.policy import Policy
from touchbase.programs.statements import hours_said
from touchbase.web.shared.planning import calendar_answer, kinds, said_date, said_day, ways


@dataclass(frozen=True, slots=True)
class Reader:
    """By whose clocks a page tells the time. `center`: the rules of the program at the center."""

    policy: Policy
    center: Policy
    today: date


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as a page shows it. `share`: what the program that reads it has of it."""

    one: Session
    title: str
    when: str
    where: str
    hours: str
    past: bool
    share: Share

    @property
    def open(self) -> bool:
        """Whether places can still be booked."""
        return not self.past and not self.one.cancelled


def session_line(one: Session, reader: Reader, program: str = "") -> SessionLine:
    """One session in words; with `program`, what that program has of it."""
    day, begins = on_clocks_of(reader.policy.zone, day=one.day, begins=one.begins, center=reader.center.zone)
    return SessionLine(
        one=one,
        title=kinds()[one.kind],
        when=said_day(day, begins, reader.today),
        where=f"{ways()[one.way]}, {one.place}",
        hours=hours_said(float(one.hours)),
        past=day < reader.today,
        share=one.share(program),
    )


def session_file(one: Session, center: Policy, at: datetime) -> HttpResponse:
    """A session as a file for a calendar. `center`: by whose clocks it was planned."""
    return calendar_answer(
        key=one.id,
        day=one.day,
        begins=one.begins,
        length=timedelta(hours=float(one.hours)),
        place=one.place,
        title=kinds()[one.kind],
        policy=center,
        at=at,
    )


def said_share(share: Share) -> str:
    """What a program has of a session, in a few words."""
    if not share.wanted:
        return ""
    if not share.waiting:
        return _("%(n)s booked") % {"n": share.held}
    if not share.held:
        return _("%(n)s waiting") % {"n": share.waiting}
    return _("%(held)s booked, %(waiting)s waiting") % {"held": share.held, "waiting": share.waiting}


def topics() -> Mapping[str, str]:
    """What a call or an event may be about."""
    return {
        Topic.LEADERSHIP: _("Getting leadership behind it"),
        Topic.TIME: _("Finding time for a coordinator"),
        Topic.RECRUITING: _("Finding and choosing supporters"),
        Topic.TRAINING: _("Training them"),
        Topic.BEGINNING: _("The first months"),
        Topic.SEASON: _("A hard season"),
        Topic.CARE: _("Care for supporters"),
        Topic.NUMBERS: _("The numbers"),
        Topic.POLICY: _("Policy and legal words"),
        Topic.OTHER: _("Something else: we say it when we talk"),
    }


def parts_of_week() -> Mapping[str, str]:
    """Which days suit a member."""
    return {
        Days.ANY: _("Any weekday"),
        Days.EARLY: _("Monday or Tuesday"),
        Days.MIDDLE: _("Wednesday"),
        Days.LATE: _("Thursday or Friday"),
    }


def parts_of_day() -> Mapping[str, str]:
    """Which hours suit a member."""
    return {Hours.ANY: _("Any time"), Hours.MORNING: _("Mornings"), Hours.AFTERNOON: _("Afternoons")}


def forms() -> Mapping[str, str]:
    """What form an event has."""
    return {
        Form.CALL: _("Regular call of all"),
        Form.WORKSHOP: _("Workshop"),
        Form.OPEN: _("Open hour"),
        Form.DAY: _("A day together"),
    }


def shelves() -> Mapping[str, str]:
    """What kind of document it is."""
    return {
        Shelf.GUIDE: _("Guide"),
        Shelf.SLIDES: _("Slides"),
        Shelf.FORM: _("Form to fill in"),
        Shelf.LETTER: _("Sample letter"),
        Shelf.STUDY: _("Study"),
        Shelf.RECORDING: _("Recording"),
    }


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event as a page shows it."""

    one: Event
    title: str
    topic: str
    when: str
    where: str
    past: bool

    @property
    def open(self) -> bool:
        """Whether one can still say how many come."""
        return not self.past and not self.one.cancelled


def event_line(one: Event, reader: Reader) -> EventLine:
    """One event in words."""
    day, begins = on_clocks_of(reader.policy.zone, day=one.day, begins=one.begins, center=reader.center.zone)
    return EventLine(
        one=one,
        title=forms()[one.form],
        topic=topics()[one.topic],
        when=said_day(day, begins, reader.today),
        where=f"{ways()[one.way]}, {one.place}",
        past=day < reader.today,
    )


def event_file(one: Event, center: Policy, at: datetime) -> HttpResponse:
    """An event as a file for a calendar. Its title says nothing of what it is about."""
    return calendar_answer(
        key=one.id,
        day=one.day,
        begins=one.begins,
        length=timedelta(minutes=one.minutes),
        place=one.place,
        title=_("Meeting"),
        policy=center,
        at=at,
    )


def said_coming(coming: int | None) -> str:
    """How many of a member come; None: it didn't say."""
    if coming is None:
        return _("Not answered")
    if not coming:
        return _("Nobody can")
    return ngettext("One comes", "%(n)s come", coming) % {"n": coming}


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a page shows it. `older`: its older versions, each with its number, link and day."""

    one: Held
    kind: str
    checked: str
    older: tuple[tuple[int, str, str], ...]


def document_line(one: Held) -> DocumentLine:
    """One document in words."""
    older = tuple((each.number, each.address, said_date(each.checked)) for each in one.editions[1:])
    return DocumentLine(one, shelves()[one.kind], said_date(one.newest.checked), older)
