"""Events of the learning community at a member's desk: what is ahead, and how many of the team come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import events as reading
from touchbase.collaborative import gathering
from touchbase.collaborative.queries import Membership
from touchbase.kernel import clock
from touchbase.programs.queries import program_by_id
from touchbase.web.coordinator.together import membership_here
from touchbase.web.coordinator.together_sessions import number_typed, reader_of
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.learning import event_file, event_line, said_coming


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def events(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """What is ahead, and what the team said to each."""
    membership = membership_here(request, collaborative)
    reader = reader_of(request, membership)
    lines = [
        (event_line(one, reader), said_coming(one.replies.get(membership.program)))
        for one in reading.events(membership.together.id)
    ]
    content = {
        "membership": membership,
        "ahead": [pair for pair in reversed(lines) if not pair[0].past],
        "past": [pair for pair in lines if pair[0].past],
    }
    return render(request, "coordinator/together_events.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_SHARE)
def event(request: MemberRequest, program: str, collaborative: str, event: str) -> HttpResponse:
    """One event, and how many of the team come."""
    membership = membership_here(request, collaborative)
    if request.method == "POST":
        return _answer(request, membership, event)
    one = reading.event(event, membership.together.id)
    coming = one.replies.get(membership.program)
    content = {
        "membership": membership,
        "line": event_line(one, reader_of(request, membership)),
        "coming": coming,
        "said": said_coming(coming),
    }
    return render(request, "coordinator/together_event.html", content)


def _answer(request: MemberRequest, membership: Membership, event: str) -> HttpResponse:
    coming = number_typed(request, "coming")
    gathering.answer(event=event, membership=membership, coming=coming, at=clock.now())
    messages.success(request, _("Noted: {said}.").format(said=said_coming(coming)))
    return redirect("coordinator:together_event", request.here.slug, membership.together.slug, event)


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def calendar(request: MemberRequest, program: str, collaborative: str, event: str) -> HttpResponse:
    """The event as a file for a calendar."""
    membership = membership_here(request, collaborative)
    one = reading.event(event, membership.together.id)
    return event_file(one, program_by_id(membership.together.home).policy, clock.now())
