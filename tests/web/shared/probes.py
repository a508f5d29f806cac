"""Pages only for these tests, before the real ones: one of each audience, one for each way to fail."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from touchbase.accounts.permissions import Permission
from touchbase.config import urls
from touchbase.kernel import errors
from touchbase.web.shared import access

CANARY = "what somebody typed"


@access.public
def open_to_all(request, program=None):
    return HttpResponse(request.here.slug if program else "open")


@access.private_link
def behind_a_link(request):
    return HttpResponse("a note")


@access.entrance
def at_the_door(request):
    return HttpResponse("the door")


@access.staff
def signed_in(request):
    return HttpResponse("signed in")


@access.staff_stepped_up
def signed_in_lately(request):
    return HttpResponse("signed in lately")


@access.requires(Permission.QUEUE_SEE)
def desk(request, program, handle=None):
    return HttpResponse(f"{request.here.slug} {request.member.name}")


@require_POST
@access.requires(Permission.NAME_REVEAL, step_up=True)
def name(request, program, handle):
    return HttpResponse("a name")


def says_nothing(request):
    return HttpResponse("never")


@access.public
def refuses(request, kind, program=None):
    kinds = {
        "not-found": errors.NotFound,
        "not-allowed": errors.StepNotAllowed,
        "moved-on": errors.ReferralMovedOn,
        "unavailable": errors.Unavailable,
        "refused": errors.DomainError,
    }
    raise kinds[kind]("Ari Stone said yes a moment ago.")


@access.public
def fails(request, program=None):
    typed = CANARY
    raise ValueError(f"a failure that repeats {typed}")


@access.public
def suspects(request):
    raise SuspiciousOperation(CANARY)


@access.public
def denies(request):
    raise PermissionDenied(CANARY)


@access.public
def reads(request):
    return HttpResponse(request.POST.get("name", ""))


urlpatterns = [
    path("open/", open_to_all),
    path("link/", behind_a_link),
    path("door/", at_the_door),
    path("staff/", signed_in),
    path("staff/lately/", signed_in_lately),
    path("silent/", says_nothing),
    path("refuses/<str:kind>/", refuses),
    path("fails/", fails),
    path("suspects/", suspects),
    path("denies/", denies),
    path("reads/", reads),
    path("<slug:program>/open/", open_to_all),
    path("<slug:program>/desk/", desk),
    path("<slug:program>/desk/<slug:handle>/", desk),
    path("<slug:program>/desk/<slug:handle>/name/", name),
    path("<slug:program>/refuses/<str:kind>/", refuses),
    path("<slug:program>/fails/", fails),
    *urls.urlpatterns,
]

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler429 = urls.handler429
handler500 = urls.handler500
