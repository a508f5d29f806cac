"""Times where there is little room: in a row, on a pill, in a short sentence."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchbase.referrals import clock
from touchbase.web.shared.days import day_words

_WEEK = timedelta(days=6)  # within it a weekday can mean one day only
_HOURS_ALONE = 10  # from so many hours on minutes say nothing
_DAYS_ALONE = 48


def said(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A moment in full, as the page's language says it: "today, 3:10 pm", "Thu, May 14, 3:10 pm"."""
    return clock.said(at, zone, now, clock.Spelling(_("today"), day_words))


def short(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A moment as it ends "by …": "3:10 pm" today, "Thu, 3:10 pm" this week, else with its date."""
    day, *rest, hour = said(at, zone, now).split(", ")
    if not rest:
        return hour
    return f"{day}, {hour}" if abs(at - now) < _WEEK else f"{day}, {rest[0]}"


def left(at: datetime, now: datetime) -> str:
    """How far away a due time is: "2 h 10 min left", "21 h left", "3 days late"."""
    exact = clock.left(at, now)
    hours = abs(at - now) // timedelta(hours=1)
    if hours < _HOURS_ALONE:
        return exact
    end = exact.rsplit(" ", 1)[1]
    return f"{hours // 24} days {end}" if hours >= _DAYS_ALONE else f"{hours} h {end}"


def days(first: date, last: date) -> str:
    """A day or a week of the calendar: "Sat, May 16", "May 11 to 17", "Jun 29 to Jul 5"."""
    if first == last:
        return day_words(first)
    alone = _("j") if first.month == last.month else _("M j")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, _("M j")),
        "last": date_format(last, alone),
    }
