"""A supporter's own days on the roster: what is ahead, can't make it, swap with a colleague."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.matching.roster import Slot
from touchbase.programs.hours import local_day
from touchbase.supporters import duties, rostering
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.when import days


@dataclass(frozen=True, slots=True)
class Own:
    """What a supporter's first page says of the roster."""

    next: str  # the next day they are called; empty when there is none
    now: bool
    second: bool
    asked: int  # swaps that wait for their answer


def own_duty(request: MemberRequest, at: datetime) -> Own | None:
    """The next day, and how many swaps wait; None where no roster is kept, or nothing is to say."""
    here, today = request.here, local_day(at, request.here.policy)
    if not here.policy.roster.is_kept:
        return None
    mine = duties.mine(request.member.supporter, here.id, here.policy, today)[:1]
    asked = len(duties.asked_of(request.member.supporter, here.policy, today))
    if not mine:
        return Own("", now=False, second=False, asked=asked) if asked else None
    return Own(_label(mine[0].slot), now=mine[0].slot.holds(today), second=mine[0].second, asked=asked)


def _label(slot: Slot) -> str:
    return days(slot.first, slot.last)


@require_safe
@requires(Permission.DUTY_HOLD)
def duty(request: MemberRequest, program: str) -> HttpResponse:
    """What is ahead, and the swaps that colleagues ask."""
    here, today = request.here, local_day(clock.now(), request.here.policy)
    mine = duties.mine(request.member.supporter, here.id, here.policy, today)
    lines = [
        {
            "day": one.slot.first.isoformat(),
            "label": _label(one.slot),
            "one": one,
            "now": one.slot.holds(today),
        }
        for one in mine
    ]
    asked = [
        {"id": one.id, "name": one.name, "takes": _label(one.takes), "gives": _label(one.gives)}
        for one in duties.asked_of(request.member.supporter, here.policy, today)
    ]
    return _page(
        request, "supporter/duty.html", {"lines": lines, "asked": asked, "sentence": _sentence(mine)}
    )


def _sentence(mine: list[duties.Mine]) -> str:
    if not mine:
        return _("You are not on the roster ahead.")
    said = ngettext("You are called once in what is ahead.", "You are called %(n)s times ahead.", len(mine))
    return said % {"n": len(mine)}


@require_safe
@requires(Permission.DUTY_HOLD)
def day(request: MemberRequest, program: str, day: str) -> HttpResponse:
    """Can't make it: colleagues to swap with, or give it back. Both are one press, and nobody asks why."""
    chosen, here = _day_of(day), request.here
    today = local_day(clock.now(), here.policy)
    member = request.member.supporter
    mine = next(
        (one for one in duties.mine(member, here.id, here.policy, today) if one.slot.first == chosen), None
    )
    if chosen is None or mine is None:
        raise NotFound(_("You are not called on this day."))
    found = duties.offers(member, chosen, here.id, here.policy, today)
    offers = [
        {"key": one.key, "name": one.name, "takes": one.takes.first.isoformat(), "label": _label(one.takes)}
        for one in found
    ]
    content = {"day": day, "label": _label(mine.slot), "mine": mine, "offers": offers}
    return _page(request, "supporter/duty_day.html", content)


@require_POST
@requires(Permission.DUTY_HOLD)
def ask(request: MemberRequest, program: str, day: str) -> HttpResponse:
    """Ask one colleague to swap."""
    key, _space, text = request.POST.get("with", "").partition(" ")
    gives, takes = _day_of(day), _day_of(text)
    if gives is None or takes is None:
        raise NotFound(_("You are not called on this day."))
    rostering.ask_swap(
        here=request.here, asker=request.member.supporter, gives=gives, asked=key, takes=takes, at=clock.now()
    )
    messages.success(request, _("Asked. Until they say yes, it stays yours."))
    return redirect("supporter:duty", program)


@require_POST
@requires(Permission.DUTY_HOLD)
def back(request: MemberRequest, program: str, day: str) -> HttpResponse:
    """Give it back: it is open, and the coordinator sees it."""
    chosen = _day_of(day)
    if chosen is None:
        raise NotFound(_("You are not called on this day."))
    rostering.give_back(here=request.here, member=request.member.supporter, day=chosen, at=clock.now())
    messages.success(request, _("That's fine. It is open now, and the coordinator sees it."))
    return redirect("supporter:duty", program)


@require_POST
@requires(Permission.DUTY_HOLD)
def keep(request: MemberRequest, program: str, day: str) -> HttpResponse:
    """Don't ask any more."""
    chosen = _day_of(day)
    if chosen is not None:
        rostering.take_back(member=request.member.supporter, day=chosen)
    return redirect("supporter:duty", program)


@require_POST
@requires(Permission.DUTY_HOLD)
def answer(request: MemberRequest, program: str, swap: str) -> HttpResponse:
    """Swap, or not this time."""
    yes = request.POST.get("answer") == "yes"
    rostering.answer_swap(
        here=request.here, member=request.member.supporter, swap=swap, yes=yes, at=clock.now()
    )
    messages.success(request, _("Swapped.") if yes else _("That's fine. Nothing changed."))
    return redirect("supporter:duty", program)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page(request: MemberRequest, template: str, content: dict[str, object]) -> HttpResponse:
    return render(request, template, {"here": request.here, "member": request.member, **content})
