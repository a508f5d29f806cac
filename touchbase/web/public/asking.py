"""Asking for a peer: the form, the thank-you in the same answer, taking it back. No cookie, no account."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound, Unavailable
from touchbase.outreach import actions, answers, queries
from touchbase.programs.policy import Channel, Policy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals.clock import said
from touchbase.referrals.intake import Answers, Asking, NotClear, Unclear, asking_from, once_from
from touchbase.web.public import cap
from touchbase.web.public.chosen import Choice, choice_of
from touchbase.web.public.form import answers_from, form_for
from touchbase.web.public.sentences import takes_requests
from touchbase.web.shared.access import ProgramRequest, public


@require_http_methods(["GET", "HEAD", "POST"])
@public
def talk(request: ProgramRequest, program: str) -> HttpResponse:
    """The form alone; or, sent, the thank-you. What can't be used comes back as it was typed."""
    here = request.here
    if not takes_requests(here):
        return _page(request, "public/closed.html", {}, _conflict(request))
    choice = choice_of(request, here)
    if request.method != "POST":
        return _page(request, "public/talk.html", {"form": form_for(here.policy), **choice.shown})
    sent = answers_from(request.POST)
    try:
        asking = asking_from(sent, policy=here.policy, language=_language(here.policy))
    except NotClear as problem:
        return _again(request, here, sent, problem.each, choice)
    if choice.gone:  # nobody else is asked in place of somebody who was chosen, unless the person says so
        return _again(request, here, sent, (), choice)
    return _keep(request, here, sent, asking, choice)


def _again(
    request: HttpRequest, here: CurrentProgram, sent: Answers, problems: Iterable[Unclear], choice: Choice
) -> HttpResponse:
    page = {"form": form_for(here.policy, sent, problems), **choice.shown}
    return _page(request, "public/talk.html", page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _keep(
    request: HttpRequest, here: CurrentProgram, sent: Answers, asking: Asking, choice: Choice
) -> HttpResponse:
    at = clock.now()
    if cap.is_full(here.id, at):
        return _call_us(request, here, sent, choice, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        kept = actions.receive(
            here=here, asking=choice.into(asking), once=once_from(sent.text("once")), at=at
        )
    except (Unavailable, DatabaseError):
        return _call_us(request, here, sent, choice, HTTPStatus.SERVICE_UNAVAILABLE)
    cap.count(here.id, at)
    thanks = {
        "name": asking.name,
        "due": said(kept.due, here.policy.zone, at),
        # Who wants a call gets no link: a call leaves nothing to keep (ruling D1).
        "link": "" if asking.channel is Channel.CALL else kept.link,
        "token": kept.link.rstrip("/").rpartition("/")[2],
    }
    return _page(request, "public/thanks.html", thanks)


@require_POST
@public
def cancel(request: ProgramRequest, program: str) -> HttpResponse:
    """Take a request back from the thank-you page: one press, erased at once. Twice is as good as once."""
    at = clock.now()
    try:
        held = queries.private_view(request.POST.get("token", ""), at=at)
    except NotFound:
        return _page(request, "public/canceled.html", {})
    answers.withdraw(held=held, at=at)
    return _page(request, "public/canceled.html", {})


def _call_us(
    request: HttpRequest, here: CurrentProgram, sent: Answers, choice: Choice, status: HTTPStatus
) -> HttpResponse:
    """Nothing was kept: the form as it was sent, and the phone."""
    busy = status is HTTPStatus.TOO_MANY_REQUESTS
    page = {"form": form_for(here.policy, sent), "busy": busy, "not_kept": True, **choice.shown}
    return _page(request, "public/talk.html", page, status)


def _conflict(request: HttpRequest) -> HTTPStatus:
    return HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK


def _language(policy: Policy) -> str:
    """The language of the page that was filled in, where the program has it."""
    here = (get_language() or "").split("-")[0]
    return here if here in policy.program.languages else policy.program.languages[0]


def _page(
    request: HttpRequest, template: str, context: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    answer = render(request, template, context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
