"""The program an address names, and what to say of it when the database can't be asked."""

from django.http import HttpRequest

from touchbase.programs.policy import Desk
from touchbase.programs.queries import CurrentProgram, program_at

_LAST: dict[str, CurrentProgram] = {}  # of each address, as it was when last asked for


def find(slug: str) -> CurrentProgram:
    """The program at an address, remembered for `coordinator_of`. Raises `NotFound`."""
    found = _LAST[slug] = program_at(slug)
    return found


def coordinator_of(request: HttpRequest) -> Desk | None:
    """Whom to call about the page that was asked for, as last known; None when it belongs to no program.

    It asks no database: it is for the page that says that the database doesn't answer. A view whose address
    names no program says whom in `request.desk`.
    """
    told = getattr(request, "desk", None)
    if isinstance(told, Desk):
        return told
    match = request.resolver_match
    known = _LAST.get(match.kwargs.get("program", "")) if match else None
    return known.policy.coordinator if known else None
