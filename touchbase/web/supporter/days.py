"""When a supporter can be asked: usual days, how many at once, days away, rest and pause. One press each."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.programs.hours import local_day
from touchbase.supporters import actions as supporters
from touchbase.supporters.availability import Days, DaysUnclear
from touchbase.supporters.details import HIGHEST_LIMIT
from touchbase.supporters.queries import Profile, profile
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.days import day_words
from touchbase.web.shared.peer_card import weekdays
from touchbase.web.supporter.pages import Pick

_CHANGES: dict[str, Callable[..., None]] = {
    "rest": supporters.rest, "pause": supporters.pause, "back": supporters.back,
}  # fmt: skip


@requires(Permission.PROFILE_CHANGE)
def availability(request: MemberRequest, program: str) -> HttpResponse:
    """The usual week, as standing words: they say nothing of how full a week is."""
    if request.method != "POST":
        return _page(request)
    limit = request.POST.get("limit", "")
    supporters.update_profile(
        membership=request.member.supporter,
        days=request.POST.getlist("days"),
        parts_of_week=request.POST.getlist("parts"),
        nights=bool(request.POST.get("nights")),
        limit=int(limit) if limit in {str(n) for n in range(HIGHEST_LIMIT + 1)} else -1,
    )
    messages.success(request, _("Saved."))
    return redirect("supporter:availability", program)


@require_POST
@requires(Permission.PROFILE_CHANGE)
def away(request: MemberRequest, program: str) -> HttpResponse:
    """Add a time away, or take one back."""
    today, member = _today(request), request.member.supporter
    ranges = list(profile(member).away)
    gone = request.POST.get("back", "")
    try:
        if gone:
            ranges = [each for each in ranges if _key(each) != gone]
        else:
            ranges.append(_days(request.POST.get("first", ""), request.POST.get("last", ""), today))
        supporters.set_away(membership=member, ranges=ranges, today=today)
    except DaysUnclear as unclear:
        return _page(request, problem=_(unclear.message))
    messages.success(request, _("Taken back.") if gone else _("Noted. Nobody asks you on these days."))
    return redirect("supporter:availability", program)


@require_POST
@requires(Permission.PROFILE_CHANGE)
def rest(request: MemberRequest, program: str) -> HttpResponse:
    """Rest for two weeks, pause until one says so, or come back: one press each."""
    change = _CHANGES[_change_of(request)]
    change(membership=request.member.supporter, today=_today(request))
    return redirect(
        "supporter:availability" if request.POST.get("from") == "days" else "supporter:today", program
    )


def _change_of(request: MemberRequest) -> str:
    if request.POST.get("back"):
        return "back"
    return "pause" if request.POST.get("pause") else "rest"


def _days(first: str, last: str, today: date) -> Days:
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise DaysUnclear(_("Choose the first and the last day.")) from None
    if days[1] < today:
        raise DaysUnclear(_("Choose days that aren't over."))
    return days


def _key(days: Days) -> str:
    return f"{days[0].isoformat()}/{days[1].isoformat()}"


def _today(request: MemberRequest) -> date:
    return local_day(clock.now(), request.here.policy)


def _page(request: MemberRequest, problem: str = "") -> HttpResponse:
    policy, today = request.here.policy, _today(request)
    who = profile(request.member.supporter, today)
    content = {
        "here": request.here,
        "member": request.member,
        "profile": who,
        "rests_until": day_words(who.resting_until) if who.resting_until else "",
        "days": [Pick(key, label, key in who.days) for key, label in weekdays().items()],
        "parts": [Pick(one.key, one.label, one.key in who.parts_of_week) for one in policy.options("time")],
        "limits": _limits(who),
        "away": [(_key(each), _said(each)) for each in who.away if each[1] >= today],
        "today": today.isoformat(),
        "problem": problem,
        "typed": request.POST if problem else {},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "supporter/availability.html", content, status=status)


def _limits(who: Profile) -> list[Pick]:
    words = [ngettext("%(n)s person", "%(n)s people", n) % {"n": n} for n in range(1, HIGHEST_LIMIT + 1)]
    labels = [_("Nobody for now"), *words]
    return [Pick(str(n), label, n == who.limit) for n, label in enumerate(labels)]


def _said(days: Days) -> str:
    first, last = days
    if first == last:
        return day_words(first)
    return _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}
