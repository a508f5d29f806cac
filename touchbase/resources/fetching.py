"""Whether a page opens. We ask for it as nobody: no referrer, no cookie, no more than its first lines."""

from http.client import HTTPException
from urllib.error import URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

SECONDS = 5.0  # for each answer of the other side: the clock stands still meanwhile
_WHO = "Touchbase link check"


def opens(address: str) -> bool:
    """Whether a page is there, wherever it leads. Nothing of it is read. Never raises for what isn't."""
    try:
        asked = Request(address, headers={"User-Agent": _WHO, "Accept": "*/*"})  # noqa: S310  see the handlers
        with _opener().open(asked, timeout=SECONDS):
            return True
    except (URLError, HTTPException, OSError, ValueError):
        return False


def _opener() -> OpenerDirector:
    """Web pages alone, through the organization's proxy where it has one: no files, no other ways."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        UnknownHandler(),
        HTTPRedirectHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
