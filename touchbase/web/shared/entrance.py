"""The way to the sign-in, and back to where one was."""

from enum import StrEnum
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from touchbase.web.shared.audience import access_of

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Said(StrEnum):
    """Why somebody is asked to sign in. The address holds only this word; the sentence is ours."""

    LOCKED = "locked"
    STEP_UP = "step-up"
    PASSKEY = "passkey"
    TRIES = "tries"
    OUT = "out"
    JOINED = "joined"


def sentence(said: str) -> str:
    """What the sign-in page says above the form; empty for a word that isn't ours."""
    sentences: dict[str, str] = {
        Said.LOCKED: _("We signed you out to keep names private. Sign in and you'll be back where you were."),
        Said.STEP_UP: _("This needs a fresh sign-in. Sign in and you'll be back where you were."),
        Said.PASSKEY: _("That passkey didn't work here. Try again, or have a code sent."),
        Said.TRIES: _("That code didn't match three times. Have a new one sent."),
        Said.OUT: _("You're signed out."),
        Said.JOINED: _("You're in. Now sign in with the address of your invitation."),
    }
    return sentences.get(said, "")


def sign_in_address(*, back: str = "", said: Said | None = None) -> str:
    """Where to sign in, with where to return to and why one is asked."""
    query = {"next": back, "said": said.value if said else ""}
    words = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse('account_login')}?{words}" if words else reverse("account_login")


def to_sign_in(request: HttpRequest, *, said: Said | None = None) -> HttpResponse:
    """Send a browser to the sign-in; a part of a page asked for by htmx takes the whole page along."""
    address = sign_in_address(back=page_behind(request), said=said)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def page_behind(request: HttpRequest) -> str:
    """The page a request came from: itself when it only reads, else what stands above it in the address."""
    details = getattr(request, "htmx", None)
    if details and details.current_url_abs_path:
        return str(details.current_url_abs_path)
    if request.method in _SAFE:
        return request.get_full_path()
    return _above(request.path)


def _above(path: str) -> str:
    """The nearest address above one, where that is a page one signs in for."""
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            access = access_of(resolve(f"{path}/").func)
        except Resolver404:
            continue
        return "" if access is None or access.is_open else f"{path}/"
    return ""
