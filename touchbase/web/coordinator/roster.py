"""The roster: who is first to call, filled by one press, published by another, changed day by day."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.programs.hours import local_day
from touchbase.supporters import duties, rostering
from touchbase.supporters.duties import Called, Crowd
from touchbase.web.coordinator import weeks
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.when import days


@require_safe
@requires(Permission.ROSTER_SEE)
def roster(request: MemberRequest, program: str) -> HttpResponse:
    """The days or weeks ahead. With `?fill=1`, what a fair roster would put where nobody is."""
    here, today = request.here, local_day(clock.now(), request.here.policy)
    whole, known = duties.ahead(here.id, here.policy, today)
    if not whole:
        return _page(request, "coordinator/no_roster.html", {})
    fill = "fill" in request.GET
    plan = duties.proposed(here.id, here.policy, today, whole=whole, known=known) if fill else None
    page = weeks.page_for(whole, known, here.policy, today, plan)
    return _page(request, "coordinator/roster.html", {"page": page, "filled": fill})


@require_POST
@requires(Permission.ROSTER_MAKE)
def publish(request: MemberRequest, program: str) -> HttpResponse:
    """Keep what was proposed, and write to whoever is newly called."""
    chosen = _chosen(request.POST)
    done = rostering.publish(here=request.here, chosen=chosen, by=request.member, at=clock.now())
    said = ngettext("Published. One place was filled.", "Published. %(n)s places were filled.", done.filled)
    messages.success(request, said % {"n": done.filled})
    if done.kept:
        messages.warning(request, _("Some places were filled or closed meanwhile, and stay as they are."))
    return redirect("coordinator:roster", program)


def _chosen(sent: Mapping[str, str]) -> dict[date, tuple[str, str]]:
    found: dict[date, tuple[str, str]] = {}
    for name in sent:
        part, _dash, text = name.partition("-")
        day = _day_of(text)
        if day is not None and part in {"first", "second"}:
            found[day] = (sent.get(f"first-{text}", ""), sent.get(f"second-{text}", ""))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ROSTER_MAKE)
def day(request: MemberRequest, program: str, day: str) -> HttpResponse:
    """One day or week: who is called. Where nobody is, whom a fair roster would take stands there already."""
    chosen = _day_of(day)
    here, today = request.here, local_day(clock.now(), request.here.policy)
    whole, known = duties.ahead(here.id, here.policy, today)
    one = next((each for each in whole if each.slot.first == chosen), None)
    if chosen is None or one is None:
        raise NotFound(_("The roster has no such day."))
    if request.method == "POST":
        to, was = _pair(request, ""), _pair(request, "was-")
        rostering.name(here=here, day=chosen, to=to, was=was, by=request.member, at=clock.now())
        messages.success(request, _("Saved. Whoever is new is written to."))
        return redirect("coordinator:roster", program)
    content = {
        "one": one,
        "label": days(one.slot.first, one.slot.last),
        **_places(request, one, whole, known),
    }
    return _page(request, "coordinator/roster_day.html", content)


def _places(request: MemberRequest, one: Called, whole: list[Called], known: Crowd) -> dict[str, object]:
    here, standing = request.here, one.standing()
    first, second = standing.first, standing.second
    if first is None or (here.policy.roster.second and second is None):
        today = local_day(clock.now(), here.policy)
        slot = one.slot.first
        plan = duties.proposed(here.id, here.policy, today, whole=whole, known=known, only=slot)
        planned = next(duty for duty in plan.duties if duty.slot == one.slot)
        first, second = planned.first, planned.second
    held = [key for each in whole for key in each.held]
    people = sorted(
        ((held.count(key), known.names[key], key) for key in known.people if known.can(key, one.slot)),
    )
    return {
        "first": first or "",
        "second": second or "",
        "was_first": one.first.key if one.first else "",
        "was_second": one.second.key if one.second else "",
        "people": [(key, name, times) for times, name, key in people],
    }


def _pair(request: MemberRequest, before: str) -> tuple[str, str]:
    return request.POST.get(f"{before}first", ""), request.POST.get(f"{before}second", "")


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page(request: MemberRequest, template: str, content: dict[str, object]) -> HttpResponse:
    return render(request, template, {"here": request.here, "member": request.member, **content})
