"""Supporters who would like to talk, and whom they may talk to. Nothing is counted, and nobody is ranked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.supporters import care as caring
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.contact import spelled


@require_safe
@requires(Permission.CARE_GIVE)
def care(request: MemberRequest, program: str) -> HttpResponse:
    """Who would like to talk now, and who the lead peers are."""
    found = caring.peers(request.here.id)
    asking = [(one, spelled(one.phone) if one.phone else "") for one in found if one.asks]
    page = {
        "here": request.here,
        "sentence": _sentence(len(asking)),
        "asking": asking,
        "leads": [one for one in found if one.leads],
        "others": [one for one in found if not one.leads],
    }
    return render(request, "coordinator/care.html", page)


@require_POST
@requires(Permission.CARE_GIVE)
def settle(request: MemberRequest, program: str) -> HttpResponse:
    """Somebody has talked with them: it is forgotten that they asked."""
    caring.settle(membership=request.POST.get("membership", ""), program_id=request.here.id)
    messages.success(request, _("Thank you. It is forgotten that they asked."))
    return redirect("coordinator:care", program)


@require_POST
@requires(Permission.CARE_GIVE)
def lead(request: MemberRequest, program: str) -> HttpResponse:
    """Make somebody a lead peer, or no longer."""
    leads = request.POST.get("leads") == "yes"
    caring.choose_lead(membership=request.POST.get("membership", ""), program_id=request.here.id, leads=leads)
    messages.success(request, _("Now a lead peer.") if leads else _("No longer a lead peer."))
    return redirect("coordinator:care", program)


def _sentence(asking: int) -> str:
    if not asking:
        return _("Nobody asked to talk.")
    return ngettext("One supporter would like to talk.", "%(n)s supporters would like to talk.", asking) % {
        "n": asking
    }
