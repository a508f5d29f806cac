"""The parts of a quarterly pack that tell of supporters: the roster ahead, and training."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.kernel.occasion import Kind
from touchbase.supporters.health import Ahead, Sessions
from touchbase.supporters.standing import Needs
from touchbase.utilization.paper import Block, Section
from touchbase.web.shared.planning import kinds


def roster(ahead: Ahead, *, weekly: bool) -> Section:
    """The coming quarter of the roster, in weeks or in days."""
    unit = _("Weeks") if weekly else _("Days")
    calls = Block(
        question=_("Who is first to call"),
        finding=_covered(ahead, weekly=weekly),
        head=(_("Roster"), unit),
        rows=(
            (_("Somebody is first to call"), str(ahead.covered)),
            (_("Nobody is first to call"), str(ahead.gaps)),
            (_("Not made yet"), str(ahead.unmade)),
        ),
    )
    people = Block(
        question=_("Who is on the roster"),
        finding=ngettext(
            "%(n)s supporter has a place in it.", "%(n)s supporters have a place in it.", ahead.named
        )
        % {"n": ahead.named},
        head=(_("Supporters"), _("People")),
        rows=(
            (_("With a place on the roster"), str(ahead.named)),
            (_("Trained, and could be called"), str(ahead.callable)),
        ),
    )
    when = _("The next 13 weeks, from %(since)s to %(until)s.") % {
        "since": date_format(ahead.since, "F j, Y"),
        "until": date_format(ahead.until, "F j, Y"),
    }
    return Section(title=_("Roster"), sentences=(when,), blocks=(calls, people))


def _covered(ahead: Ahead, *, weekly: bool) -> str:
    said = (
        _("Somebody is first to call in %(n)s of %(of)s weeks.")
        if weekly
        else _("Somebody is first to call on %(n)s of %(of)s days.")
    )
    return said % {"n": ahead.covered, "of": ahead.places}


def training(
    standing: Mapping[Needs, int], held: Mapping[Kind, Sessions], planned: Mapping[Kind, Sessions]
) -> Section:
    """Who is trained, what was held in the quarter, and what is planned."""
    return Section(title=_("Training"), blocks=(_trained(standing), _held(held), _planned(planned)))


def _trained(standing: Mapping[Needs, int]) -> Block:
    everybody = sum(standing.values())
    asked = standing[Needs.NOTHING] + standing[Needs.SOON]
    return Block(
        question=_("Supporters"),
        finding=_("%(n)s of %(of)s supporters are trained and may be asked.") % {"n": asked, "of": everybody},
        head=(_("Training"), _("People")),
        rows=(
            (_("Trained"), str(standing[Needs.NOTHING])),
            (_("Trained, refresher due within two months"), str(standing[Needs.SOON])),
            (_("Refresher overdue, not asked until it is done"), str(standing[Needs.OVERDUE])),
            (_("Not trained yet"), str(standing[Needs.TRAINING])),
        ),
    )


def _held(held: Mapping[Kind, Sessions]) -> Block:
    n = sum(one.sessions for one in held.values())
    finding = ngettext("%(n)s session was held.", "%(n)s sessions were held.", n) % {"n": n}
    return _sessions(_("Held in these months"), finding, _("Came"), held)


def _planned(planned: Mapping[Kind, Sessions]) -> Block:
    n = sum(one.sessions for one in planned.values())
    finding = ngettext("%(n)s session is planned.", "%(n)s sessions are planned.", n) % {"n": n}
    return _sessions(_("Planned from today on"), finding, _("Seats"), planned)


def _sessions(question: str, finding: str, heads: str, each: Mapping[Kind, Sessions]) -> Block:
    rows = tuple((kinds()[kind], str(one.sessions), str(one.heads)) for kind, one in each.items())
    return Block(question, finding, (_("Kind"), _("Sessions"), heads), rows)
