"""A program's policy beside the model of its collaborative: what differs, and a file with what it takes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import offering
from touchbase.collaborative.model_program import merged
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.programs import queries
from touchbase.web.coordinator import model_rows
from touchbase.web.coordinator.together import membership_here
from touchbase.web.shared.access import MemberRequest, requires


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def model(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """Each rule that isn't the same in the program's file and in the newest model."""
    membership = membership_here(request, collaborative)
    version = offering.newest(membership.together)
    found = offering.compare(membership, version) if version else ()
    content = {
        "here": request.here,
        "together": membership.together,
        "version": version,
        "settled": membership.settled,
        "n": len(found),
        "groups": model_rows.groups(found, begun=bool(membership.settled)),
    }
    return render(request, "coordinator/model.html", content)


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def file(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """The program's own file with what was picked; nothing holds before it is applied (ruling B28)."""
    membership = membership_here(request, collaborative)
    version = offering.newest(membership.together)
    if version is None:
        raise NotFound(_("There is nothing at this address."))
    ours = queries.file_of(request.here)
    text = merged(ours.text, offering.compare(membership, version), request.GET.getlist("take"))
    return HttpResponse(
        text.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{ours.name}"'},
    )


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def settle(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """The program is done with this version, whatever it took of it."""
    number = request.POST.get("version", "")
    offering.settle(
        membership=membership_here(request, collaborative),
        version=int(number) if number.isdecimal() and len(number) < 6 else 0,
        by=request.member.account,
        at=clock.now(),
    )
    messages.success(request, _("Noted: you compared your policy with this version."))
    return redirect("coordinator:model", program, collaborative)
