"""Support for supporters: a talk with a lead peer, a rest, and being somebody who asks, too."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.outreach import caring as asking
from touchbase.programs.hours import local_day
from touchbase.supporters import actions as supporters
from touchbase.supporters import care as caring
from touchbase.supporters.queries import profile
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.contact import spelled
from touchbase.web.shared.urgent import urgent_numbers


@require_safe
@requires(Permission.CARE_ASK)
def care(request: MemberRequest, program: str) -> HttpResponse:
    """What is there for the one who helps. For a lead peer also: who would like to talk."""
    here, member = request.here, request.member.supporter
    everybody = {one.membership: one for one in caring.peers(here.id)}
    me = everybody.get(member)
    if me is None:
        raise NotFound(_("You are not a supporter in this program."))
    others = [one for one in everybody.values() if one.membership != member]
    who = profile(member, local_day(clock.now(), here.policy))
    content = {
        "here": here,
        "me": me,
        "resting": who.resting,
        "leads": [one for one in others if one.leads],
        "asking": [(one, spelled(one.phone) if one.phone else "") for one in others if one.asks]
        if me.leads
        else [],
        "takes": here.state == "open" and here.policy.offers("self"),
        "numbers": urgent_numbers(here.policy),
    }
    return render(request, "supporter/care.html", content)


@require_POST
@requires(Permission.CARE_ASK)
def ask(request: MemberRequest, program: str) -> HttpResponse:
    """I'd like to talk; or, pressed again, it isn't needed any more."""
    here, member = request.here, request.member.supporter
    if request.POST.get("back"):
        caring.settle(membership=member, program_id=here.id)
        messages.success(request, _("Taken back, and forgotten."))
    else:
        asking.ask(program_id=here.id, membership=member, at=clock.now())
        messages.success(request, _("Asked. Somebody gets in touch with you."))
    return redirect("supporter:care", program)


@require_POST
@requires(Permission.CARE_ASK)
def rest(request: MemberRequest, program: str) -> HttpResponse:
    """Rest for two weeks after a heavy one, or come back: one press each."""
    change = supporters.back if request.POST.get("back") else supporters.rest
    change(membership=request.member.supporter, today=local_day(clock.now(), request.here.policy))
    return redirect("supporter:care", program)


@require_POST
@requires(Permission.CARE_ASK)
def settle(request: MemberRequest, program: str) -> HttpResponse:
    """A lead peer has talked with somebody: it is forgotten that they asked."""
    if not caring.peer(request.member.supporter).leads:
        raise NotFound(_("There is nothing at this address."))
    caring.settle(membership=request.POST.get("membership", ""), program_id=request.here.id)
    messages.success(request, _("Thank you. It is forgotten that they asked."))
    return redirect("supporter:care", program)
