"""The supporters' meetings, for a supporter: when, where, about what, and a file for one's calendar."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.programs.hours import local_day
from touchbase.supporters import meetings as reading
from touchbase.supporters.occasions import Circle
from touchbase.web.shared import occasions
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.planning import calendar_answer


@require_safe
@requires(Permission.OWN_YEAR_SEE)
def meetings(request: MemberRequest, program: str) -> HttpResponse:
    """The meetings ahead."""
    here = request.here
    today = local_day(clock.now(), here.policy)
    found = reading.meetings(here.id, Circle.SUPPORTERS)
    lines = [occasions.meeting_line(one, today) for one in found]
    ahead = [line for line in reversed(lines) if not line.past]
    often = here.policy.supporters.meeting
    return render(request, "supporter/meetings.html", {"here": here, "ahead": ahead, "often": often})


@require_safe
@requires(Permission.OWN_YEAR_SEE)
def calendar(request: MemberRequest, program: str, meeting: str) -> HttpResponse:
    """A meeting as a file for a calendar. The team's own meetings aren't there for supporters."""
    one = reading.meeting(meeting, request.here.id, Circle.SUPPORTERS)
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
