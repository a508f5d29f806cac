"""The numbers of all members of a collaborative together, as its faculty and its members see them."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from touchbase.collaborative import pooling
from touchbase.collaborative.pooled import DOMINANT, MEMBERS
from touchbase.collaborative.queries import Together
from touchbase.kernel.errors import NotFound
from touchbase.utilization import figures, words


def page(
    request: HttpRequest, together: Together, *, base: str, half_year: str = "", back: str = ""
) -> HttpResponse:
    """One half-year's page, the newest by itself. `base`: the address of the newest; `back`: above it."""
    released = pooling.pooled_releases(together)
    half = pooling.pooled_release(together, half_year) if half_year else next(iter(released), None)
    content = {
        "together": together,
        "base": base,
        "back": back,
        "half": half,
        "period": words.period(half.half_year, half.half_year) if half else "",
        "page": figures.page_of(half.sheet) if half and half.sheet else None,
        "past": [(each.half_year, words.period(each.half_year, each.half_year)) for each in released],
        "asked": _asked(half),
        "least": MEMBERS,
        "dominant": DOMINANT,
    }
    return render(request, "shared/pooled.html", content)


def file(together: Together, half_year: str = "") -> HttpResponse:
    """The same numbers as a file, cell by cell. `NotFound` where nothing of the half-year is shown."""
    released = pooling.pooled_releases(together)
    half = pooling.pooled_release(together, half_year) if half_year else next(iter(released), None)
    if half is None or half.sheet is None:
        raise NotFound(_("There are no numbers yet."))
    # The mark at the beginning tells spreadsheets that the text is UTF-8.
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"{together.slug}-together-{half.half_year}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer).writerows(figures.lines(figures.page_of(half.sheet)))
    return answer


def _asked(half: pooling.PooledHalf | None) -> list[words.Asked]:
    """What is meant by each number that stands on the page."""
    tables = half.sheet.tables if half and half.sheet else ()
    return [words.ASKED[table.measure] for table in tables]
