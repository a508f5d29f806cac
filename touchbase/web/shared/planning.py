"""What pages say of any occasion people plan: picks, kind and way in words, its day, its calendar file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchbase.kernel import calendars
from touchbase.kernel.occasion import Kind, OccasionUnclear, Way
from touchbase.programs.policy import Policy
from touchbase.web.shared.days import dated

_YEAR_IS_CLEAR = 300  # days


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to pick."""

    value: str
    label: str
    picked: bool = False


def kinds() -> Mapping[str, str]:
    """What a session counts for."""
    return {Kind.TRAINING: _("Training"), Kind.REFRESHER: _("Refresher")}


def ways() -> Mapping[str, str]:
    """How people come together."""
    return {Way.ON_SITE: _("On site"), Way.ONLINE: _("Online")}


def choices(words: Mapping[str, str], picked: object = ()) -> tuple[Choice, ...]:
    """Words as things to pick; `picked` holds the values that are."""
    chosen = {picked} if isinstance(picked, str) else set(picked)  # type: ignore[call-overload]
    return tuple(Choice(str(value), label, value in chosen) for value, label in words.items())


def said_day(day: date, begins: time, today: date) -> str:
    """When it is, as people read it: "Thu, May 14, 5:30 pm". A year that isn't clear stands with it."""
    hour = date_format(datetime.combine(day, begins), "g:i a").replace("a.m.", "am").replace("p.m.", "pm")
    said = _("D, M j") if abs((day - today).days) < _YEAR_IS_CLEAR else _("D, M j, Y")
    return f"{date_format(day, said)}, {hour}"


def said_date(day: date) -> str:
    """A day of the calendar, as people read it: "May 14, 2026"."""
    return dated(day)


def said_problems(unclear: OccasionUnclear) -> dict[str, str]:
    """What needs another look, by field, in the reader's language."""
    return {field: _(sentence) for field, sentence in unclear.each.items()}


def calendar_answer(
    *,
    key: str,
    day: date,
    begins: time,
    length: timedelta,
    place: str,
    title: str,
    policy: Policy,
    at: datetime,
) -> HttpResponse:
    """A file for a calendar. Its name and its title say nothing of the program."""
    file = calendars.calendar_file(
        key=key, day=day, begins=begins, length=length, place=place, title=title, zone=policy.zone, at=at
    )
    name = f'attachment; filename="{calendars.FILE}"'
    return HttpResponse(file, content_type=calendars.TYPE, headers={"Content-Disposition": name})
