"""Choosing for oneself: the list of supporters who want to be on it. Reading it changes nothing.

Where the two alone know (ruling B7), a page shows how to reach somebody, nothing is sent through us, and
nothing anywhere tells that it was read: no cookie, no row, no line of a log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.programs.hours import local_day
from touchbase.programs.languages import name_of
from touchbase.programs.policy import Option, Policy, WhoKnows
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters.directory import Listed, chosen, fitting, listed
from touchbase.web.public.sentences import takes_requests
from touchbase.web.shared.access import ProgramRequest, public
from touchbase.web.shared.form import Pick
from touchbase.web.shared.peer_card import Card, card_for, how_many

A_PAGE = 24  # cards; a page stays under 100 kB
ON_HOME = 3


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look for. Only what somebody on the list has is offered."""

    name: str
    label: str
    anybody: str
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The part of the first page that leads to the list."""

    cards: tuple[Card, ...]
    all_of_them: str


@require_safe
@public
def peers(request: ProgramRequest, program: str) -> HttpResponse:
    """Everybody on the list, or those who fit what is looked for."""
    here = request.here
    everybody = _everybody(here)
    looks = _looks(everybody, here.policy, request.GET)
    wanted = {look.name: pick.value for look in looks for pick in look.picks if pick.picked}
    found = fitting(everybody, wanted)
    number, last = _number(request.GET.get("page", "")), max(1, -(-len(found) // A_PAGE))
    number = min(number, last)
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    return _page(
        request,
        "public/peers.html",
        {
            "cards": [card_for(one, here.policy) for one in shown],
            "looks": looks,
            "looked_for": bool(wanted),
            "nobody": not everybody,
            "before": urlencode({**wanted, "page": number - 1}) if number > 1 else "",
            "after": urlencode({**wanted, "page": number + 1}) if number < last else "",
        },
    )


@require_safe
@public
def peer(request: ProgramRequest, program: str, listing: str) -> HttpResponse:
    """One supporter, and the way to them."""
    here = request.here
    _offered(here)
    found = chosen(here.id, listing, policy=here.policy, today=_today(here))
    if found is None:
        return _page(request, "public/peer_gone.html", {}, 404)
    return _page(request, "public/peer.html", {"card": card_for(found.listed, here.policy)})


def choice_for(here: CurrentProgram) -> Choice | None:
    """Three of the list for the first page; None where there is no list, or nobody on it."""
    if not here.policy.offers("directory"):
        return None
    today = _today(here)
    everybody = listed(here.id, policy=here.policy, today=today)
    if not everybody:
        return None
    first = sorted(everybody, key=lambda one: _drawn(one, today))[:ON_HOME]
    return Choice(tuple(card_for(one, here.policy) for one in first), how_many(len(everybody)))


def _drawn(one: Listed, today: date) -> str:
    """Another three each day, so that nobody is always first; who has time plays no part in it (C11)."""
    return sha256(f"{today.isoformat()}/{one.listing}".encode()).hexdigest()


def _everybody(here: CurrentProgram) -> list[Listed]:
    _offered(here)
    return listed(here.id, policy=here.policy, today=_today(here))


def _offered(here: CurrentProgram) -> None:
    if not here.policy.offers("directory"):
        raise NotFound(_("There is nothing at this address."))


def _today(here: CurrentProgram) -> date:
    return local_day(clock.now(), here.policy)


def _looks(everybody: list[Listed], policy: Policy, asked: Mapping[str, str]) -> tuple[Look, ...]:
    """What can be looked for: each thing in which people on the list differ."""
    spoken = sorted({code for one in everybody for code in one.languages}, key=name_of)
    offered = (
        ("profession", _("What they do"), _("Anything"), _options(policy.options("profession"))),
        ("site", _("Where"), _("Anywhere"), _options(policy.options("site"))),
        ("language", _("Language"), _("Any language"), [(code, name_of(code)) for code in spoken]),
        ("topic", _("Happy to talk about"), _("Anything"), _options(policy.options("topic"))),
    )
    looks = (
        Look(name, label, anybody, _picks(name, values, everybody, asked.get(name, "")))
        for name, label, anybody, values in offered
    )
    return tuple(look for look in looks if len(look.picks) > 1)


def _options(options: Iterable[Option]) -> list[tuple[str, str]]:
    return [(one.key, one.label) for one in options]


def _picks(name: str, values: list[tuple[str, str]], everybody: list[Listed], asked: str) -> tuple[Pick, ...]:
    there = [each for each in values if any(one.has(name, each[0]) for one in everybody)]
    return tuple(Pick(key, label, key == asked) for key, label in there)


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _page(
    request: ProgramRequest, template: str, content: Mapping[str, object], status: int = 200
) -> HttpResponse:
    here = request.here
    alone = here.policy.confidence.who_knows is WhoKnows.TWO
    may_ask = not alone and takes_requests(here)
    answer = render(request, template, {"alone": alone, "may_ask": may_ask, **content}, status=status)
    answer["Cache-Control"] = "no-store"
    # People chose to be found by their colleagues; a search engine isn't one.
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
