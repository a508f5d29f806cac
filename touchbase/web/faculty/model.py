"""The model program: its versions, the file of each, and offering the next. Nobody's own policy is here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import offering
from touchbase.kernel import clock
from touchbase.programs.files import PolicyRefused, Problem
from touchbase.web.shared.access import FacultyRequest, requires

LONGEST = 200_000  # characters of a file; a long one has a tenth of that


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_LEAD)
def model(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """Every version and who settled with which; a file that is given is checked and offered."""
    if request.method != "POST":
        return _page(request)
    # A browser sends line ends of its own kind, and takes the first one of a box for layout.
    text = request.POST.get("text", "").replace("\r\n", "\n")[:LONGEST]
    try:
        number = offering.offer(
            together=request.together, text=text, by=request.member.account, at=clock.now()
        )
    except PolicyRefused as refused:
        return _page(request, text, refused.problems)
    messages.success(request, _("Version %(n)s is offered to all members.") % {"n": number})
    return redirect("faculty:model", collaborative)


@require_safe
@requires(Permission.COLLABORATIVE_LEAD)
def file(request: FacultyRequest, collaborative: str, version: str) -> HttpResponse:
    """The file of one version, byte for byte as it was offered."""
    found = offering.version_at(request.together, version)
    name = f"{request.together.slug}-model-{found.number}.toml"
    return HttpResponse(
        found.text.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(request: FacultyRequest, typed: str = "", problems: tuple[Problem, ...] = ()) -> HttpResponse:
    versions = offering.versions(request.together)
    content = {
        "together": request.together,
        "versions": versions,
        "settled": offering.settled(request.together),
        "typed": typed or (versions[0].text if versions else ""),
        "refused": problems,
        "longest": LONGEST,
    }
    return render(request, "faculty/model.html", content, status=422 if problems else 200)
