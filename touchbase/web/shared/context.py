"""What every template may use."""

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The program the page belongs to, where it belongs to one."""
    return {"here": getattr(request, "here", None)}
