"""Changes come only from our own pages. No cookie is needed for that (ruling C4)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from touchbase.web.shared import refusals

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OURS = frozenset({"same-origin", "none"})  # "none": typed, or a saved page sent again


class SameOriginWrites:
    """Refuses a change that another site's page asks for.

    Browsers say where a request comes from: all current ones in Sec-Fetch-Site, older ones in Origin. What
    says neither is no browser of the last years, or a page that hides itself; it may write only where it
    carries no cookie of a session or a link, as anybody could.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say why not."""
        if request.method in _SAFE or _is_ours(request):
            return self.get_response(request)
        return refusals.forbidden(
            request,
            _("This came from another site, so we did nothing with it. Open the page here and try again."),
        )


def _is_ours(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OURS
    origin = request.headers.get("Origin", "null")
    if origin != "null":
        return urlsplit(origin).netloc == request.get_host()
    return not set(request.COOKIES) - {settings.LANGUAGE_COOKIE_NAME}
