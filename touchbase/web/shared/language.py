"""In which language a page is drawn: what its reader chose, never what a browser says of them (ux.md, 4).

A visitor chooses on a program's page, and a cookie keeps it for this visit. Who is signed in chooses on their
account page. A recipient's own page follows the form they sent, which their referral keeps. The desk and the
pages of leaders, faculty and operators are in English.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from touchbase.programs.languages import SOURCE, as_read, languages_of, name_of, shown, spoken
from touchbase.programs.policy import Policy
from touchbase.programs.queries import CurrentProgram

_OF_VISITORS = frozenset({"public", "site"})
_OF_STAFF = frozenset({"supporter", "account", ""})  # the sign-in itself stands in no part


@dataclass(frozen=True, slots=True)
class Choice:
    """A language that can be chosen, in its own words."""

    code: str
    name: str


class PageLanguage:
    """Draws each page in its reader's language, and everything else in English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer. The next request of this thread begins in English again."""
        with translation.override(SOURCE):
            answer = self.get_response(request)
        if len(spoken()) > 1:
            patch_vary_headers(answer, ["Cookie"])
        return answer

    def process_view(
        self, request: HttpRequest, _view: object, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> None:
        """Take up the language once it is known whose page it is and who opens it."""
        translation.activate(language_for(request))
        here: CurrentProgram | None = getattr(request, "here", None)
        if here is not None:
            request.here = replace(here, policy=as_read(here.policy))  # type: ignore[attr-defined]


def language_for(request: HttpRequest) -> str:
    """The language of the page that was asked for."""
    part = request.resolver_match.app_name if request.resolver_match else ""
    if part in _OF_STAFF:
        own = getattr(request.user, "language", None)
        return shown(own or _chosen(request))
    if part not in _OF_VISITORS:
        return SOURCE
    here: CurrentProgram | None = getattr(request, "here", None)
    offered = languages_of(here.policy) if here else spoken()
    chosen = _chosen(request)
    return chosen if chosen in offered else offered[0]


def speak(policy: Policy, language: str = "") -> None:
    """Draw the rest of this answer in the language of a referral, else in a program's usual one."""
    translation.activate(shown(language or policy.program.languages[0]))


def other_languages(request: HttpRequest) -> tuple[Choice, ...]:
    """Other languages of the open page that is read. What answers a form has none: it can't be read again."""
    match, here = request.resolver_match, getattr(request, "here", None)
    if here is None or match is None or match.app_name != "public" or request.method not in {"GET", "HEAD"}:
        return ()
    now = translation.get_language()
    return tuple(Choice(one, name_of(one)) for one in languages_of(here.policy) if one != now)


def _chosen(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
