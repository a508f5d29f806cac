"""Pooled numbers at a member's desk: the same page as the center's."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative.queries import Together
from touchbase.web.coordinator.together import membership_here
from touchbase.web.shared import pooled_page
from touchbase.web.shared.access import MemberRequest, requires


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def numbers(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """The newest half-year, or why there is none yet."""
    together = membership_here(request, collaborative).together
    return _page(request, together)


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def release(request: MemberRequest, program: str, collaborative: str, half_year: str) -> HttpResponse:
    """An earlier half-year, as it was frozen."""
    together = membership_here(request, collaborative).together
    return _page(request, together, half_year)


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def file(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """The newest half-year as a file."""
    return pooled_page.file(membership_here(request, collaborative).together)


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def release_file(request: MemberRequest, program: str, collaborative: str, half_year: str) -> HttpResponse:
    """An earlier half-year as a file."""
    return pooled_page.file(membership_here(request, collaborative).together, half_year)


def _page(request: MemberRequest, together: Together, half_year: str = "") -> HttpResponse:
    where = (request.here.slug, together.slug)
    return pooled_page.page(
        request,
        together,
        base=reverse("coordinator:pooled", args=where),
        half_year=half_year,
        back=reverse("coordinator:together_member", args=where),
    )
