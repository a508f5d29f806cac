"""A supporter's own profile, with what others will see of it beside it, and whom they keep apart from."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchbase.accounts.permissions import Permission
from touchbase.supporters import actions as supporters
from touchbase.supporters import queries
from touchbase.supporters.apart import ApartFull
from touchbase.supporters.details import OWN_WORDS_LENGTH, Details, DetailsUnclear, checked, unclear_in
from touchbase.supporters.directory import preview
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.peer_card import card_for
from touchbase.web.supporter.profile_form import as_kept, form_for, sent


@requires(Permission.PROFILE_CHANGE)
def edit(request: MemberRequest, program: str) -> HttpResponse:
    """Change it, or look at how it would be shown: looking keeps nothing."""
    if request.method != "POST":
        return _page(request)
    policy = request.here.policy
    said = sent(request.POST, policy)
    problems = unclear_in(said, policy)
    if not request.POST.get("preview") and not problems:
        try:
            supporters.update_profile(membership=request.member.supporter, **said)
        except DetailsUnclear as unclear:
            problems = {unclear.field: unclear.message}
        else:
            messages.success(request, _("Saved."))
            return redirect("supporter:profile", program)
    return _page(request, said, problems, looking=bool(request.POST.get("preview")))


@require_POST
@requires(Permission.PROFILE_CHANGE)
def apart(request: MemberRequest, program: str) -> HttpResponse:
    """Add somebody to keep apart from, take them off by typing them again, or empty the list."""
    member, contact = request.member.supporter, request.POST.get("contact", "").strip()
    try:
        if request.POST.get("empty"):
            supporters.keep_apart_no_more(membership=member)
        elif request.POST.get("off"):
            supporters.keep_apart_no_more(membership=member, contact=contact or " ")
        else:
            supporters.keep_apart(membership=member, contact=contact)
    except (DetailsUnclear, ApartFull) as unclear:
        return _page(request, apart_problem=unclear.message)
    messages.success(request, _("Saved. Nobody can read whom it is about."))
    return redirect("supporter:profile", program)


def _page(
    request: MemberRequest,
    said: Details | None = None,
    problems: dict[str, str] | None = None,
    *,
    looking: bool = False,
    apart_problem: str = "",
) -> HttpResponse:
    policy, who = request.here.policy, queries.profile(request.member.supporter)
    said, problems = said if said is not None else as_kept(who), problems or {}
    fit = {name: value for name, value in said.items() if name not in problems}
    shown = preview(who, checked(fit, policy), policy)  # type: ignore[arg-type]
    content = {
        "here": request.here,
        "member": request.member,
        "profile": who,
        "form": form_for(policy, said, {} if looking else problems),
        "card": card_for(shown, policy),
        "alone": bool(shown.contact),
        "longest": OWN_WORDS_LENGTH,
        "apart_problem": apart_problem,
    }
    wrong = apart_problem or (problems and not looking)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "supporter/profile.html", content, status=status)
