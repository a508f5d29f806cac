"""Those of one list, on one page: checked by one press, matched as one, asked by one press."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.kernel.ids import reference
from touchbase.outreach import gathering, team
from touchbase.outreach.fitting import Option
from touchbase.outreach.gathering import Proposed, Together
from touchbase.programs.policy import Kind, Policy
from touchbase.referrals.queries import Gathered
from touchbase.web.shared.access import MemberRequest, requires

PEER = "peer-"  # before a handle: the supporter chosen for that person


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list. Printing it shows nothing of them."""

    handle: str
    ref: str
    name: str = field(repr=False)
    options: tuple[Option, ...]
    chosen: Option | None
    widening: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPage:
    """Everything the page shows."""

    heading: str
    lead: str
    where: str
    lines: tuple[Line, ...]
    unmet: tuple[Line, ...]
    twice: tuple[Line, ...]
    unchecked: int


@require_safe
@requires(Permission.REFERRAL_MATCH)
def event(request: MemberRequest, program: str, batch: str) -> HttpResponse:
    """Who came in one list, and a peer for each of them: the best for all together."""
    found = gathering.together(batch, here=request.here, by=request.member, at=clock.now())
    page = {"batch": batch, "page": page_for(found, request.here.policy)}
    return _page(request, page)


@require_POST
@requires(Permission.REFERRAL_MOVE)
def release(request: MemberRequest, program: str, batch: str) -> HttpResponse:
    """They look real, all of them."""
    n = team.release(batch=batch, by=request.member, at=clock.now())
    messages.success(request, ngettext("Checked: one person.", "Checked: %(n)s people.", n) % {"n": n})
    return redirect("coordinator:event", program, batch)


@require_POST
@requires(Permission.REFERRAL_MATCH)
def ask(request: MemberRequest, program: str, batch: str) -> HttpResponse:
    """Ask every chosen supporter, each by a message that names nobody."""
    posted, at = request.POST.items(), clock.now()
    chosen = {name.removeprefix(PEER): str(value) for name, value in posted if name.startswith(PEER)}
    asked, left = team.ask_all(batch=batch, chosen=chosen, by=request.member, at=at)
    if asked:
        said = ngettext("Asked for one person.", "Asked for %(n)s people.", asked) % {"n": asked}
        messages.success(request, said + " " + _("Whoever isn't answered comes back to the board."))
    _say_what_else(request, left, others=sum(map(bool, chosen.values())) - asked - left)
    return _onward(request, program, batch)


def _say_what_else(request: HttpRequest, left: int, others: int) -> None:
    """What became of those who weren't asked for by this press."""
    if others:
        said = ngettext(
            "For one person a peer had been asked already.",
            "For %(n)s people peers had been asked already.",
            others,
        )
        messages.warning(request, said % {"n": others} + " " + _("Nobody was asked twice."))
    if left:
        said = ngettext(
            "One couldn't be asked: their peer has no room any more. Choose another one.",
            "%(n)s couldn't be asked: their peers have no room any more. Choose other ones.",
            left,
        )
        messages.warning(request, said % {"n": left})


def _onward(request: MemberRequest, program: str, batch: str) -> HttpResponse:
    """Back to the list while somebody of it waits, else to the board."""
    try:
        gathering.waiting_in(batch, by=request.member, at=clock.now())
    except NotFound:
        return redirect("coordinator:board", program)
    return redirect("coordinator:event", program, batch)


def page_for(found: Together, policy: Policy) -> EventPage:
    """The list in words."""
    n, unmet = len(found.people) + len(found.twice), found.unmet
    lead = _("Here is a peer for each, the best for all of them together. Change whom you like.")
    if unmet:
        lead = _("As many as possible have a peer. For the others nobody is left who fits.")
    return EventPage(
        heading=ngettext("One person came in this list.", "%(n)s people came together.", n) % {"n": n},
        lead=lead,
        where=_where(found, policy),
        lines=tuple(_line(each) for each in found.people if each.chosen),
        unmet=tuple(_line(each) for each in unmet),
        twice=tuple(_again(each) for each in found.twice),
        unchecked=found.unchecked,
    )


def _line(each: Proposed) -> Line:
    return Line(
        handle=each.one.held.handle,
        ref=each.ref,
        name=each.one.person.identity.name,
        options=each.options,
        chosen=next((option for option in each.options if option.key == each.chosen), None),
        widening=tuple(_widening(each)),
    )


def _again(each: Gathered) -> Line:
    handle = each.held.handle
    return Line(handle, reference(handle), each.person.identity.name, options=(), chosen=None)


def _widening(each: Proposed) -> list[str]:
    """What can be done for somebody for whom nobody is left, in the order in which to try it (ruling D7)."""
    return [
        _(step.step.sentence)
        + (". " + ngettext("It adds one peer", "It adds %(n)s peers", step.adds) % {"n": step.adds})
        * bool(step.adds)
        for step in each.ranking.widening
    ]


def _where(found: Together, policy: Policy) -> str:
    """The department and site of the list; those of one list have the same."""
    wished = next(iter((*(each.one for each in found.people), *found.twice))).wishes
    picked: tuple[tuple[Kind, str], ...] = (("department", wished.department), ("site", wished.site))
    return ", ".join(policy.label_of(kind, key) for kind, key in picked if key)


def _page(request: HttpRequest, content: dict[str, object]) -> HttpResponse:
    return render(request, "coordinator/event.html", content)
