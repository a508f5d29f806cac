"""The library of a collaborative: documents are put in, renewed, looked at and taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import shelving
from touchbase.collaborative.gatherings import link, shelved
from touchbase.collaborative.library import document, documents
from touchbase.kernel import clock
from touchbase.kernel.occasion import OccasionUnclear
from touchbase.web.shared.access import FacultyRequest, requires
from touchbase.web.shared.learning import document_line, shelves
from touchbase.web.shared.planning import choices, said_problems


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_LEAD)
def library(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """Every document, those looked at last first, and the form for one more."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            found = shelved(request.POST.dict())
        except OccasionUnclear as unclear:
            problems = said_problems(unclear)
        else:
            shelving.add(together=request.together, shelved=found, by=request.member.account, at=clock.now())
            messages.success(request, _("Put in. Members find it on their page."))
            return redirect("faculty:library", collaborative)
    typed = request.POST
    content = {
        "together": request.together,
        "lines": [document_line(one) for one in documents(request.together.id)],
        "typed": typed,
        "problems": problems,
        "shelves": choices(shelves(), typed.get("kind", "guide")),
    }
    return render(request, "faculty/library.html", content, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_LEAD)
def one(request: FacultyRequest, collaborative: str, document_key: str) -> HttpResponse:
    """One document with all its versions, and the form for a new version."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            address = link(request.POST.dict())
        except OccasionUnclear as unclear:
            problems = said_problems(unclear)
        else:
            shelving.renew(
                document=document_key,
                together=request.together,
                address=address,
                by=request.member.account,
                at=clock.now(),
            )
            messages.success(request, _("It is the newest now. The older ones stay below it."))
            return redirect("faculty:document", collaborative, document_key)
    content = {
        "together": request.together,
        "line": document_line(document(document_key, request.together.id)),
        "typed": request.POST,
        "problems": problems,
    }
    return render(request, "faculty/document.html", content, status=422 if problems else 200)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def check(request: FacultyRequest, collaborative: str, document_key: str) -> HttpResponse:
    """The newest version was opened today and is still right."""
    shelving.check(document=document_key, together=request.together, at=clock.now())
    messages.success(request, _("Noted with today's day."))
    return redirect("faculty:document", collaborative, document_key)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def remove(request: FacultyRequest, collaborative: str, document_key: str) -> HttpResponse:
    """Take a document out."""
    shelving.remove(
        document=document_key, together=request.together, by=request.member.account, at=clock.now()
    )
    messages.success(request, _("Taken out, with its older versions."))
    return redirect("faculty:library", collaborative)
