"""Saying yes or not now to a collaborative, leaving it, and opening the form: one press each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import actions, progressing
from touchbase.collaborative.queries import membership_at
from touchbase.kernel import clock
from touchbase.web.coordinator.together import membership_here
from touchbase.web.shared.access import MemberRequest, requires


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def join(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """Take part."""
    membership = membership_at(request.here.id, collaborative)
    actions.join(membership=membership, by=request.member, at=clock.now())
    messages.success(request, _("You take part now. You can leave at any time."))
    return redirect("coordinator:together_member", program, collaborative)


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def set_aside(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """Not now."""
    membership = membership_at(request.here.id, collaborative)
    actions.set_aside(membership=membership, by=request.member, at=clock.now())
    messages.success(request, _("That's fine. They can ask again another time."))
    return redirect("coordinator:together", program)


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def leave(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """Take part no more."""
    actions.leave(membership=membership_here(request, collaborative), by=request.member, at=clock.now())
    messages.success(request, _("You left. What you had entered there is gone."))
    return redirect("coordinator:together", program)


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def launch(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """Open the program's form."""
    membership = membership_here(request, collaborative)
    progressing.launch(membership=membership, by=request.member, at=clock.now())
    messages.success(request, _("Your form is open. Look at it once as a person who asks would."))
    return redirect("coordinator:together_member", program, collaborative)
