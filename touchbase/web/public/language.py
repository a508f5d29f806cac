"""Reading a program's pages in another of its languages: one press, kept in a cookie for this visit alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from touchbase.programs.languages import languages_of
from touchbase.web.shared.access import ProgramRequest, public


@require_POST
@public
def choose(request: ProgramRequest, program: str) -> HttpResponse:
    """Keep the language, and show the page they came from in it."""
    answer = redirect(_back(request, program))
    language = request.POST.get("language", "")
    if language in languages_of(request.here.policy):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, httponly=True, secure=request.is_secure(), samesite="Lax"
        )
    return answer


def _back(request: HttpRequest, program: str) -> str:
    """The open page of this program that they came from; its first page when that is no such page."""
    back = request.POST.get("back", "")
    try:
        found = resolve(back)
    except Resolver404:
        return f"/{program}/"
    is_ours = found.app_name == "public" and found.kwargs.get("program") == program
    return back if is_ours else f"/{program}/"
