"""Which members would like to be called, and who of the faculty calls."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.accounts.roles import Role
from touchbase.collaborative import consulting
from touchbase.collaborative.consults import Asked, waiting
from touchbase.kernel import clock
from touchbase.programs.policy import Policy
from touchbase.programs.queries import all_programs
from touchbase.web.shared.access import FacultyRequest, requires
from touchbase.web.shared.learning import parts_of_day, parts_of_week, topics


@dataclass(frozen=True, slots=True)
class Line:
    """A member that would like to be called, as the page shows it. The number is the role's, of its rules."""

    one: Asked
    organization: str
    topic: str
    when: str
    title: str
    phone: str
    mine: bool


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def consults(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """Who waits for a call, those first who asked first."""
    policies = {one.id: one.policy for one in all_programs()}
    lines = [_line(one, policies[one.program], _caller(request)) for one in waiting(request.together.id)]
    content = {
        "together": request.together,
        "mine": [line for line in lines if line.mine],
        "free": [line for line in lines if not line.one.by],
        "taken": [line for line in lines if line.one.by and not line.mine],
    }
    return render(request, "faculty/consults.html", content)


def _line(one: Asked, policy: Policy, caller: str) -> Line:
    desk = policy.coordinator
    when = f"{parts_of_week()[one.days]}, {parts_of_day()[one.hours]} ({policy.program.time_zone})"
    return Line(
        one=one,
        organization=policy.program.organization,
        topic=topics()[one.topic],
        when=when,
        title=desk.title,
        phone=desk.phone,
        mine=one.caller == caller,
    )


def _caller(request: FacultyRequest) -> str:
    return request.member.ids[Role.FACULTY]


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def take(request: FacultyRequest, collaborative: str, consult: str) -> HttpResponse:
    """Be the one who calls."""
    consulting.take(consult=consult, together=request.together, caller=_caller(request))
    messages.success(request, _("You call them. They read it on their page."))
    return redirect("faculty:consults", collaborative)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def put_back(request: FacultyRequest, collaborative: str, consult: str) -> HttpResponse:
    """Let somebody else call."""
    consulting.put_back(consult=consult, together=request.together, caller=_caller(request))
    messages.success(request, _("Put back. It waits for somebody else of you."))
    return redirect("faculty:consults", collaborative)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def done(request: FacultyRequest, collaborative: str, consult: str) -> HttpResponse:
    """They talked."""
    consulting.done(
        consult=consult,
        together=request.together,
        caller=_caller(request),
        by=request.member.account,
        at=clock.now(),
    )
    messages.success(request, _("Done. Nothing of it is kept."))
    return redirect("faculty:consults", collaborative)
