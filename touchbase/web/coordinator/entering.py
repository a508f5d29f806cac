"""Somebody called, or wrote to the mailbox: the desk enters them (ruling D12)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.outreach import entering, queries
from touchbase.referrals.intake import NotClear, NotEligible, entering_from, once_from
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.form import Form, answers_from, form_for, language_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REFERRAL_ENTER)
def new(request: MemberRequest, program: str) -> HttpResponse:
    """The form, and then the referral, ready to be matched."""
    here = request.here
    if request.method != "POST":
        return _show(request, form_for(here.policy))
    sent = answers_from(request.POST)
    try:
        asking, source = entering_from(sent, policy=here.policy, language=language_of(here.policy))
    except NotClear as problem:
        return _show(request, form_for(here.policy, sent, problem.each), HTTPStatus.UNPROCESSABLE_ENTITY)
    except NotEligible:
        return _page(request, "coordinator/not_eligible.html", {})
    at = clock.now()
    handle = entering.enter(
        here=here,
        asking=asking,
        source=source,
        once=once_from(sent.text("once")),
        by=request.member,
        at=at,
        held=bool(sent.text("held")),
    )
    return _entered(request, program, handle)


def _entered(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    try:
        queries.for_desk(handle, by=request.member, at=clock.now())
    except NotFound:  # their own, so that somebody else at the desk looks after it (ruling D9)
        messages.success(request, _("Entered. Somebody else at the desk looks after it."))
        return redirect("coordinator:board", program)
    messages.success(request, _("Entered. Choose a peer."))
    return redirect("coordinator:referral", program, handle)


def _show(request: MemberRequest, form: Form, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return _page(request, "coordinator/new.html", {"form": form}, status)


def _page(
    request: MemberRequest, template: str, content: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    content = {"here": request.here, "member": request.member, **content}
    return render(request, template, content, status=status)
