"""Training sessions that faculty offer: who of the members has places, and who waits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import booking
from touchbase.collaborative import sessions as reading
from touchbase.collaborative.gatherings import offered
from touchbase.kernel import clock
from touchbase.kernel.occasion import OccasionUnclear
from touchbase.programs.hours import local_day
from touchbase.programs.queries import named
from touchbase.web.shared.access import FacultyRequest, requires
from touchbase.web.shared.learning import Reader, session_file, session_line
from touchbase.web.shared.planning import choices, kinds, said_problems, ways


def reader_of(request: FacultyRequest) -> Reader:
    """Faculty read by the clocks of the program at the center."""
    policy = request.here.policy
    return Reader(policy, policy, local_day(clock.now(), policy))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_LEAD)
def sessions(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """The sessions ahead and behind, and the form to offer one."""
    if request.method != "POST":
        return _page(request, {})
    try:
        found = offered(request.POST.dict(), today=reader_of(request).today)
    except OccasionUnclear as unclear:
        return _page(request, said_problems(unclear))
    key = booking.offer(together=request.together, offered=found, by=request.member.account, at=clock.now())
    messages.success(request, _("Offered. Members see it on their page and book places there."))
    return redirect("faculty:session", collaborative, key)


def _page(request: FacultyRequest, problems: dict[str, str]) -> HttpResponse:
    lines = [session_line(one, reader_of(request)) for one in reading.sessions(request.together.id)]
    typed = request.POST
    content = {
        "together": request.together,
        "ahead": [line for line in reversed(lines) if not line.past],
        "past": [line for line in lines if line.past],
        "typed": typed,
        "problems": problems,
        "kinds": choices(kinds(), typed.get("kind", "training")),
        "ways": choices(ways(), typed.get("way", "online")),
    }
    return render(request, "faculty/sessions.html", content, status=422 if problems else 200)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def session(request: FacultyRequest, collaborative: str, session: str) -> HttpResponse:
    """One session: which members have places, and which wait, in their order."""
    one = reading.session(session, request.together.id)
    known = named(one.shares)
    content = {
        "together": request.together,
        "line": session_line(one, reader_of(request)),
        "shares": [(known[program].organization, share) for program, share in one.shares.items()],
    }
    return render(request, "faculty/session.html", content)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def cancel(request: FacultyRequest, collaborative: str, session: str) -> HttpResponse:
    """Call a session off."""
    booking.cancel(session=session, together=request.together, by=request.member.account, at=clock.now())
    messages.success(request, _("Called off. Members read it on their page."))
    return redirect("faculty:session", collaborative, session)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def calendar(request: FacultyRequest, collaborative: str, session: str) -> HttpResponse:
    """The session as a file for a calendar."""
    one = reading.session(session, request.together.id)
    return session_file(one, request.here.policy, clock.now())
