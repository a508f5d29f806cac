"""Naming a colleague or oneself as a supporter: a name and an address. No cookie, no why (B35)."""

import secrets
from dataclasses import dataclass, field
from http import HTTPStatus

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from touchbase.kernel import clock
from touchbase.outreach import naming
from touchbase.programs.policy import Policy
from touchbase.supporters.naming import Named, NotClear, named
from touchbase.web.public import cap
from touchbase.web.shared.access import ProgramRequest, public
from touchbase.web.shared.role import Rule, rules_of

_ONCE_SECONDS = 60 * 60
NAMES = "names"  # what the hour's cap counts here


@dataclass(frozen=True, slots=True)
class Form:
    """The form as a page shows it. Printing it shows nothing of what was typed."""

    by_themself: bool
    once: str
    rules: tuple[Rule, ...]
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    problems: dict[str, str] = field(default_factory=dict)
    not_kept: bool = False
    busy: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@public
def nominate(request: ProgramRequest, program: str) -> HttpResponse:
    """Name a colleague who would be good at this."""
    return _page(request, by_themself=False)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def join(request: ProgramRequest, program: str) -> HttpResponse:
    """Name oneself."""
    return _page(request, by_themself=True)


def _page(request: ProgramRequest, *, by_themself: bool) -> HttpResponse:
    here = request.here
    if here.state != "open":
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return _shown(request, "public/naming_closed.html", {}, status)
    if request.method != "POST":
        return _form(request, _empty(here.policy, by_themself=by_themself))
    name, contact = request.POST.get("name", ""), request.POST.get("contact", "")
    try:
        said = named(name, contact, by_themself=by_themself)
    except NotClear as problem:
        each = {place: _(sentence) for place, sentence in problem.each.items()}
        return _form(request, _typed(request, each, by_themself=by_themself))
    return _keep(request, said)


def _keep(request: ProgramRequest, said: Named) -> HttpResponse:
    here, at = request.here, clock.now()
    once = request.POST.get("once", "")[:64]
    if cap.is_full(here.id, at, of=NAMES):
        form = _typed(request, {}, by_themself=said.by_themself, not_kept=True, busy=True)
        return _form(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    # Pressed twice, a name counts once. Only that this page was sent is remembered, in memory, for an hour.
    if not once or cache.add(f"named/{here.id}/{once}", 1, timeout=_ONCE_SECONDS):
        try:
            naming.name(program_id=here.id, named=said, at=at)
        except DatabaseError:
            form = _typed(request, {}, by_themself=said.by_themself, not_kept=True)
            return _form(request, form, HTTPStatus.SERVICE_UNAVAILABLE)
        cap.count(here.id, at, of=NAMES)
    return _shown(request, "public/named.html", {"by_themself": said.by_themself})


def _empty(policy: Policy, *, by_themself: bool) -> Form:
    return Form(by_themself, secrets.token_urlsafe(24), rules_of(policy))


def _typed(
    request: ProgramRequest,
    problems: dict[str, str],
    *,
    by_themself: bool,
    not_kept: bool = False,
    busy: bool = False,
) -> Form:
    return Form(
        by_themself=by_themself,
        once=secrets.token_urlsafe(24),
        rules=rules_of(request.here.policy),
        name=request.POST.get("name", "")[:200],
        contact=request.POST.get("contact", "")[:300],
        problems=problems,
        not_kept=not_kept,
        busy=busy,
    )


def _form(request: ProgramRequest, form: Form, status: HTTPStatus | None = None) -> HttpResponse:
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form.problems else HTTPStatus.OK
    return _shown(request, "public/naming.html", {"form": form}, status or wrong)


def _shown(
    request: ProgramRequest, template: str, content: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    answer = render(request, template, content, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
