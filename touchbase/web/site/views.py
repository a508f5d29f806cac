"""The first page, what can be checked of the promise, and whether the service is well."""

from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchbase.kernel import clock
from touchbase.kernel.errors import Unavailable
from touchbase.ops import health, window
from touchbase.programs.queries import all_programs
from touchbase.vault import rotation
from touchbase.web.shared.access import public


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """The programs of this installation, and nothing to sign up for."""
    open_here = [one for one in all_programs() if one.state in {"open", "paused"}]
    answer = render(request, "site/home.html", {"programs": open_here, "urgent_here": True})
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@public
def trust(request: HttpRequest) -> HttpResponse:
    """How keys are kept here, the window, and when a key was last destroyed (ruling C20)."""
    at = clock.now()
    try:
        status = rotation.status(at=at)
    except (Unavailable, DatabaseError):
        status = None
    kept = window.now(at)
    answer = render(request, "site/trust.html", {"status": status, "hours": kept.hours, "at": at})
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@public
def healthz(request: HttpRequest) -> JsonResponse:
    """`{"status": "ok"}`, or 503 with what isn't well. Never a count (ruling C19)."""
    found = health.check(at=clock.now())
    said = {"status": "ok"} if found.ok else {"status": "unwell", "failing": list(found.failing)}
    status = HTTPStatus.OK if found.ok else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})
