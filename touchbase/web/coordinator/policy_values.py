"""A value of a policy file as people read it: units, yes and no, and every choice in its own words."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.programs.choices import (
    Channel,
    CoordinatorSees,
    Court,
    MatchBy,
    Mode,
    OwnDepartment,
    Preference,
    ResourceClass,
    RosterKept,
    SendBy,
    Weekday,
    WhoKnows,
)
from touchbase.programs.policy import Option, Policy, Resource, UrgentNumber

_SHORT = 45  # longer ones stand on a line of their own


def value_of(policy: Policy, key: str) -> Any:
    """What a key of the file holds, by its dotted name."""
    return reduce(getattr, key.split("."), policy)


def said(policy: Policy, key: str) -> tuple[str, ...]:
    """What a key holds, a line each; no line where the file says nothing."""
    value = value_of(policy, key)
    if value is None or value == ():
        return ()
    if isinstance(value, tuple):
        lines = tuple(_one(each, key) for each in value)
        sentences = any(
            len(line) > 40 or isinstance(each, Resource) for line, each in zip(lines, value, strict=True)
        )
        return lines if sentences else (", ".join(lines),)
    return (_one(value, key),)


def in_words(key: str, value: Any) -> str:
    """A value as the file writes it, on one line: of a key that may stand in another program's file."""
    if isinstance(value, list):
        parts = [in_words(key, each) for each in value]
        return (" " if parts[0].endswith(".") else ", ").join(parts)
    words = {str(choice): says for choice, says in choice_words().items()}
    return words[value] if isinstance(value, str) and value in words else _one(value, key)


def _one(value: Any, key: str) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, StrEnum):
        return choice_words()[value]
    for kind, words in _KINDS.items():
        if isinstance(value, kind):
            return words(value)
    return _measured(value, key)


def day(value: date) -> str:
    """A day with its year: what stands in a file may be years old."""
    return date_format(value, "M j, Y")


def _measured(value: Any, key: str) -> str:
    if key.endswith("_share"):
        return f"{round(value * 100)} %"
    units: Mapping[str, Callable[[int], str]] = {
        "_hours": lambda n: ngettext("{n} hour", "{n} hours", n),
        "_days": lambda n: ngettext("{n} day", "{n} days", n),
        "_weeks": lambda n: ngettext("{n} week", "{n} weeks", n),
        "_months": lambda n: ngettext("{n} month", "{n} months", n),
    }
    for ending, unit in units.items():
        if key.endswith(ending):
            return unit(1 if value == 1 else 2).format(n=f"{value:g}")
    return str(value)


def _option(one: Option) -> str:
    if one.headcount is None:
        return one.label
    return _("{label} ({n} people)").format(label=one.label, n=f"{one.headcount:,}")


def _resource(one: Resource) -> str:
    parts = [one.title.rstrip("."), one.where.rstrip("."), one.number or one.link or ""]
    return ". ".join(part for part in parts if part) + f" ({choice_words()[one.kind]})"


def _number(one: UrgentNumber) -> str:
    return f"{one.label}: {one.number}, {one.hours}"


_KINDS: Mapping[type, Callable[[Any], str]] = {
    date: day, Option: _option, UrgentNumber: _number, Resource: _resource,
}  # fmt: skip


def choice_words() -> Mapping[StrEnum, str]:
    """Every word a policy file picks from, as a coordinator reads it."""
    return {**_ways_words(), **_match_words(), **_confidence_words(), **_other_words()}


def _ways_words() -> dict[StrEnum, str]:
    return {
        Channel.TEXT: _("text"),
        Channel.CALL: _("call"),
        Channel.EMAIL: _("email"),
        Mode.PHONE: _("by phone"),
        Mode.VIDEO: _("by video"),
        Mode.IN_PERSON: _("in person"),
        Weekday.MON: _("Monday"),
        Weekday.TUE: _("Tuesday"),
        Weekday.WED: _("Wednesday"),
        Weekday.THU: _("Thursday"),
        Weekday.FRI: _("Friday"),
        Weekday.SAT: _("Saturday"),
        Weekday.SUN: _("Sunday"),
    }


def _match_words() -> dict[StrEnum, str]:
    return {
        MatchBy.COORDINATOR: _("The coordinator"),
        MatchBy.CLOCK: _("The clock, for people who asked for themselves"),
        OwnDepartment.NEVER: _("Never, where we know which it is"),
        OwnDepartment.ASK: _("Only when the person wants one"),
        OwnDepartment.FINE: _("May be asked like any other"),
        Preference.SAME_PROFESSION: _("the same profession"),
        Preference.SIMILAR_STAGE: _("a similar stage"),
        Preference.OTHER_DEPARTMENT: _("another department"),
        Preference.SAME_SITE: _("the same site"),
        Preference.OTHER_SITE: _("another site"),
        RosterKept.NONE: _("None is kept"),
        RosterKept.WEEKS: _("Of weeks, from Monday on"),
        RosterKept.DAYS: _("Of days"),
    }


def _confidence_words() -> dict[StrEnum, str]:
    return {
        WhoKnows.THREE: _("Three: the person, the peer, and the coordinator or their backup"),
        WhoKnows.TWO: _("Two: people may also choose a peer themselves, and nothing of it is written down"),
        CoordinatorSees.LIFE: _("Until it is erased"),
        CoordinatorSees.UNTIL_ACCEPT: _("Until a peer says yes; then only that they are with a peer"),
        SendBy.PEER: _("The peer, from their own phone or mail"),
        SendBy.SYSTEM: _("Touchbase sends emails; texts and calls are the peer's own"),
    }


def _other_words() -> dict[StrEnum, str]:
    return {
        Court.NOT_PROTECTED: _("Not protected"),
        Court.PROTECTED: _("Protected"),
        Court.NOT_SURE: _("Not sure yet"),
        ResourceClass.SELF_HELP: _("to start with alone"),
        ResourceClass.INSIDE: _("inside the organization"),
        ResourceClass.OUTSIDE: _("outside"),
        ResourceClass.URGENT: _("urgent"),
    }
