"""After the database was put back from a copy: each referral is looked at by somebody before it goes on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.ids import reference
from touchbase.outreach import restored
from touchbase.outreach.reach import is_hidden
from touchbase.referrals.lifecycle import State
from touchbase.referrals.rows import Plain
from touchbase.web.shared.access import MemberRequest, requires

_STATES = {
    State.RECEIVED: gettext_noop("Waited for a match"),
    State.MATCHED: gettext_noop("A peer was asked"),
    State.ACCEPTED: gettext_noop("A peer said yes"),
    State.INVITED: gettext_noop("A note went out"),
    State.TALKING: gettext_noop("They were talking"),
    State.RESTING: gettext_noop("Resting"),
    State.CLOSING: gettext_noop("Closed, and about to be erased"),
}


@require_safe
@requires(Permission.REFERRAL_SEE)
def waiting(request: MemberRequest, program: str) -> HttpResponse:
    """Everybody whose row came out of a copy."""
    found = restored.waiting(request.here, by=request.member, at=clock.now())
    lines = [(row.handle, reference(row.handle), _says(row, request)) for row in found]
    return render(request, "coordinator/restored.html", {"here": request.here, "lines": lines})


def _says(row: Plain, request: MemberRequest) -> str:
    return _("With a peer") if is_hidden(row, request.here.policy) else _(_STATES[row.state])


@require_POST
@requires(Permission.REFERRAL_MOVE)
def go_on(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """It is still so: the clock goes on from here."""
    if restored.go_on(handle=handle, by=request.member, at=clock.now()):
        messages.success(request, _("It goes on from here."))
    else:
        messages.success(request, _("Somebody has looked at it already."))
    return redirect("coordinator:restored", program)
