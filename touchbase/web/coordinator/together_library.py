"""The library of a collaborative at a member's desk. Nobody notes who opens what."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative.library import documents
from touchbase.web.coordinator.together import membership_here
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.learning import document_line


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def library(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """Every document, those looked at last first."""
    membership = membership_here(request, collaborative)
    lines = [document_line(one) for one in documents(membership.together.id)]
    return render(request, "coordinator/together_library.html", {"membership": membership, "lines": lines})
