"""Places to turn at the desk: when each was reviewed, and whether its page opened when we last looked."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.programs.hours import local_day
from touchbase.resources import looks
from touchbase.resources.looks import Looked, Page
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.helping import tier_words


@dataclass(frozen=True, slots=True)
class Line:
    """One place to turn as a page shows it."""

    title: str
    reach: str
    link: str
    reviewed: str
    page: str
    needs_review: bool


@require_safe
@requires(Permission.RESOURCES_SEE)
def resources(request: MemberRequest, program: str) -> HttpResponse:
    """Every place to turn, by tier."""
    here = request.here
    found = looks.looked(here.id, here.policy, today=local_day(clock.now(), here.policy))
    tiers = [
        (heading, [_line(one) for one in found if one.resource.kind is kind])
        for kind, heading in tier_words().items()
    ]
    content = {
        "here": here,
        "sentence": _sentence(found),
        "tiers": [(heading, lines) for heading, lines in tiers if lines],
    }
    return render(request, "coordinator/resources.html", content)


def _sentence(found: list[Looked]) -> str:
    if not found:
        return _("No place to turn is listed yet.")
    n = sum(one.needs_review for one in found)
    if not n:
        return _("Every place to turn was looked at within a year.")
    return ngettext("One place to turn needs a look.", "%(n)s places to turn need a look.", n) % {"n": n}


def _line(one: Looked) -> Line:
    return Line(
        title=one.resource.title,
        reach=one.resource.number or "",
        link=one.resource.link or "",
        reviewed=_said(one.resource.reviewed_on),
        page=_page(one),
        needs_review=one.needs_review,
    )


def _page(one: Looked) -> str:
    day = {"day": _said(one.checked_on)}
    return {
        Page.NONE: "",
        Page.NEVER: _("not checked yet"),
        Page.OPENED: _("opened on %(day)s") % day,
        Page.SHUT: _("didn't open on %(day)s") % day,
    }[one.page]


def _said(day: date | None) -> str:
    return f"{day:%b} {day.day}, {day.year}" if day else ""
