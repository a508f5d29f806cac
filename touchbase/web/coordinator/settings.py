"""Settings: the policy file in words, two presses, and the file itself. Nothing is edited here (B28)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.outreach.promised import open_under_older
from touchbase.programs import actions, queries
from touchbase.programs.hours import local_day
from touchbase.web.coordinator import policy_page
from touchbase.web.coordinator.policy_values import day
from touchbase.web.shared.access import MemberRequest, requires


@require_safe
@requires(Permission.SETTINGS_SEE)
def settings(request: MemberRequest, program: str) -> HttpResponse:
    """What the program's file says, which version it is, and who still goes by an older one."""
    here, at = request.here, clock.now()
    today, file = local_day(at, here.policy), queries.file_of(here)
    page = {
        "here": here,
        "file": file,
        "applied": day(file.applied_day),
        "older": open_under_older(here, by=request.member, at=at).items(),
        "parts": policy_page.parts(here.policy, today),
        "urgent": policy_page.urgent(here.policy, today),
        "statement": policy_page.statement(here.policy),
        "may_approve": request.member.may(Permission.STATEMENT_APPROVE),
    }
    return render(request, "coordinator/settings.html", page)


@require_safe
@requires(Permission.SETTINGS_SEE)
def file(request: MemberRequest, program: str) -> HttpResponse:
    """The file that holds now, byte for byte, to keep or to change and apply again."""
    kept = queries.file_of(request.here)
    return HttpResponse(
        kept.text.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{kept.name}"'},
    )


@require_POST
@requires(Permission.NUMBER_CHECK)
def called(request: MemberRequest, program: str) -> HttpResponse:
    """Somebody called an urgent number just now, and it answered."""
    number = request.POST.get("number", "")
    actions.note_called(program_id=request.here.id, number=number, by=request.member.account, at=clock.now())
    messages.success(request, _("Noted: called today, and it answered."))
    return redirect("coordinator:settings", program)


@require_POST
@requires(Permission.STATEMENT_APPROVE)
def approved(request: MemberRequest, program: str) -> HttpResponse:
    """Whoever the file names looked at the court statement today, and it holds."""
    actions.approve_statement(program_id=request.here.id, by=request.member.account, at=clock.now())
    messages.success(request, _("Noted: approved as it stands, today."))
    return redirect("coordinator:settings", program)
