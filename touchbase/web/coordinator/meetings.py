"""Meetings at the desk: plan one from a list of topics, note how many came. No minutes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.occasion import OccasionUnclear
from touchbase.programs.hours import local_day
from touchbase.supporters import meeting as planning
from touchbase.supporters import meetings as reading
from touchbase.supporters.occasions import gathering
from touchbase.web.shared import occasions
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.planning import calendar_answer, choices, said_problems


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEETING_HOLD)
def meetings(request: MemberRequest, program: str) -> HttpResponse:
    """The meetings ahead and behind, and the form for a new one."""
    if request.method != "POST":
        return _page(request, {})
    today = local_day(clock.now(), request.here.policy)
    try:
        planned = gathering(request.POST.dict(), request.POST.getlist("topics"), today=today)
    except OccasionUnclear as unclear:
        return _page(request, said_problems(unclear))
    planning.plan(program_id=request.here.id, gathering=planned, by=request.member.account, at=clock.now())
    messages.success(request, _("Planned. Supporters are told of their meetings by mail."))
    return redirect("coordinator:meetings", program)


def _page(request: MemberRequest, problems: dict[str, str]) -> HttpResponse:
    here, today = request.here, local_day(clock.now(), request.here.policy)
    lines = [occasions.meeting_line(one, today) for one in reading.meetings(here.id)]
    typed = request.POST
    content = {
        "here": here,
        "ahead": [line for line in reversed(lines) if not line.past],
        "past": [line for line in lines if line.past],
        "typed": typed,
        "problems": problems,
        "circles": choices(occasions.circles(), typed.get("circle", "supporters")),
        "topics": choices(occasions.topics(), typed.getlist("topics")),
    }
    return render(request, "coordinator/meetings.html", content, status=422 if problems else 200)


@require_safe
@requires(Permission.MEETING_HOLD)
def meeting(request: MemberRequest, program: str, meeting: str) -> HttpResponse:
    """One meeting."""
    today = local_day(clock.now(), request.here.policy)
    one = reading.meeting(meeting, request.here.id)
    content = {
        "here": request.here,
        "line": occasions.meeting_line(one, today),
        "may_count": one.day <= today,
    }
    return render(request, "coordinator/meeting.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEETING_HOLD)
def change(request: MemberRequest, program: str, meeting: str) -> HttpResponse:
    """Another day, hour, place or topics for a meeting that was planned."""
    today, one = local_day(clock.now(), request.here.policy), reading.meeting(meeting, request.here.id)
    if request.method != "POST":
        return _change_page(request, one, _typed(one), [topic.value for topic in one.topics], {})
    typed, topics = {**request.POST.dict(), "circle": one.circle.value}, request.POST.getlist("topics")
    try:
        planned = gathering(typed, topics, today=today)
    except OccasionUnclear as unclear:
        return _change_page(request, one, typed, topics, said_problems(unclear))
    planning.change(
        meeting=meeting, program_id=request.here.id, gathering=planned, by=request.member.account,
        at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Changed. Supporters are told of another time or place of theirs."))
    return redirect("coordinator:meeting", program, meeting)


def _typed(one: reading.Planned) -> dict[str, str]:
    """A meeting as a form has it."""
    return {
        "day": one.day.isoformat(), "begins": f"{one.begins:%H:%M}", "minutes": str(one.minutes),
        "place": one.place,
    }  # fmt: skip


def _change_page(
    request: MemberRequest,
    one: reading.Planned,
    typed: Mapping[str, str],
    topics: Sequence[str],
    problems: dict[str, str],
) -> HttpResponse:
    today = local_day(clock.now(), request.here.policy)
    content = {
        "here": request.here,
        "line": occasions.meeting_line(one, today),
        "typed": typed,
        "problems": problems,
        "topics": choices(occasions.topics(), topics),
    }
    return render(request, "coordinator/meeting_change.html", content, status=422 if problems else 200)


@require_POST
@requires(Permission.MEETING_HOLD)
def held(request: MemberRequest, program: str, meeting: str) -> HttpResponse:
    """It was held, and so many came."""
    typed = request.POST.get("came", "").strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    planning.held(meeting=meeting, program_id=request.here.id, came=number, at=clock.now())
    messages.success(request, _("Noted. The number is all that is kept."))
    return redirect("coordinator:meeting", program, meeting)


@require_POST
@requires(Permission.MEETING_HOLD)
def cancel(request: MemberRequest, program: str, meeting: str) -> HttpResponse:
    """Take a meeting back that wasn't held."""
    planning.cancel(meeting=meeting, program_id=request.here.id)
    messages.success(request, _("Taken back. Tell those who meant to come."))
    return redirect("coordinator:meetings", program)


@require_safe
@requires(Permission.MEETING_HOLD)
def calendar(request: MemberRequest, program: str, meeting: str) -> HttpResponse:
    """The meeting as a file for a calendar."""
    one = reading.meeting(meeting, request.here.id)
    return calendar_answer(
        key=one.id,
        day=one.day,
        begins=one.begins,
        length=timedelta(minutes=one.minutes),
        place=one.place,
        title=_("Meeting"),
        policy=request.here.policy,
        at=clock.now(),
    )
