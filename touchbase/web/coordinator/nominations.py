"""Who was named as a supporter: invite them, or set it aside. Nothing goes out without a press (D20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.programs.hours import local_day
from touchbase.supporters import nominating
from touchbase.supporters import nominations as reading
from touchbase.supporters.naming import NominationState
from touchbase.supporters.nominations import Nominee
from touchbase.web.shared.access import MemberRequest, requires


@dataclass(frozen=True, slots=True)
class Line:
    """One person who was named."""

    id: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    says: str
    leaves: str
    supports: bool
    invited: bool
    undelivered: bool
    link: str = field(default="", repr=False)  # to hand over oneself, shown once


@require_safe
@requires(Permission.NOMINATION_DECIDE)
def nominations(request: MemberRequest, program: str) -> HttpResponse:
    """Everybody who was named: who waits, who is invited, who was set aside."""
    return _page(request, {})


@require_POST
@requires(Permission.NOMINATION_DECIDE)
def link(request: MemberRequest, program: str, nomination: str) -> HttpResponse:
    """A link to hand over oneself, where our mail couldn't be sent. It is shown once."""
    today = local_day(clock.now(), request.here.policy)
    if nomination not in {one.id for one in reading.waiting(request.here.id, today)}:
        raise reading.gone()
    token = nominating.new_link(nomination=nomination)
    return _page(request, {nomination: f"{settings.SITE_ADDRESS}/n/{token}/"})


def _page(request: MemberRequest, links: Mapping[str, str]) -> HttpResponse:
    found = reading.waiting(request.here.id, local_day(clock.now(), request.here.policy))
    waiting = _lines(found, NominationState.NAMED, NominationState.UNDELIVERED, links=links)
    page = {
        "here": request.here,
        "sentence": _sentence(len(waiting)),
        "waiting": waiting,
        "invited": _lines(found, NominationState.INVITED),
        "aside": _lines(found, NominationState.ASIDE),
    }
    return render(request, "coordinator/nominations.html", page)


@require_POST
@requires(Permission.NOMINATION_DECIDE)
def invite(request: MemberRequest, program: str, nomination: str) -> HttpResponse:
    """Write to them: tell me more, or not for me."""
    nominating.invite(
        nomination=nomination, program_id=request.here.id, by=request.member.account, at=clock.now()
    )
    messages.success(request, _("Invited. The note names nobody else. If they say no, they leave this page."))
    return redirect("coordinator:nominations", program)


@require_POST
@requires(Permission.NOMINATION_DECIDE)
def aside(request: MemberRequest, program: str, nomination: str) -> HttpResponse:
    """Don't write to them. They aren't told."""
    nominating.set_aside(
        nomination=nomination, program_id=request.here.id, by=request.member.account, at=clock.now()
    )
    messages.success(request, _("Set aside. Nobody is told, and you can still invite them."))
    return redirect("coordinator:nominations", program)


def _sentence(waiting: int) -> str:
    if not waiting:
        return _("Nobody waits for your decision.")
    return ngettext("One person was named.", "%(n)s people were named.", waiting) % {"n": waiting}


def _lines(
    found: Sequence[Nominee], *states: NominationState, links: Mapping[str, str] = MappingProxyType({})
) -> list[Line]:
    return [_line(one, links.get(one.id, "")) for one in found if one.state in states]


def _line(one: Nominee, link: str = "") -> Line:
    return Line(
        id=one.id,
        name=one.name,
        contact=one.contact,
        says=_says(one),
        leaves=f"{one.dies_on:%b} {one.dies_on.day}",
        supports=one.supports,
        invited=one.state is NominationState.INVITED,
        undelivered=one.state is NominationState.UNDELIVERED,
        link=link,
    )


def _says(one: Nominee) -> str:
    said = []
    if one.named:
        said.append(ngettext("Named once", "Named %(n)s times", one.named) % {"n": one.named})
    if one.offered:
        said.append(_("Offered it themself"))
    if one.state is NominationState.UNDELIVERED:
        said.append(_("Our mail could not be sent there"))
    return ". ".join(said)
