"""Who did what kind of thing at the desk how often. Never about whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.audit.log import Act
from touchbase.web.coordinator.words import act_words


@dataclass(frozen=True, slots=True)
class Acts:
    """One line of the page of acts."""

    day: str
    who: str
    verb: str
    n: int


def named_acts(found: Iterable[Act], names: Mapping[str, str]) -> tuple[Acts, ...]:
    """Sums of acts with the names of who did them; the clock, commands and people who left by their part."""
    parts = {"clock": _("The clock"), "supporters": _("Supporters, together")}
    known = {**parts, **names}
    verbs = act_words()
    return tuple(
        Acts(
            f"{act.day:%b} {act.day.day}",
            known.get(act.actor, act.actor),
            verbs.get(act.verb, act.verb),
            act.n,
        )
        for act in found
    )
