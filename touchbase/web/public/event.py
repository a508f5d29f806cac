"""A team after a hard case: paste names and contacts, check them, send. Nothing is kept before that press.

Between the two pages the list travels in one sealed field whose key lives a quarter of an hour (ruling C6).
"""

from collections.abc import Mapping
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from touchbase.kernel import clock
from touchbase.kernel.errors import Unavailable
from touchbase.outreach import team
from touchbase.programs.policy import Kind, Policy
from touchbase.referrals import listing
from touchbase.referrals.listing import Listing, ListUnclear
from touchbase.vault.errors import Ended
from touchbase.web.public import cap
from touchbase.web.public import pasted as lists
from touchbase.web.public.pasted import Pasted
from touchbase.web.shared.access import ProgramRequest, public
from touchbase.web.shared.contact import spelled
from touchbase.web.shared.form import Pick


@require_http_methods(["GET", "HEAD", "POST"])
@public
def event(request: ProgramRequest, program: str) -> HttpResponse:
    """The page to paste into; what was pasted, to check; and the thank-you."""
    policy, posts = request.here.policy, request.method == "POST"
    if not (request.here.state == "open" and policy.offers("team")):
        return _page(request, "public/closed.html", {}, HTTPStatus.CONFLICT if posts else HTTPStatus.OK)
    if not posts:
        return _first(request)
    try:
        if "list" in request.POST:
            return _sent(request)
        return _check(request, lists.pasted(request.POST, policy))
    except ListUnclear as problem:
        said = _(problem.sentence).format(**problem.values)
        return _first(request, request.POST.dict(), HTTPStatus.UNPROCESSABLE_ENTITY, said=said)
    except Ended as ended:
        said = ended.message + " " + _("Please paste the list again.")
        return _first(request, {}, HTTPStatus.GONE, said=said)


def _sent(request: ProgramRequest) -> HttpResponse:
    """The page that checks was sent: to change the list, to look again, or to send it."""
    here, posted = request.here, request.POST
    pasted = lists.repaired(lists.opened(here, posted.get("list", "")), posted)
    if posted.get("do") == "change":
        return _first(request, _as_typed(pasted))
    found = lists.read(pasted, here.policy)
    if found.unclear:
        return _check(request, pasted, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _keep(request, pasted, found)


def _check(request: ProgramRequest, pasted: Pasted, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """Everybody as they were read, and what needs another look as boxes."""
    found = lists.read(pasted, request.here.policy)
    page = {
        "listing": found,
        "repairs": lists.repairs_of(found),
        "readable": [(one.name, spelled(one.contact)) for one in found.askings],
        "sealed": pasted.sealed(request.here),
        "where": pasted.where(request.here.policy),
    }
    return _page(request, "public/event_check.html", page, status)


def _keep(request: ProgramRequest, pasted: Pasted, found: Listing) -> HttpResponse:
    at, here, typed = clock.now(), request.here, _as_typed(pasted)
    if cap.is_full(here.id, at, of=cap.LISTS):
        return _first(request, typed, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        kept = team.receive(here=here, people=found.askings, once=pasted.once, batch=pasted.batch, at=at)
    except (Unavailable, DatabaseError):
        # Those kept by then are found again by the same press: it is the same page that is shown once more.
        return _check(request, pasted, HTTPStatus.SERVICE_UNAVAILABLE)
    cap.count(here.id, at, of=cap.LISTS)
    return _page(request, "public/event_thanks.html", {"n": kept}, HTTPStatus.OK)


def _first(
    request: ProgramRequest,
    typed: Mapping[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    said: str = "",
) -> HttpResponse:
    """The page to paste into. A list that is far too long isn't sent back and forth."""
    policy, typed = request.here.policy, typed or {}
    people = typed.get("people", "")
    page = {
        "people": people if len(people) <= listing.LONGEST_TEXT else "",
        "departments": _options(policy, "department", typed.get("department", "")),
        "sites": () if policy.single_site else _options(policy, "site", typed.get("site", "")),
        "most": listing.MOST,
        "said": said,
        "busy": status is HTTPStatus.TOO_MANY_REQUESTS,
    }
    return _page(request, "public/event.html", page, status)


def _options(policy: Policy, kind: Kind, picked: str) -> tuple[Pick, ...]:
    return tuple(Pick(one.key, one.label, one.key == picked) for one in policy.options(kind))


def _as_typed(pasted: Pasted) -> dict[str, str]:
    return {"people": pasted.as_text(), "department": pasted.department, "site": pasted.site}


def _page(
    request: ProgramRequest, template: str, context: Mapping[str, object], status: HTTPStatus
) -> HttpResponse:
    page = {**context, "not_kept": status is HTTPStatus.SERVICE_UNAVAILABLE}
    answer = render(request, template, page, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
