"""Asking for a peer as a browser does, for tests."""

import re
from typing import Any

from django.test import Client

from tests.canary import FINCH

TALK = "/harbor/talk/"
ONCE = "A" * 32


def typed(**changes: Any) -> dict[str, Any]:
    """A form that can be sent as it is. `None` leaves a field out."""
    form: dict[str, Any] = {"name": FINCH.name, "channel": "text", "contact": FINCH.phone, "once": ONCE}
    return {name: value for name, value in (form | changes).items() if value is not None}


def ask(visitor: Client, **changes: Any) -> Any:
    """Send the form."""
    return visitor.post(TALK, typed(**changes))


def words(answer: Any) -> str:
    """What a page says, without tags, on one line."""
    text = re.sub(r"<(title|script|style)\b.*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&").split())


def title(answer: Any) -> str:
    """The page's title."""
    found = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    return found[1].strip() if found else ""


def values(answer: Any) -> dict[str, str]:
    """What the inputs of a page hold, by name or id."""
    inputs = re.findall(r"<input\b[^>]*>", answer.content.decode())
    return {_named(one): _attribute(one, "value") for one in inputs}


def _named(tag: str) -> str:
    return _attribute(tag, "name") or _attribute(tag, "id")


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else ""
