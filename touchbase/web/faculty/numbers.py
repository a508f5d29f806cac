"""Pooled numbers for faculty: what may be shown of all members together, never of one."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.web.shared import pooled_page
from touchbase.web.shared.access import FacultyRequest, requires


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def numbers(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """The newest half-year, or why there is none yet."""
    return pooled_page.page(request, request.together, base=_base(collaborative))


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def release(request: FacultyRequest, collaborative: str, half_year: str) -> HttpResponse:
    """An earlier half-year, as it was frozen."""
    return pooled_page.page(request, request.together, base=_base(collaborative), half_year=half_year)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def file(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """The newest half-year as a file."""
    return pooled_page.file(request.together)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def release_file(request: FacultyRequest, collaborative: str, half_year: str) -> HttpResponse:
    """An earlier half-year as a file."""
    return pooled_page.file(request.together, half_year)


def _base(collaborative: str) -> str:
    return reverse("faculty:numbers", args=(collaborative,))
