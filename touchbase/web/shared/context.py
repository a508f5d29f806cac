"""What every template may use."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from touchbase.accounts.queries import Member
from touchbase.programs.people import Identity
from touchbase.programs.queries import CurrentProgram
from touchbase.web.shared.language import other_languages
from touchbase.web.shared.rail import Way, rail_of, rail_of_faculty

_STATIC = Path(__file__).parents[1] / "static" / "touchbase"
_NEUTRAL_SITE = Identity.model_fields["neutral_site"].default


def site(request: HttpRequest) -> dict[str, Any]:
    """The program the page belongs to, whether all of it is invented, and the way out."""
    here = getattr(request, "here", None)
    member = getattr(request, "member", None)
    together = getattr(request, "together", None)
    found = {**around(here), "other_languages": other_languages(request)}
    if together:
        return {**found, "rail": rail_of_faculty(slug=together.slug, path=request.path)}
    takes_part = getattr(request, "takes_part", False)
    rail = _rail(here, member, request.path, together=takes_part) if here and member else ()
    return {**found, "rail": rail}


def around(here: CurrentProgram | None) -> dict[str, Any]:
    """What every page of a program has, whoever reads it."""
    return {
        "here": here,
        "demo": settings.DEMO,
        "static_version": static_version(),
        "neutral_site": here.policy.program.neutral_site if here else _NEUTRAL_SITE,
    }


def _rail(here: CurrentProgram, member: Member, path: str, *, together: bool) -> tuple[Way, ...]:
    return rail_of(member, slug=here.slug, path=path, roster=here.policy.roster.is_kept, together=together)


@cache
def static_version() -> str:
    """Eight signs that change when a style or script of ours does, so that browsers fetch it anew."""
    digest = sha256()
    for file in sorted(_STATIC.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]
