"""A program's part in a collaborative, at its desk: how far it has come, and the ways to what is shared."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import progressing
from touchbase.collaborative.progressing import Said, StandingUnclear
from touchbase.collaborative.queries import Membership, membership_at, memberships_of, standing_of
from touchbase.collaborative.readiness import Item, may_launch
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.web.coordinator.ready_form import ready_form
from touchbase.web.shared import readiness
from touchbase.web.shared.access import MemberRequest, requires

# What a member shares with the others, below its page of the collaborative: part of the address, and label.
PARTS: tuple[tuple[str, Promise], ...] = (
    ("model/", gettext_lazy("Model program")),
    ("numbers/", gettext_lazy("Numbers together")),
    ("numbers/", gettext_lazy("Numbers together")),
)


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
    return _page(request, membership_here(request, collaborative))


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def ready(request: MemberRequest, program: str, collaborative: str, item: str) -> HttpResponse:
    """What the desk says of one item, in place of what it said before."""
    membership = membership_here(request, collaborative)
    chosen = next((one for one in Item if one == item), None)
    if chosen is None:
        raise NotFound(_("There is nothing at this address."))
    try:
        said = _said(chosen, request.POST.dict())
        progressing.note(membership=membership, said=said, by=request.member, at=clock.now())
    except StandingUnclear as unclear:
        return _page(request, membership, chosen, unclear.fields)
    messages.success(request, _("Saved. Enter it again to change it."))
    return redirect("coordinator:together_member", program, collaborative)


def _said(item: Item, typed: Mapping[str, str]) -> Said:
    day = typed.get(f"{item}-evident", "").strip()
    try:
        evident = date.fromisoformat(day) if day else None
    except ValueError:
        raise StandingUnclear(("evident",)) from None
    return Said(item, typed.get(f"{item}-owner", ""), typed.get(f"{item}-next", ""), evident)


def _page(
    request: MemberRequest, membership: Membership, item: Item | None = None, unclear: tuple[str, ...] = ()
) -> HttpResponse:
    standing = standing_of(membership.id)
    shown = dict(zip(standing, readiness.shown(standing), strict=True))
    content = {
        "here": request.here,
        "membership": membership,
        "parts": PARTS,
        "items": [
            ready_form(one, words, _problems(unclear) if one.item is item else {})
            for one, words in shown.items()
        ],
        "problems": {f"{item}-{name}": words for name, words in _problems(unclear).items()},
        "may_open": request.here.state == "draft" and may_launch(standing),
    }
    status = 422 if unclear else 200
    return render(request, "coordinator/together_member.html", content, status=status)


def _problems(unclear: tuple[str, ...]) -> dict[str, str]:
    words = {
        "owner": _("Choose one of the list."),
        "next": _("Choose one of the list."),
        "evident": _(
            "Choose today or an earlier day, of what is so by now. The form's own day comes with it."
        ),
    }
    return {name: words[name] for name in unclear}
