"""The quarterly pack for the meeting: released counts, roster, training, reach and feedback."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.awareness import news, presentations
from touchbase.kernel import clock
from touchbase.programs.hours import local_day
from touchbase.supporters import health
from touchbase.utilization import figures, paper, queries
from touchbase.web.coordinator.news import readers_said
from touchbase.web.coordinator.outreach import kinds
from touchbase.web.coordinator.packing import Gathered, packed
from touchbase.web.coordinator.quarters import quarter_before
from touchbase.web.shared.access import MemberRequest, requires


@require_safe
@requires(Permission.PACK_MAKE)
def pack(request: MemberRequest, program: str) -> HttpResponse:
    """The pack to look at, before it is saved or printed."""
    content = {"here": request.here, "pack": packed(_gathered(request))}
    return render(request, "coordinator/pack.html", content)


@require_safe
@requires(Permission.PACK_MAKE)
def file(request: MemberRequest, program: str) -> HttpResponse:
    """The same as a file. Its name tells the program and the quarter, as its first page does."""
    found = _gathered(request)
    name = f'attachment; filename="{request.here.slug}-pack-{found.quarter.key}.pdf"'
    sheet = paper.pdf(packed(found))
    return HttpResponse(sheet, content_type=paper.TYPE, headers={"Content-Disposition": name})


def _gathered(request: MemberRequest) -> Gathered:
    here, today = request.here, local_day(clock.now(), request.here.policy)
    quarter = quarter_before(today)
    newest = queries.latest(here.id)
    return Gathered(
        policy=here.policy,
        quarter=quarter,
        release=figures.page_of(newest.sheet) if newest else None,
        roster=health.roster_ahead(here.id, here.policy, today),
        standing=health.standing(here.id, today),
        held=health.sessions_held(here.id, quarter.first, quarter.last),
        planned=health.sessions_planned(here.id, today),
        presented=presentations.between(here.id, quarter.first, quarter.last),
        audiences=kinds(),
        readers=readers_said(news.how_many(here.id)) if here.policy.news.mailed else "",
    )
