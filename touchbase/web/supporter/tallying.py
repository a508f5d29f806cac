"""A supporter's own tally, where a conversation is known to the two alone (ruling B7).

It is answered in the same request: no message waits in the session, and no address says that it was pressed.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from touchbase.accounts.permissions import Permission
from touchbase.kernel.errors import NotFound
from touchbase.outreach import tally
from touchbase.web.shared.access import MemberRequest, requires


@requires(Permission.CONVERSATION_TALLY)
def tallying(request: MemberRequest, program: str) -> HttpResponse:
    """One press: "I had a conversation". Counted, and nothing else is kept of it."""
    here = request.here
    if not tally.is_kept(here.policy):
        raise NotFound(_("There is nothing at this address."))
    counted = request.method == "POST"
    if counted:
        tally.count_one(here=here, mode=request.POST.get("mode", ""), minutes=request.POST.get("minutes", ""))
    content = {"here": here, "member": request.member, "policy": here.policy, "counted": counted}
    return render(request, "supporter/tally.html", content)
