"""Who leads the collaborative: see, invite and end."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.accounts import queries
from touchbase.accounts.permissions import Permission
from touchbase.collaborative import faculty as leading
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError
from touchbase.notifications.inviting import link_to_hand_over
from touchbase.notifications.queries import can_send
from touchbase.web.shared.access import FacultyRequest, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_LEAD)
def faculty(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """Everybody who leads, whoever is invited to, and the form that invites."""
    if request.method != "POST":
        return _page(request)
    email = request.POST.get("email", "").strip()
    try:
        key = leading.invite(by=request.member, email=email, at=clock.now())
    except DomainError as refusal:
        return _page(request, email=email[:254], problems={"email": refusal.message})
    if can_send():
        messages.success(request, _("Invited. The mail goes out by day, and its link works for a week."))
        return redirect("faculty:faculty", collaborative)
    return _page(request, link=link_to_hand_over(key, clock.now().date()))


def _page(
    request: FacultyRequest, *, email: str = "", problems: dict[str, str] | None = None, link: str = ""
) -> HttpResponse:
    content = {
        "together": request.together,
        "people": leading.faculty_of(request.here.id, clock.now()),
        "invited": leading.invited_to(request.here.id, clock.now()),
        "email": email,
        "problems": problems or {},
        "link": link,
    }
    return render(request, "faculty/faculty.html", content, status=422 if problems else 200)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def withdraw(request: FacultyRequest, collaborative: str, invitation: str) -> HttpResponse:
    """Take an invitation back. Nobody is told."""
    leading.withdraw(invitation=invitation, by=request.member, at=clock.now())
    messages.success(request, _("Taken back. The link is dead, and nobody is told."))
    return redirect("faculty:faculty", collaborative)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def end(request: FacultyRequest, collaborative: str, person: str) -> HttpResponse:
    """Let somebody lead no more; it may be oneself."""
    leading.end(membership=person, by=request.member, at=clock.now())
    if person in request.member.ids.values():
        if not queries.has_any_role(request.member.account):
            logout(request)
        return redirect("account:home")
    messages.success(request, _("Ended. They can't open it any more."))
    return redirect("faculty:faculty", collaborative)
