"""An address on a program's email list: confirming it, and leaving by one press. Reading changes nothing.

A mail program leaves by itself with a POST to the same address that a person's press goes to (RFC 8058), so
it needs no cookie and no page before it.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.awareness import news, subscribing
from touchbase.awareness.news import Subscribed
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.programs.queries import program_by_id
from touchbase.web.shared.access import private_link
from touchbase.web.shared.language import speak


@require_safe
@private_link
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Was it you? Or, for who confirmed: leave."""
    one = _held(key)
    return _shown(request, one) if one else _gone(request)


@require_POST
@private_link
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """It was them."""
    try:
        subscribing.confirm(key=key, at=clock.now())
    except NotFound:
        return _gone(request)
    one = _held(key)
    return _shown(request, one, just_now=True) if one else _gone(request)


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Off the list. Reading the address, as some mail programs let people do, shows the page to press on."""
    if request.method != "POST":
        return page(request, key)
    one = _held(key)
    subscribing.leave(key=key)
    content = {"policy": program_by_id(one.program).policy if one else None}
    return render(request, "private/news_left.html", content)


def _held(key: str) -> Subscribed | None:
    try:
        return news.subscribed(key, clock.now().date())
    except NotFound:
        return None


def _shown(request: HttpRequest, one: Subscribed, *, just_now: bool = False) -> HttpResponse:
    policy = program_by_id(one.program).policy
    speak(policy)
    return render(request, "private/news.html", {"one": one, "policy": policy, "just_now": just_now})


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "private/news_left.html", {"policy": None}, status=HTTPStatus.NOT_FOUND)
