"""Every "no" and every failure as a page that says what to do next, and as one line in the log."""

import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from touchbase.kernel import failures
from touchbase.kernel.errors import DomainError, NotFound, ReferralMovedOn, StepNotAllowed, Unavailable
from touchbase.programs.languages import SOURCE
from touchbase.web.shared.entrance import page_behind
from touchbase.web.shared.here import coordinator_of

logger = logging.getLogger("touchbase.web")

# What a store says that can't be reached or written now, or only read: it may be there again in a minute.
_PASSING = (OperationalError, InterfaceError, InternalError)
_STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (StepNotAllowed, 409),
    (ReferralMovedOn, 409),
    (Unavailable, 503),
    (DomainError, 400),
)


class Refusals:
    """Turns what the domain refuses into a page; a part asked for by htmx gets the part alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing happens before a view refuses."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal. Anything else is a failure, and ends in `failed`."""
        return answer(request, exception) if isinstance(exception, DomainError) else None


def answer(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """What somebody reads who was refused. A thing that isn't there reads the same for everybody."""
    status = next(code for kind, code in _STATUS if isinstance(refusal, kind))
    if status == 404:
        return not_found(request)
    words = {
        400: _("That can't be done as it is."),
        409: _("Somebody else acted first."),
        503: _("We can't do that just now."),
    }
    said = {"heading": words[status], "message": refusal.message, "back": page_behind(request)}
    return _page(request, "shared/refusal.html", said, status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what never was, what is gone, and what is somebody else's.

    In English whoever reads: an address that never was is answered before it is known who asks.
    """
    with translation.override(SOURCE):
        said = {"heading": _("There is nothing at this address."), "here": None}
        return _page(request, "shared/404.html", said, 404)


def forbidden(request: HttpRequest, message: str = "") -> HttpResponse:
    """A request that must not be answered, with the reason in a sentence."""
    said = {
        "heading": _("We didn't do that."),
        "message": message or _("This page is not open to you."),
        "back": "",
    }
    return _page(request, "shared/403.html", said, 403)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own refusal of a person."""
    return forbidden(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that no page of ours sends: too much, too many fields, another site's name."""
    if isinstance(exception, DisallowedHost):
        return _plain(_("This site doesn't answer to that name."), "", 400)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        said = {"heading": _("That is too long."), "message": _(
            "Nothing of it was kept. Go back, leave out what isn't asked for, and send it again."
        )}  # fmt: skip
        return _page(request, "shared/refusal.html", said, 413)
    said = {"heading": _("We couldn't read that."), "message": _("Open the page again and try once more.")}
    return _page(request, "shared/refusal.html", said, 400)


def too_often(request: HttpRequest) -> HttpResponse:
    """More sign-ins from one place than people make."""
    said = {"heading": _("That was asked for often."), "message": _("Wait a few minutes, then try again.")}
    return _page(request, "shared/refusal.html", said, 429)


def failed(request: HttpRequest) -> HttpResponse:
    """Our own failure. The log gets its kind and its place in the code, never what it said or held."""
    kind, error, trace = sys.exc_info()
    logger.error("page_failed %s", failures.told(kind, trace))
    said = {"heading": _("That didn't work, and it's our side.")}
    return _page(request, "shared/500.html", said, 503 if isinstance(error, _PASSING) else 500)


def _page(request: HttpRequest, template: str, said: Mapping[str, Any], status: int) -> HttpResponse:
    """The page, or its part. When even that fails, the words on a page that needs nothing."""
    part = bool(getattr(request, "htmx", False))
    try:
        desk = None if status == 404 else coordinator_of(request)
        name = "shared/refusal.html#refusal" if part else template
        page = render(request, name, {**said, "desk": desk}, status=status)
    except Exception as error:  # noqa: BLE001 - this is the last page there is
        logger.error("refusal_failed %s", type(error).__name__)
        return _plain(said["heading"], said.get("message", ""), status)
    if part:
        page.headers["HX-Retarget"] = "main"
        page.headers["HX-Reswap"] = "innerHTML"
    return page


def _plain(heading: str, message: str, status: int) -> HttpResponse:
    words = {"heading": heading, "message": message}
    return HttpResponse(render_to_string("shared/plain.html", words), status=status)
