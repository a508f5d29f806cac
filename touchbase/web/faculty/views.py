"""Where everybody stands: all members on one screen by name, and one member alone. No counts and no ranks."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import actions
from touchbase.collaborative.queries import MemberStanding, member_standing, members_of
from touchbase.collaborative.readiness import Item, missing
from touchbase.kernel import clock
from touchbase.web.shared import readiness
from touchbase.web.shared.access import FacultyRequest, requires
from touchbase.web.shared.readiness import Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One member as the screen of all shows it."""

    one: MemberStanding
    standing: tuple[Shown, ...]


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def home(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """Every member and how far it has come; or those alone where one thing isn't there yet."""
    everybody = members_of(request.together)
    wanted = next((item for item in Item if item == request.GET.get("without")), None)
    joined = [one for one in everybody if one.joined]
    rows = [one for one in joined if wanted is None or wanted in missing(one.standing)]
    content = {
        "together": request.together,
        "rows": [Row(one, readiness.shown(one.standing)) for one in rows],
        "invited": [one for one in everybody if not one.joined],
        "anybody": bool(joined),
        "items": readiness.items(),
        "owners": readiness.owners(),
        "wanted": wanted,
    }
    return render(request, "faculty/home.html", content)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def member(request: FacultyRequest, collaborative: str, member: str) -> HttpResponse:
    """One member: the same facts, with what each of them means. Its own desk enters them."""
    one = member_standing(request.together, member)
    content = {"together": request.together, "one": one, "standing": readiness.shown(one.standing)}
    return render(request, "faculty/member.html", content)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def end(request: FacultyRequest, collaborative: str, member: str) -> HttpResponse:
    """Take an invitation back, or end a membership."""
    actions.end(together=request.together, program=member, by=request.member, at=clock.now())
    messages.success(request, _("Done. This program isn't in the list any more."))
    return redirect("faculty:home", collaborative)
