"""What the desk mends: a contact that failed, one person entered twice, somebody who belongs elsewhere."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.ids import reference
from touchbase.outreach import contacts, duplicates, ending, queries
from touchbase.referrals.intake import NotClear, contact_only_from
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.form import Form, answers_from, form_for


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REFERRAL_MOVE)
def contact(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Replace the number or address of somebody who waits."""
    policy, at = request.here.policy, clock.now()
    held = contacts.waiting_at_desk(handle, by=request.member, at=at)
    if request.method != "POST":
        return _form(request, handle, form_for(held.policy))
    sent = answers_from(request.POST)
    try:
        channel, address = contact_only_from(sent, policy=policy)
    except NotClear as problem:
        shown = form_for(policy, sent, problem.each)
        return _form(request, handle, shown, HTTPStatus.UNPROCESSABLE_ENTITY)
    contacts.replace_contact(handle=handle, channel=channel, address=address, by=request.member, at=at)
    messages.success(request, _("Replaced. The old one is gone. Choose a peer."))
    return redirect("coordinator:referral", program, handle)


def _form(
    request: MemberRequest, handle: str, form: Form, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    content = {"form": form, "handle": handle, "ref": reference(handle)}
    return _page(request, "coordinator/contact.html", content, status)


@require_POST
@requires(Permission.REFERRAL_MOVE)
def join(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """They are one person: the newer request ends, the older stays."""
    other = request.POST.get("other", "")
    stays = duplicates.join(handle=handle, other=other, by=request.member, at=clock.now())
    messages.success(request, _("Joined. One request is left, and one note will go out."))
    return redirect("coordinator:referral", program, stays)


@require_POST
@requires(Permission.REFERRAL_MOVE)
def keep_apart(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """They are two people."""
    other = request.POST.get("other", "")
    duplicates.keep_apart(handle=handle, other=other, by=request.member, at=clock.now())
    messages.success(request, _("Kept as two people."))
    return redirect("coordinator:referral", program, handle)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REFERRAL_MOVE)
def redirect_elsewhere(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Another program or place is the right one: say what their page will say, then do it."""
    if request.method != "POST":
        held = queries.for_desk(handle, by=request.member, at=clock.now())
        return _page(
            request,
            "coordinator/elsewhere.html",
            {"handle": handle, "policy": held.policy, "ref": reference(handle)},
        )
    ending.redirect(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("Sent elsewhere. You can undo it from the board for a short while."))
    return redirect("coordinator:board", program)


def _page(
    request: MemberRequest, template: str, content: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    content = {"here": request.here, "member": request.member, **content}
    return render(request, template, content, status=status)
