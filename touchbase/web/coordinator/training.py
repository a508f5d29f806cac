"""Trainings at the desk: plan one, invite who needs it, tick who was there."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.occasion import OccasionUnclear
from touchbase.programs.hours import local_day
from touchbase.supporters import training as planning
from touchbase.supporters import trainings as reading
from touchbase.supporters.occasions import session as session_from
from touchbase.supporters.standing import Needs
from touchbase.web.shared import occasions
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.planning import choices, kinds, said_problems, ways


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAINING_HOLD)
def trainings(request: MemberRequest, program: str) -> HttpResponse:
    """The sessions, who is short or overdue, and the form for a new session."""
    today = local_day(clock.now(), request.here.policy)
    if request.method != "POST":
        return _page(request, {})
    try:
        session = session_from(request.POST.dict(), today=today)
    except OccasionUnclear as unclear:
        return _page(request, said_problems(unclear))
    key = planning.plan(
        program_id=request.here.id, session=session, by=request.member.account, at=clock.now()
    )
    messages.success(request, _("Planned. Nobody is told before you invite."))
    return redirect("coordinator:training", program, key)


def _page(request: MemberRequest, problems: dict[str, str]) -> HttpResponse:
    here, today = request.here, local_day(clock.now(), request.here.policy)
    everybody = reading.learners(here.id, today)
    lines = [occasions.session_line(one, today) for one in reading.sessions(here.id)]
    typed = request.POST
    content = {
        "here": here,
        "ahead": [line for line in reversed(lines) if not line.past],
        "past": [line for line in lines if line.past],
        "needs": [
            (one.name, occasions.standing_sentence(one, here.policy))
            for one in everybody
            if one.needs is not Needs.NOTHING
        ],
        "fine": sum(one.needs is Needs.NOTHING for one in everybody),
        "typed": typed,
        "problems": problems,
        "kinds": choices(kinds(), typed.get("kind", "training")),
        "ways": choices(ways(), typed.get("way", "on-site")),
        "teachers": choices(occasions.teachers(), typed.get("teacher", "faculty")),
    }
    return render(request, "coordinator/trainings.html", content, status=422 if problems else 200)


@require_safe
@requires(Permission.TRAINING_HOLD)
def training(request: MemberRequest, program: str, training: str) -> HttpResponse:
    """One session: who was invited, who comes, who was there."""
    here, today = request.here, local_day(clock.now(), request.here.policy)
    one = reading.session(training, here.id)
    found = reading.seats(training, here.id)
    line = occasions.session_line(one, today)
    wanted = [each for each in reading.in_need(here.id, today) if each.fits(one.kind)]
    there = {seat.membership for seat in found if seat.invited}
    content = {
        "here": here,
        "line": line,
        "seats": [(seat, _said(seat)) for seat in found],
        "may_tick": one.day <= today,
        "to_invite": sum(each.membership not in there for each in wanted),
    }
    return render(request, "coordinator/training.html", content)


def _said(seat: reading.Seat) -> str:
    if seat.done:
        return ""
    words = {"coming": _("Comes"), "cannot": _("Can't")}
    return words.get(seat.said, _("Invited") if seat.invited else "")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TRAINING_HOLD)
def change(request: MemberRequest, program: str, training: str) -> HttpResponse:
    """Another day, hour or place for a session that was planned."""
    today, one = local_day(clock.now(), request.here.policy), reading.session(training, request.here.id)
    if request.method != "POST":
        return _change_page(request, one, _typed(one), {})
    try:
        session = session_from({**request.POST.dict(), "kind": one.kind.value}, today=today)
    except OccasionUnclear as unclear:
        return _change_page(request, one, request.POST, said_problems(unclear))
    n = planning.change(
        training=training, program_id=request.here.id, session=session, by=request.member.account,
        at=clock.now(),
    )  # fmt: skip
    messages.success(
        request,
        ngettext("Changed. One person is told.", "Changed. %(n)s people are told.", n) % {"n": n}
        if n
        else _("Changed."),
    )
    return redirect("coordinator:training", program, training)


def _typed(one: reading.Planned) -> dict[str, str]:
    """A session as a form has it."""
    return {
        "way": one.way, "day": one.day.isoformat(), "begins": f"{one.begins:%H:%M}", "place": one.place,
        "hours": f"{one.hours.normalize():f}", "seats": str(one.seats), "teacher": one.teacher,
    }  # fmt: skip


def _change_page(
    request: MemberRequest, one: reading.Planned, typed: Mapping[str, str], problems: dict[str, str]
) -> HttpResponse:
    today = local_day(clock.now(), request.here.policy)
    content = {
        "here": request.here,
        "line": occasions.session_line(one, today),
        "typed": typed,
        "problems": problems,
        "ways": choices(ways(), typed.get("way", "")),
        "teachers": choices(occasions.teachers(), typed.get("teacher", "")),
    }
    return render(request, "coordinator/training_change.html", content, status=422 if problems else 200)


@require_POST
@requires(Permission.TRAINING_HOLD)
def invite(request: MemberRequest, program: str, training: str) -> HttpResponse:
    """Invite everybody who needs it and wasn't invited yet."""
    n = planning.invite(
        training=training, program_id=request.here.id, by=request.member.account, at=clock.now()
    )
    messages.success(
        request,
        ngettext("One person is invited.", "%(n)s people are invited.", n) % {"n": n}
        if n
        else _("Everybody who needs it was invited already."),
    )
    return redirect("coordinator:training", program, training)


@require_POST
@requires(Permission.TRAINING_HOLD)
def came(request: MemberRequest, program: str, training: str) -> HttpResponse:
    """Note who was there."""
    n = planning.tick(
        training=training,
        program_id=request.here.id,
        came=request.POST.getlist("came"),
        by=request.member.account,
        at=clock.now(),
    )
    messages.success(request, ngettext("Noted: one came.", "Noted: %(n)s came.", n) % {"n": n})
    return redirect("coordinator:training", program, training)


@require_POST
@requires(Permission.TRAINING_HOLD)
def cancel(request: MemberRequest, program: str, training: str) -> HttpResponse:
    """Take a session back before anybody was there."""
    planning.cancel(training=training, program_id=request.here.id)
    messages.success(request, _("Taken back. Tell those who said they'd come."))
    return redirect("coordinator:trainings", program)
