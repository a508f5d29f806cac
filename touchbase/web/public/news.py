"""Asking for a program's news: one address, and the same answer for all of them. No cookie."""

from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from touchbase.awareness import subscribing
from touchbase.awareness.news import address_from
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError
from touchbase.notifications.queries import can_send
from touchbase.programs.queries import CurrentProgram
from touchbase.web.public import cap
from touchbase.web.shared.access import ProgramRequest, public


@require_http_methods(["GET", "HEAD", "POST"])
@public
def news(request: ProgramRequest, program: str) -> HttpResponse:
    """The form, and what is said after it."""
    if not _is_open(request.here):
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return _page(request, "public/news_closed.html", status)
    if request.method != "POST":
        return _form(request)
    typed = request.POST.get("address", "")[:300]
    try:
        address = address_from(typed)
    except DomainError as unclear:
        problems = {"address": unclear.message}
        return _form(request, HTTPStatus.UNPROCESSABLE_ENTITY, typed=typed, problems=problems)
    return _keep(request, address, typed)


def _keep(request: ProgramRequest, address: str, typed: str) -> HttpResponse:
    here, at = request.here, clock.now()
    if cap.is_full(here.id, at, of=cap.NEWS):
        return _form(request, HTTPStatus.TOO_MANY_REQUESTS, typed=typed, not_kept=True)
    try:
        subscribing.ask(program_id=here.id, address=address, at=at)
    except DatabaseError:
        return _form(request, HTTPStatus.SERVICE_UNAVAILABLE, typed=typed, not_kept=True)
    cap.count(here.id, at, of=cap.NEWS)
    return _page(request, "public/news_thanks.html")


def _is_open(here: CurrentProgram) -> bool:
    """Whether there is a list, the program goes on, and a mail can be sent at all."""
    return here.policy.news.mailed and here.state == "open" and can_send()


def _form(request: ProgramRequest, status: HTTPStatus = HTTPStatus.OK, **content: object) -> HttpResponse:
    return _page(request, "public/news.html", status, **content)


def _page(
    request: ProgramRequest, template: str, status: HTTPStatus = HTTPStatus.OK, **content: object
) -> HttpResponse:
    days = {"days": subscribing.KEPT_DAYS}
    answer = render(request, template, days | content, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
