"""The form about one item of readiness: who sees to it, what is next, since when it is so. All picked."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.collaborative.readiness import NEXT, Item, Progress
from touchbase.web.shared import readiness
from touchbase.web.shared.planning import Choice, choices
from touchbase.web.shared.readiness import Shown


@dataclass(frozen=True, slots=True)
class ReadyForm:
    """One item with what can be picked. `day`: since when it is so, as the box holds it.

    `dated`: whether the desk says the day itself; of a form that isn't open there is none to say.
    """

    shown: Shown
    owners: tuple[Choice, ...]
    steps: tuple[Choice, ...]
    day: str
    dated: bool
    problems: Mapping[str, str]


def ready_form(one: Progress, shown: Shown, problems: Mapping[str, str]) -> ReadyForm:
    """The form of an item as it is kept."""
    words, nothing = readiness.steps(), {"": _("Nothing yet")}
    return ReadyForm(
        shown=shown,
        owners=choices({"": _("Nobody yet"), **readiness.owners()}, one.owner or ""),
        steps=choices(nothing | {step: words[step] for step in NEXT[one.item]}, one.next),
        day=one.evident.isoformat() if one.evident else "",
        dated=one.item is not Item.LAUNCH or one.is_there,
        problems=problems,
    )
