"""A supporter reaches out to somebody by themself (ruling D12)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.outreach import entering
from touchbase.referrals.intake import NotClear, NotEligible, once_from, referring_from
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.form import Form, answers_from, form_for, language_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CONVERSATION_HOLD)
def new(request: MemberRequest, program: str) -> HttpResponse:
    """The form, and then the person's page with the note ready."""
    here = request.here
    if not entering.registers_what_peers_begin(here):
        return _page(request, "supporter/not_registered.html", {})
    if request.method != "POST":
        return _show(request, form_for(here.policy))
    sent = answers_from(request.POST)
    try:
        asking = referring_from(sent, policy=here.policy, language=language_of(here.policy))
    except NotClear as problem:
        return _show(request, form_for(here.policy, sent, problem.each), HTTPStatus.UNPROCESSABLE_ENTITY)
    except NotEligible:
        return _page(request, "supporter/not_eligible.html", {})
    once = once_from(sent.text("once"))
    handle = entering.start(here=here, asking=asking, once=once, by=request.member, at=clock.now())
    messages.success(request, _("It is yours. Your note is ready."))
    return redirect("supporter:ask", program, handle)


def _show(request: MemberRequest, form: Form, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return _page(request, "supporter/new.html", {"form": form}, status)


def _page(
    request: MemberRequest, template: str, content: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    content = {"here": request.here, "member": request.member, **content}
    return render(request, template, content, status=status)
