"""Trainings and meetings of a program as people read them: their words and their lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchbase.programs.policy import Policy
from touchbase.programs.statements import hours_said
from touchbase.supporters.meetings import Planned as Meeting
from touchbase.supporters.occasions import Circle, Teacher, Topic
from touchbase.supporters.standing import Needs, last_of_month
from touchbase.supporters.trainings import Learner, Planned
from touchbase.web.shared.planning import kinds, said_day, ways


def teachers() -> Mapping[str, str]:
    """Who leads a session, as a role."""
    return {
        Teacher.FACULTY: _("Faculty of peer support"),
        Teacher.COORDINATOR: _("The coordinator"),
        Teacher.LEAD_PEER: _("A lead peer"),
        Teacher.OUTSIDE: _("A trainer from outside"),
    }


def circles() -> Mapping[str, str]:
    """Who meets."""
    return {Circle.SUPPORTERS: _("Supporters"), Circle.TEAM: _("Program team")}


def topics() -> Mapping[str, str]:
    """What a meeting may be about. Each is a thing, none is about somebody."""
    return {
        Topic.CARE: _("Looking after each other"),
        Topic.SKILLS: _("Practice: opening, listening, ending"),
        Topic.SAFETY: _("When someone may be in danger"),
        Topic.RESOURCES: _("Places to turn"),
        Topic.REACH: _("How people hear of us"),
        Topic.NUMBERS: _("The released counts"),
        Topic.TRAINING: _("Training and refreshers"),
        Topic.ROSTER: _("Days and who is first to call"),
        Topic.RULES: _("The program's rules"),
        Topic.WELCOME: _("Welcoming new supporters"),
    }


def said_month(month: date) -> str:
    """A month, as people read it: "May 2026"."""
    return date_format(month, "F Y")


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as a page shows it."""

    one: Planned
    title: str
    when: str
    where: str
    hours: str
    teacher: str
    past: bool


def session_line(one: Planned, today: date) -> SessionLine:
    """One session in words."""
    return SessionLine(
        one=one,
        title=kinds()[one.kind],
        when=said_day(one.day, one.begins, today),
        where=f"{ways()[one.way]}, {one.place}",
        hours=hours_said(float(one.hours)),
        teacher=teachers()[one.teacher],
        past=one.day < today,
    )


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a page shows it."""

    one: Meeting
    title: str
    when: str
    topics: tuple[str, ...]
    past: bool


def meeting_line(one: Meeting, today: date) -> MeetingLine:
    """One meeting in words."""
    words = topics()
    return MeetingLine(
        one=one,
        title=circles()[one.circle],
        when=said_day(one.day, one.begins, today),
        topics=tuple(words[topic] for topic in one.topics),
        past=one.day < today,
    )


def standing_sentence(one: Learner, policy: Policy) -> str:
    """Where somebody stands with training: the same words for them and for the coordinator."""
    needed = policy.supporters.training_hours
    if one.needs is Needs.TRAINING:
        if one.trained is not None:
            return _("Training counts from {month} on.").format(month=said_month(one.trained))
        hours = f"{float(one.hours):g}"
        return _("{hours} of {needed} hours. Not asked before that.").format(
            hours=hours, needed=f"{needed:g}"
        )
    until = said_month(last_of_month(one.fresh_until)) if one.fresh_until else ""
    if one.needs is Needs.OVERDUE:
        return _("The refresher was due by the end of {month}. Not asked until it is done.").format(
            month=until
        )
    if one.needs is Needs.SOON:
        return _("Trained. The refresher is due by the end of {month}.").format(month=until)
    return _("Trained. Good until the end of {month}.").format(month=until)
