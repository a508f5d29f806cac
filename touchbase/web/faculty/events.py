"""Events of the learning community: what is planned, and how many come of each member."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import events as reading
from touchbase.collaborative import gathering
from touchbase.collaborative.gatherings import planned
from touchbase.kernel import clock
from touchbase.kernel.occasion import OccasionUnclear
from touchbase.programs.queries import named
from touchbase.web.faculty.sessions import reader_of
from touchbase.web.shared.access import FacultyRequest, requires
from touchbase.web.shared.learning import event_file, event_line, forms, said_coming, topics
from touchbase.web.shared.planning import choices, said_problems, ways


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_LEAD)
def events(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """The events ahead and behind, and the form to plan one."""
    if request.method != "POST":
        return _page(request, {})
    try:
        found = planned(request.POST.dict(), today=reader_of(request).today)
    except OccasionUnclear as unclear:
        return _page(request, said_problems(unclear))
    key = gathering.plan(together=request.together, planned=found, by=request.member.account, at=clock.now())
    messages.success(request, _("Planned. Members see it on their page and say how many come."))
    return redirect("faculty:event", collaborative, key)


def _page(request: FacultyRequest, problems: dict[str, str]) -> HttpResponse:
    lines = [event_line(one, reader_of(request)) for one in reading.events(request.together.id)]
    typed = request.POST
    content = {
        "together": request.together,
        "ahead": [line for line in reversed(lines) if not line.past],
        "past": [line for line in lines if line.past],
        "typed": typed,
        "problems": problems,
        "forms": choices(forms(), typed.get("form", "call")),
        "topics": choices(topics(), typed.get("topic", "")),
        "ways": choices(ways(), typed.get("way", "online")),
    }
    return render(request, "faculty/events.html", content, status=422 if problems else 200)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def event(request: FacultyRequest, collaborative: str, event: str) -> HttpResponse:
    """One event: how many come of each member, by name."""
    one = reading.event(event, request.together.id)
    known = named(one.replies)
    replies = sorted(
        (known[program].organization, said_coming(coming)) for program, coming in one.replies.items()
    )
    content = {
        "together": request.together,
        "line": event_line(one, reader_of(request)),
        "replies": replies,
    }
    return render(request, "faculty/event.html", content)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def cancel(request: FacultyRequest, collaborative: str, event: str) -> HttpResponse:
    """Call an event off."""
    gathering.cancel(event=event, together=request.together, by=request.member.account, at=clock.now())
    messages.success(request, _("Called off. Members whose teams come are written to."))
    return redirect("faculty:event", collaborative, event)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def calendar(request: FacultyRequest, collaborative: str, event: str) -> HttpResponse:
    """The event as a file for a calendar."""
    one = reading.event(event, request.together.id)
    return event_file(one, request.here.policy, clock.now())
