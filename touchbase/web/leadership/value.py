"""What the program might be worth, from assumptions a leader can see and change. Nothing typed is kept."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.utilization import queries
from touchbase.utilization.value import MOST, Assumptions, Worth, assumed, worth
from touchbase.web.shared.access import MemberRequest, requires


@dataclass(frozen=True, slots=True)
class Box:
    """One assumption as the page shows it."""

    name: str
    label: str
    hint: str
    value: str
    problem: str


@require_safe
@requires(Permission.NUMBERS_SEE)
def value(request: MemberRequest, program: str) -> HttpResponse:
    """The range, and everything that goes into it."""
    newest = queries.latest(request.here.id)
    typed = {name: request.GET.get(name, "")[:16] for name in MOST}
    of, odd = assumed(typed, people=newest.sheet.people if newest else 0)
    found = worth(of)
    content = {
        "sentence": _sentence(found, of),
        "even": _even(found, of),
        "boxes": [_box(name, of, typed, odd) for name in MOST],
        "problems": {name: _problem(name) for name in odd},
    }
    return render(request, "leadership/value.html", content)


def _sentence(found: Worth, of: Assumptions) -> str:
    if not of.people:
        return _("Say how many people used support in a year.")
    return _("Between %(least)s and %(most)s US dollars a year.") % {
        "least": _dollars(found.least),
        "most": _dollars(found.most),
    }


def _dollars(amount: int) -> str:
    return f"−{-amount:,}" if amount < 0 else f"{amount:,}"


def _even(found: Worth, of: Assumptions) -> str:
    """How many people it takes to pay for itself, where that can be said."""
    if not of.cost or found.even is None:
        return ""
    said = ngettext(
        "It pays for itself if it made the difference for %(n)s person.",
        "It pays for itself if it made the difference for %(n)s people.",
        found.even,
    )
    return said % {"n": f"{found.even:,}"}


def _box(name: str, of: Assumptions, typed: dict[str, str], odd: tuple[str, ...]) -> Box:
    label, hint = _words()[name]
    if name in odd:
        return Box(name, label, hint, typed[name], _problem(name))
    return Box(name, label, hint, f"{getattr(of, name):,}", "")


def _words() -> dict[str, tuple[str, str]]:
    return {
        "people": (
            _("People who used support in a year"),
            _("At first the number of the newest release, which covers half a year or more."),
        ),
        "each": (
            _("US dollars saved for one person"),
            _("For somebody for whom support made the difference. 22,576 is the one published figure."),
        ),
        "most": (
            _("For how many of 100 it made the difference, at most"),
            _("The published model counts everybody who used it. A careful guess is far lower."),
        ),
        "cost": (
            _("US dollars the program takes in a year"),
            _("The coordinator's hours, training, and what this software takes to run."),
        ),
    }


def _problem(name: str) -> str:
    return _("%(what)s: enter a whole number up to %(most)s.") % {
        "what": _words()[name][0],
        "most": f"{MOST[name]:,}",
    }
