"""Released counts, for leaders: one page, the same as a file, and what the words mean."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel.errors import NotFound
from touchbase.utilization import figures, queries, words
from touchbase.utilization.queries import Released
from touchbase.web.shared.access import MemberRequest, requires


@require_safe
@requires(Permission.NUMBERS_SEE)
def numbers(request: MemberRequest, program: str) -> HttpResponse:
    """The newest release, or why there is none yet."""
    return _page(request, queries.latest(request.here.id))


@require_safe
@requires(Permission.NUMBERS_SEE)
def release(request: MemberRequest, program: str, half_year: str) -> HttpResponse:
    """An earlier release, as it was frozen."""
    return _page(request, queries.release_of(request.here.id, half_year))


@require_safe
@requires(Permission.NUMBERS_SEE)
def file(request: MemberRequest, program: str) -> HttpResponse:
    """The newest release as a file, cell by cell what the page shows."""
    newest = queries.latest(request.here.id)
    if newest is None:
        raise NotFound(_("There are no numbers yet."))
    return _file(request, newest)


@require_safe
@requires(Permission.NUMBERS_SEE)
def release_file(request: MemberRequest, program: str, half_year: str) -> HttpResponse:
    """An earlier release as a file."""
    return _file(request, queries.release_of(request.here.id, half_year))


@require_safe
@requires(Permission.NUMBERS_SEE)
def definitions(request: MemberRequest, program: str) -> HttpResponse:
    """What each number means, and how people are protected."""
    floor = request.here.policy.reporting.floor
    return render(
        request,
        "leadership/definitions.html",
        {
            "floor": floor,
            "under": floor - 1,
            "fewer": words.fewer_than(floor),
            "asked": list(words.ASKED.values()),
        },
    )


def _page(request: MemberRequest, released: Released | None) -> HttpResponse:
    if released is None:
        floor = request.here.policy.reporting.floor
        return render(request, "leadership/nothing_yet.html", {"floor": floor})
    past = [
        (found.half_year, words.period(found.sheet.first, found.sheet.last))
        for found in queries.releases(request.here.id)
    ]
    page = figures.page_of(released.sheet)
    return render(request, "leadership/numbers.html", {"page": page, "released": released, "past": past})


def _file(request: MemberRequest, released: Released) -> HttpResponse:
    # The mark at the beginning tells spreadsheets that the text is UTF-8.
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"{request.here.slug}-numbers-{released.half_year}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer).writerows(figures.lines(figures.page_of(released.sheet)))
    return answer
