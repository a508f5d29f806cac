"""What a supporter may need beside the conversation: the safety steps and the legal page (ux.md T11, T12)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.outreach import leaving, queries, safety
from touchbase.outreach import onward as onward_help
from touchbase.programs import statements
from touchbase.referrals.queries import Working
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.urgent import emergency_number, urgent_numbers

_MOST = 2  # numbers beside the emergency number: three on the page at most


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CONVERSATION_HOLD)
def safety_steps(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """The press tells the desk and leads to the steps; looking at them again changes nothing."""
    at = clock.now()
    if request.method == "POST":
        safety.open_steps(handle=handle, by=request.member, at=at)
        return redirect("supporter:safety", program, handle)
    held = queries.for_supporter(handle, by=request.member, at=at)
    policy = held.policy
    content = {
        "emergency": emergency_number(policy),
        "numbers": urgent_numbers(policy)[:_MOST],
        "desk": request.here.policy.coordinator,
        "told": held.course.safety,
    }
    return _page(request, "supporter/safety.html", held, content)


@require_safe
@requires(Permission.CONVERSATION_HOLD)
def legal(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """When a lawyer or an investigation is involved."""
    held = queries.for_supporter(handle, by=request.member, at=clock.now())
    policy = held.policy
    content = {"legal": policy.legal, "reporting": statements.reporting_sentence(policy)}
    return _page(request, "supporter/legal.html", held, content)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def onward(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """They told the peer whether other help arrived; it is pressed for them."""
    said = request.POST.get("onward", "")
    onward_help.by_supporter(handle=handle, by=request.member, said=said, at=clock.now())
    messages.success(request, _("Noted. It is counted by its kind, without them or you."))
    return redirect("supporter:ask", program, handle)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ASK_SEE)
def leave(request: MemberRequest, program: str) -> HttpResponse:
    """Ask once more, then hand everything back and end the role; or only hand everything back."""
    at = clock.now()
    if request.method != "POST":
        n = len(queries.asks(by=request.member, at=at))
        return render(
            request, "supporter/leave.html", {"here": request.here, "member": request.member, "n": n}
        )
    if request.POST.get("how") == "back":
        leaving.hand_everything_back(by=request.member, at=at)
        messages.success(request, _("All of it is handed back. We'll find other peers."))
        return redirect("supporter:today", program)
    leaving.leave(by=request.member, at=at)
    return redirect("account:home")


def _page(request: MemberRequest, template: str, held: Working, content: dict[str, object]) -> HttpResponse:
    return render(
        request, template, {"here": request.here, "member": request.member, "held": held, **content}
    )
