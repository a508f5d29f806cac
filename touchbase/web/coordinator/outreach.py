"""How people hear of the program: cards and posters to print, and where it was presented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.awareness import handouts, news, presenting
from touchbase.awareness import presentations as reading
from touchbase.awareness.handouts import Handout, Paper
from touchbase.awareness.presentations import GivenUnclear, HalfYear, Held, Kind
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.programs.hours import local_day
from touchbase.web.coordinator.news import readers_said
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.planning import choices


@dataclass(frozen=True, slots=True)
class Line:
    """A presentation as a page shows it."""

    one: Held
    when: str
    what: str


@require_safe
@requires(Permission.OUTREACH_HOLD)
def outreach(request: MemberRequest, program: str) -> HttpResponse:
    """What there is to print, and where the program was presented and mailed about."""
    here = request.here
    content = {
        "here": here,
        "sheets": _sheets(),
        "address": _address(here.slug),
        "half": next(iter(_halves(here.id)), None),
        "mailed": here.policy.news.mailed,
        "readers": readers_said(news.how_many(here.id)) if here.policy.news.mailed else "",
    }
    return render(request, "coordinator/outreach.html", content)


@require_safe
@requires(Permission.OUTREACH_HOLD)
def handout(request: MemberRequest, program: str, handout: str, paper: str) -> HttpResponse:
    """Poster or cards on one paper, as a file to print."""
    if handout not in set(Handout) or paper not in set(Paper):
        raise NotFound(_("There is nothing at this address."))
    words = handouts.words_of(request.here.policy, address=_address(request.here.slug), example=settings.DEMO)
    name = f'attachment; filename="{handout}-{paper}.pdf"'
    file = handouts.pdf(Handout(handout), Paper(paper), words)
    return HttpResponse(file, content_type=handouts.TYPE, headers={"Content-Disposition": name})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OUTREACH_HOLD)
def presentations(request: MemberRequest, program: str) -> HttpResponse:
    """Where the program was presented, and the form for one more."""
    here, today = request.here, _today(request)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            given = reading.given(request.POST.dict(), today=today)
        except GivenUnclear as unclear:
            problems = unclear.each
        else:
            presenting.enter(program_id=here.id, given=given, by=request.member.account, today=today)
            messages.success(request, _("Noted. Day, kind and number are all that is kept."))
            return redirect("coordinator:presentations", program)
    content = {
        "here": here,
        "lines": [_line(one) for one in reading.presentations(here.id)],
        "halves": _halves(here.id),
        "typed": request.POST,
        "kinds": choices(kinds(), request.POST.get("kind", "")),
        "problems": problems,
    }
    return render(request, "coordinator/presentations.html", content, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OUTREACH_HOLD)
def presentation(request: MemberRequest, program: str, presentation: str) -> HttpResponse:
    """One of them, to correct or take out."""
    here, today = request.here, _today(request)
    one = reading.presentation(presentation, here.id)
    typed: Mapping[str, str] = {"day": one.given.day.isoformat(), "heads": str(one.given.heads)}
    kind, problems = str(one.given.kind), dict[str, str]()
    if request.method == "POST":
        typed = request.POST.dict()
        kind = typed.get("kind", "")
        try:
            given = reading.given(typed, today=today)
        except GivenUnclear as unclear:
            problems = dict(unclear.each)
        else:
            presenting.correct(
                presentation=one.id, program_id=here.id, given=given, by=request.member.account, today=today
            )
            messages.success(request, _("Corrected."))
            return redirect("coordinator:presentations", program)
    content = {"here": here, "line": _line(one), "typed": typed, "kinds": choices(kinds(), kind)}
    status = 422 if problems else 200
    return render(request, "coordinator/presentation.html", {**content, "problems": problems}, status=status)


@require_POST
@requires(Permission.OUTREACH_HOLD)
def presentation_remove(request: MemberRequest, program: str, presentation: str) -> HttpResponse:
    """Take one out."""
    presenting.remove(
        presentation=presentation,
        program_id=request.here.id,
        by=request.member.account,
        today=_today(request),
    )
    messages.success(request, _("Taken out."))
    return redirect("coordinator:presentations", program)


def kinds() -> Mapping[str, str]:
    """Before whom a program is presented."""
    return {
        Kind.GRAND_ROUNDS: _("Grand rounds"),
        Kind.ORIENTATION: _("Orientation"),
        Kind.DEPARTMENT: _("Department meeting"),
        Kind.HUDDLE: _("Huddle on a ward"),
        Kind.CLASS: _("Class or course"),
        Kind.LEADERS: _("Meeting of leaders"),
        Kind.ONLINE: _("Online, open to all"),
    }


def said_half(half: str) -> str:
    """A half-year, as people read it."""
    year, which = half.split("-H")
    months = _("January to June %(year)s") if which == "1" else _("July to December %(year)s")
    return months % {"year": year}


def _sheets() -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """What there is to print: its name, its key, and each paper with its label."""
    papers = ((Paper.LETTER.value, _("Letter")), (Paper.A4.value, _("A4")))
    words = {Handout.POSTER: _("Poster"), Handout.CARD: _("Pocket cards")}
    return tuple((label, each.value, papers) for each, label in words.items())


def _halves(program_id: str) -> list[tuple[str, HalfYear]]:
    return [(said_half(one.half), one) for one in reading.half_years(program_id)]


def _line(one: Held) -> Line:
    day = one.given.day
    return Line(one, f"{day:%a, %b} {day.day}, {day.year}", kinds()[one.given.kind])


def _address(slug: str) -> str:
    return settings.SITE_ADDRESS + reverse("public:home", args=[slug])


def _today(request: MemberRequest) -> date:
    return local_day(clock.now(), request.here.policy)
