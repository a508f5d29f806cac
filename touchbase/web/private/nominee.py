"""Somebody who was named as a supporter: tell me more, or not for me. Reading changes nothing."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs.policy import Policy
from touchbase.programs.queries import CurrentProgram, program_by_id
from touchbase.supporters import nominating, nominations
from touchbase.supporters.details import DetailsUnclear
from touchbase.supporters.nominations import Nominee
from touchbase.web.shared.access import private_link
from touchbase.web.shared.entrance import Said, sign_in_address
from touchbase.web.shared.language import speak
from touchbase.web.shared.role import rules_of

COOKIE = "nominee"
COOKIE_SECONDS = 20 * 60  # as for every private link (ruling C3)


@require_safe
@private_link
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the message: keep it for twenty minutes apart from the address, and show the page."""
    if _opened(token, clock.now()) is None:
        return _ended(request)
    answer = HttpResponseRedirect(reverse("nominee:note"))
    answer.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path=reverse("nominee:note"),
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return answer


@require_safe
@private_link
def note(request: HttpRequest) -> HttpResponse:
    """The question, and the two answers."""
    one = _mine(request)
    if one is None:
        return _ended(request)
    here = program_by_id(one.program)
    speak(here.policy)
    return render(request, "private/nominee.html", {"one": one, "policy": here.policy})


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def more(request: HttpRequest) -> HttpResponse:
    """The rules of the role, and agreeing to them."""
    one = _mine(request)
    if one is None:
        return _ended(request)
    here = program_by_id(one.program)
    if request.method == "POST":
        return _agree(request, one, here)
    return _rules(request, one, here.policy)


@require_POST
@private_link
def not_for_me(request: HttpRequest) -> HttpResponse:
    """They don't want to: their name is gone at once."""
    one = _mine(request)
    if one is None:
        return _ended(request)
    nominating.not_for_me(nomination=one.id)
    policy = program_by_id(one.program).policy
    speak(policy)
    answer = render(request, "private/nominee_left.html", {"policy": policy})
    answer.delete_cookie(COOKIE, path=reverse("nominee:note"))
    return answer


def _agree(request: HttpRequest, one: Nominee, here: CurrentProgram) -> HttpResponse:
    name, profession = request.POST.get("name", ""), request.POST.get("profession", "")
    problems = {} if request.POST.get("agree") == "yes" else {"agree": _("Tick this if you agree.")}
    try:
        if not problems:
            nominating.agree(nomination=one.id, name=name, profession=profession, at=clock.now())
    except DetailsUnclear as unclear:
        problems[unclear.field] = unclear.message
    except NotFound:
        return _ended(request)
    except DomainError as refusal:
        problems["name"] = refusal.message
    if problems:
        return _rules(request, one, here.policy, problems)
    back = reverse("supporter:training", args=[here.slug])
    answer = HttpResponseRedirect(sign_in_address(back=back, said=Said.JOINED))
    answer.delete_cookie(COOKIE, path=reverse("nominee:note"))
    return answer


def _rules(
    request: HttpRequest, one: Nominee, policy: Policy, problems: dict[str, str] | None = None
) -> HttpResponse:
    speak(policy)
    page = {
        "one": one,
        "policy": policy,
        "rules": rules_of(policy),
        "name": request.POST.get("name", one.name)[:200],
        "profession": request.POST.get("profession", ""),
        "agreed": request.POST.get("agree") == "yes",
        "problems": problems or {},
    }
    return render(request, "private/nominee_more.html", page, status=422 if problems else 200)


def _mine(request: HttpRequest) -> Nominee | None:
    token = request.COOKIES.get(COOKIE, "")
    return _opened(token, clock.now()) if token else None


def _opened(token: str, at: datetime) -> Nominee | None:
    try:
        return nominations.behind(token, at.date())
    except NotFound:
        return None


def _ended(request: HttpRequest) -> HttpResponse:
    answer = render(request, "private/nominee_ended.html", status=404)
    answer.delete_cookie(COOKIE, path=reverse("nominee:note"))
    return answer
