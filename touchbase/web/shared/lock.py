"""Signing out whoever left a screen alone (ruling B2)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from touchbase.accounts.sessions import SEEN, minute
from touchbase.kernel import clock
from touchbase.web.shared.audience import access_of
from touchbase.web.shared.entrance import Said, to_sign_in


class IdleLock:
    """Ends a session in which nothing was asked for 15 minutes, to the minute and never later.

    Nothing in the browser is trusted for it. An open page answers as to anybody; any other sends to the
    sign-in, and from there back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing happens before the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Lock, or note the minute."""
        if not request.user.is_authenticated:
            return None
        now = minute(clock.now())
        seen = request.session.get(SEEN)
        if seen is not None and now - seen >= settings.IDLE_LOCK_SECONDS // 60:
            logout(request)
            access = access_of(view)
            return None if access and access.is_open else to_sign_in(request, said=Said.LOCKED)
        if seen != now:
            request.session[SEEN] = now
        return None
