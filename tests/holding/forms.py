"""Asking over HTTP, as a browser without scripts does."""

import http.client
import secrets
from urllib.parse import urlencode

from tests.canary import PLOVER
from tests.ops.servers import PATIENCE, Server

ASKED = {"name": PLOVER.name, "channel": "text", "contact": PLOVER.phone, "profession": "physician"}


def once() -> str:
    """A form's random number."""
    return secrets.token_urlsafe(24)


def post(server: Server, place: str, **fields: str) -> tuple[int, str]:
    """Send a form. Raises `OSError` or `HTTPException` when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request(
            "POST",
            place,
            urlencode(fields),
            {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def get(server: Server, place: str) -> tuple[int, str]:
    """Read a page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", place)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
