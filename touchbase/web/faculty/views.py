"""A collaborative's front page: where everybody stands, and what is next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.web.shared.access import FacultyRequest, requires


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def home(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """The collaborative and its members."""
    return render(request, "faculty/home.html", {"together": request.together})
