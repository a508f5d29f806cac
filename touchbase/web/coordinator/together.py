"""A program's part in a collaborative, at its desk: how far it has come, and the ways to what is shared."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative.queries import Membership, membership_at, memberships_of
from touchbase.kernel.errors import NotFound
from touchbase.web.shared.access import MemberRequest, requires

# What a member shares with the others, below its page of the collaborative: part of the address, and label.
PARTS: tuple[tuple[str, Promise], ...] = ()


def membership_here(request: MemberRequest, collaborative: str) -> Membership:
    """What the program of the page is in a collaborative. Raises `NotFound` unless it takes part."""
    membership = membership_at(request.here.id, collaborative)
    if not membership.joined:
        raise NotFound(_("There is nothing at this address."))
    return membership


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def front(request: MemberRequest, program: str) -> HttpResponse:
    """Each collaborative the program is in; where it is one alone, that one."""
    found = memberships_of(request.here.id)
    if len(found) == 1 and found[0].joined:
        return redirect("coordinator:together_member", program, found[0].together.slug)
    return render(request, "coordinator/together.html", {"here": request.here, "found": found})


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def member(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """How far the program has come, and the ways to what is shared."""
    membership = membership_here(request, collaborative)
    content = {"here": request.here, "membership": membership, "parts": PARTS}
    return render(request, "coordinator/together_member.html", content)
