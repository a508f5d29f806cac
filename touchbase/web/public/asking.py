"""Asking for a peer, for oneself or a colleague: form, thank-you, taking it back. No cookie, no account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.accounts.queries import has_backup
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound, Unavailable
from touchbase.outreach import actions, answers, queries
from touchbase.programs.policy import Channel
from touchbase.programs.queries import CurrentProgram
from touchbase.programs.statements import urgent_line
from touchbase.referrals.course import Source
from touchbase.referrals.intake import (
    Answers,
    Asking,
    NotClear,
    NotEligible,
    asking_from,
    once_from,
    referring_from,
)
from touchbase.web.public import cap
from touchbase.web.public.chosen import Choice, choice_of
from touchbase.web.public.sentences import takes_requests, ways_in
from touchbase.web.shared.access import ProgramRequest, public
from touchbase.web.shared.form import Form, answers_from, form_for, language_of
from touchbase.web.shared.mould import filled
from touchbase.web.shared.when import said


@require_http_methods(["GET", "HEAD", "POST"])
@public
def talk(request: ProgramRequest, program: str) -> HttpResponse:
    """The form alone; or, sent, the thank-you. What can't be used comes back as it was typed."""
    return _form(request, TALK)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def refer(request: ProgramRequest, program: str) -> HttpResponse:
    """The same for a colleague. Whoever asks gets a thank-you, no link, and nothing afterwards."""
    return _form(request, REFER)


@dataclass(frozen=True, slots=True)
class Way:
    """One open form: what it reads, what it shows."""

    source: Source
    page: str
    read: Callable[..., Asking]
    thanks: Callable[[HttpRequest, CurrentProgram, Asking, actions.Received], HttpResponse]


def _form(request: ProgramRequest, way: Way) -> HttpResponse:
    here = request.here
    if not takes_requests(here, way.source):
        return _page(request, "public/closed.html", _around(here, way), _conflict(request))
    choice = choice_of(request, here) if way.source is Source.SELF else Choice()
    if request.method != "POST":
        return _show(request, way, form_for(here.policy), choice)
    sent = answers_from(request.POST)
    try:
        asking = way.read(sent, policy=here.policy, language=language_of(here.policy))
    except NotClear as problem:
        shown = form_for(here.policy, sent, problem.each)
        return _show(request, way, shown, choice, HTTPStatus.UNPROCESSABLE_ENTITY)
    except NotEligible:
        return _page(request, "public/elsewhere.html", {})
    if choice.gone:  # nobody else is asked in place of somebody who was chosen, unless the person says so
        shown = form_for(here.policy, sent)
        return _show(request, way, shown, choice, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _keep(request, way, sent, asking, choice)


def _show(
    request: ProgramRequest,
    way: Way,
    form: Form,
    choice: Choice,
    status: HTTPStatus = HTTPStatus.OK,
    **more: object,
) -> HttpResponse:
    page = {"form": form, **_around(request.here, way), **choice.shown, **more}
    return _page(request, way.page, page, status)


def _around(here: CurrentProgram, way: Way) -> dict[str, object]:
    """What stands around a form: the other ways in, and whether one may go around the coordinator."""
    return {
        "ways": ways_in(here, way.source),
        "goes_around": has_backup(here.id),
    }


def _keep(request: ProgramRequest, way: Way, sent: Answers, asking: Asking, choice: Choice) -> HttpResponse:
    at, here = clock.now(), request.here
    if cap.is_full(here.id, at):
        return _call_us(request, way, sent, choice, HTTPStatus.TOO_MANY_REQUESTS)
    once = once_from(sent.text("once"))
    try:
        kept = actions.receive(here=here, asking=choice.into(asking), once=once, at=at, source=way.source)
    except (Unavailable, DatabaseError):
        return _call_us(request, way, sent, choice, HTTPStatus.SERVICE_UNAVAILABLE)
    cap.count(here.id, at)
    return way.thanks(request, here, asking, kept)


def _thank(
    _request: HttpRequest, here: CurrentProgram, asking: Asking, kept: actions.Received
) -> HttpResponse:
    thanks = {
        "name": asking.name,
        "due": said(kept.due, here.policy.zone, clock.now()),
        # Who wants a call gets no link: a call leaves nothing to keep (ruling D1).
        "link": "" if asking.channel is Channel.CALL else kept.link,
        "token": kept.link.rstrip("/").rpartition("/")[2],
    }
    return _unkept(filled("public/thanks.html", here, thanks))


def _thank_referrer(
    request: HttpRequest, here: CurrentProgram, asking: Asking, kept: actions.Received
) -> HttpResponse:
    """No name, no link: whoever asked for somebody learns nothing more (product.md section 1)."""
    due = said(kept.due, here.policy.zone, clock.now())
    return _page(request, "public/referred.html", {"due": due, "urgent": urgent_line(here.policy)})


TALK = Way(Source.SELF, "public/talk.html", asking_from, _thank)
REFER = Way(Source.COLLEAGUE, "public/refer.html", referring_from, _thank_referrer)


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
    request: ProgramRequest, way: Way, sent: Answers, choice: Choice, status: HTTPStatus
) -> HttpResponse:
    """Nothing was kept: the form as it was sent, and the phone."""
    form, busy = form_for(request.here.policy, sent), status is HTTPStatus.TOO_MANY_REQUESTS
    return _show(request, way, form, choice, status, busy=busy, not_kept=True)


def _conflict(request: HttpRequest) -> HTTPStatus:
    return HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK


def _page(
    request: HttpRequest, template: str, context: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    return _unkept(render(request, template, context, status=status))


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
