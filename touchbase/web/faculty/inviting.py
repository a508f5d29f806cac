"""Inviting a program that is there, or one that begins from the model of the collaborative."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import actions, offering
from touchbase.collaborative.adapting import Newcomer, adapted
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.inviting import link_to_hand_over
from touchbase.notifications.queries import can_send
from touchbase.programs.actions import AddressTaken
from touchbase.programs.files import PolicyRefused
from touchbase.web.shared.access import FacultyRequest, requires

# Where a refusal of the new program's file is shown: the box its value came from.
_PLACES = {
    "slug": "slug",
    "program.organization": "organization",
    "program.short_name": "organization",
    "program.name": "name",
    "coordinator.phone": "phone",
    "coordinator.email": "email",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the page also shows: what was typed, what to mend, and a link to hand over."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    link: str = field(default="", repr=False)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_LEAD)
def invite(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """Both forms; sent, the one for a program that is there."""
    if request.method != "POST":
        return _page(request, Said())
    typed = _typed(request)
    slug = typed.get("program", "").strip("/").rpartition("/")[2].lower()
    try:
        actions.invite(together=request.together, slug=slug, by=request.member, at=clock.now())
    except NotFound:
        problem = _("There is no program at this address. Copy it from the program's page.")
        return _page(request, Said(typed, {"program": problem}))
    except DomainError as refusal:
        return _page(request, Said(typed, {"program": refusal.message}))
    messages.success(request, _("Invited. Their desk sees it, and says yes or not now."))
    return redirect("faculty:home", collaborative)


@require_POST
@requires(Permission.COLLABORATIVE_LEAD)
def invite_new(request: FacultyRequest, collaborative: str) -> HttpResponse:
    """Make a program from the model, its form closed, and invite its first coordinator."""
    typed, model = _typed(request), offering.newest(request.together)
    if model is None:
        raise DomainError(_("There is no model program yet. Offer one first."))
    keys = ("slug", "organization", "name", "phone", "email")
    newcomer = Newcomer(**{key: typed.get(key, "") for key in keys})
    try:
        key = actions.invite_new(
            together=request.together,
            text=adapted(model.text, newcomer),
            email=newcomer.email,
            settled=model.number,
            by=request.member,
            at=clock.now(),
        )
    except PolicyRefused as refused:
        return _page(request, Said(typed, _by_box(refused)))
    except AddressTaken as refusal:
        return _page(request, Said(typed, {"slug": refusal.message}))
    except DomainError as refusal:
        return _page(request, Said(typed, {"email": refusal.message}))
    return _invited(request, key)


def _by_box(refused: PolicyRefused) -> dict[str, str]:
    return {_PLACES.get(each.key, "slug"): each.remedy for each in reversed(refused.problems)}


def _invited(request: FacultyRequest, key: str) -> HttpResponse:
    if can_send():
        messages.success(request, _("Invited. The mail goes out by day, and its link works for a week."))
        return redirect("faculty:home", request.together.slug)
    return _page(request, Said(link=link_to_hand_over(key, clock.now().date())))


def _typed(request: FacultyRequest) -> dict[str, str]:
    return {name: str(value).strip()[:254] for name, value in request.POST.items()}


def _page(request: FacultyRequest, said: Said) -> HttpResponse:
    content = {
        "together": request.together,
        "said": said,
        "model": offering.newest(request.together),
        "site": settings.SITE_ADDRESS,
    }
    return render(request, "faculty/invite.html", content, status=422 if said.problems else 200)
