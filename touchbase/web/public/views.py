"""A program's open pages, written from its policy. Reading them changes nothing and sets no cookie."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchbase.accounts.queries import has_backup
from touchbase.kernel import clock
from touchbase.ops import window
from touchbase.programs import statements
from touchbase.web.public import sentences
from touchbase.web.public.brand_css import stylesheet
from touchbase.web.public.compromises import compromises
from touchbase.web.public.directory import choice_for
from touchbase.web.shared.access import ProgramRequest, public
from touchbase.web.shared.form import form_for
from touchbase.web.shared.urgent import emergency_number, urgent_numbers

_DAY = 24 * 60 * 60


@require_safe
@public
def home(request: ProgramRequest, program: str) -> HttpResponse:
    """The program's page, the form on top. It isn't kept: each form has its own random number."""
    policy = request.here.policy
    page = {
        "policy": policy,
        "form": form_for(policy) if sentences.takes_requests(request.here) else None,
        "ways": sentences.ways_in(request.here, "self"),
        "goes_around": has_backup(request.here.id),
        "steps": (statements.clock_sentence(policy), statements.department_sentence(policy)),
        "how": statements.ways_sentence(policy),
        "rows": statements.who_knows_rows(policy),
        "exceptions": sentences.exceptions(policy),
        "questions": sentences.first_questions(policy),
        "numbers": urgent_numbers(policy),
        "choice": choice_for(request.here),
        "urgent_here": True,
    }
    return _page(request, "public/home.html", page, "no-store")


@require_safe
@public
def urgent(request: ProgramRequest, program: str) -> HttpResponse:
    """Numbers for somebody in danger. A browser keeps it, so that it opens without a network (ruling B21)."""
    policy = request.here.policy
    page = {
        "numbers": urgent_numbers(policy),
        "emergency": emergency_number(policy),
        "urgent_here": True,
    }
    return _page(request, "public/urgent.html", page, f"public, max-age={_DAY}")


@require_safe
@public
def promise(request: ProgramRequest, program: str) -> HttpResponse:
    """Who knows what, what is kept and for how long, and where the promise ends.

    Hours are named only while they can be measured and an operator stands for the rest (ruling A7).
    """
    policy = request.here.policy
    hours = window.now(clock.now()).hours
    page = {
        "policy": policy,
        "rows": statements.who_knows_rows(policy),
        "exceptions": sentences.exceptions(policy),
        "court": statements.court_statement(policy, window_hours=hours),
        "approval": statements.approval_line(policy),
        "hours": hours,
        "compromises": compromises(hours),
    }
    return _page(request, "public/promise.html", page)


@require_safe
@public
def questions(request: ProgramRequest, program: str) -> HttpResponse:
    """Fair questions, all of them."""
    policy = request.here.policy
    return _page(request, "public/questions.html", {"questions": sentences.all_questions(policy)})


@require_safe
@public
def resources(request: ProgramRequest, program: str) -> HttpResponse:
    """Help besides a peer, by tier: what somebody in a hurry needs first stands first."""
    policy = request.here.policy
    page = {"tiers": sentences.tiers(policy), "numbers": urgent_numbers(policy), "urgent_here": True}
    return _page(request, "public/resources.html", page)


@require_safe
@public
def brand(request: ProgramRequest, program: str) -> HttpResponse:
    """The program's one color, as a stylesheet of its own: nothing inline is needed for it (ruling B23)."""
    css = stylesheet(request.here.policy.program.brand_color)
    return HttpResponse(
        css, content_type="text/css; charset=utf-8", headers={"Cache-Control": f"max-age={_DAY}"}
    )


def _page(
    request: HttpRequest, template: str, context: Mapping[str, object], cache: str = "no-cache"
) -> HttpResponse:
    answer = render(request, template, context, status=HTTPStatus.OK)
    answer["Cache-Control"] = cache
    return answer
