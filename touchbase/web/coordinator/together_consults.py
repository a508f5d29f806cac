"""A member's desk asks faculty to call: a topic and a part of the week, both picked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import consulting
from touchbase.collaborative.consults import of_member
from touchbase.collaborative.gatherings import asking
from touchbase.collaborative.queries import Membership
from touchbase.kernel import clock
from touchbase.kernel.occasion import OccasionUnclear
from touchbase.web.coordinator.together import membership_here
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.learning import parts_of_day, parts_of_week, topics
from touchbase.web.shared.planning import choices, said_problems


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_SHARE)
def consults(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """What the desk would like to be called about, and the form to ask."""
    membership = membership_here(request, collaborative)
    if request.method != "POST":
        return _page(request, membership, {})
    try:
        wanted = asking(request.POST.dict())
    except OccasionUnclear as unclear:
        return _page(request, membership, said_problems(unclear))
    consulting.ask(membership=membership, asking=wanted, by=request.member.account, at=clock.now())
    messages.success(request, _("Asked. Faculty see it now, and one of them calls."))
    return redirect("coordinator:together_consults", program, collaborative)


def _page(request: MemberRequest, membership: Membership, problems: dict[str, str]) -> HttpResponse:
    desk, typed = request.here.policy.coordinator, request.POST
    content = {
        "membership": membership,
        "asked": [
            (one, topics()[one.topic], f"{parts_of_week()[one.days]}, {parts_of_day()[one.hours]}")
            for one in of_member(membership.id)
        ],
        "desk": desk,
        "problems": problems,
        "topics": choices(topics(), typed.get("topic", "")),
        "days": choices(parts_of_week(), typed.get("days", "any")),
        "hours": choices(parts_of_day(), typed.get("hours", "any")),
    }
    return render(request, "coordinator/together_consults.html", content, status=422 if problems else 200)


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def withdraw(request: MemberRequest, program: str, collaborative: str, consult: str) -> HttpResponse:
    """Need no call any more."""
    consulting.withdraw(consult=consult, membership=membership_here(request, collaborative))
    messages.success(request, _("Withdrawn. Nothing of it is kept."))
    return redirect("coordinator:together_consults", program, collaborative)
