"""Differences from the model as rows people read: the rule in words, what ours says, what the model says."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.collaborative.model_program import Difference, Kind, Value
from touchbase.web.coordinator import policy_groups
from touchbase.web.coordinator.policy_values import in_words


@dataclass(frozen=True, slots=True)
class Row:
    """One rule that differs. `picked`: whether the form begins with it taken."""

    name: str
    label: str
    ours: str
    theirs: str
    picked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that differ for the same reason."""

    key: str
    title: str
    about: str
    rows: tuple[Row, ...]


def groups(found: Iterable[Difference], *, begun: bool) -> tuple[Group, ...]:
    """All differences. `begun`: whether it is known from which version the program began."""
    labels = _labels()
    rows: dict[str, list[Row]] = {}
    for one in found:
        row = Row(one.name, _label(one, labels), _said(one, one.ours), _said(one, one.theirs), one.is_offered)
        rows.setdefault(_group_of(one), []).append(row)
    return tuple(
        Group(key, title, about, tuple(rows[key])) for key, title, about in _texts(begun) if key in rows
    )


def _group_of(one: Difference) -> str:
    if one.is_offered:
        return "offered"
    return {Kind.BOTH: "choice", Kind.REMOVED: "removed"}.get(one.kind, "ours")


def _texts(begun: bool) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "offered",
            _("New in the model"),
            _("You haven’t changed these yourselves. They are ticked; untick what you don’t want."),
        ),
        (
            "choice",
            _("Your choice"),
            _("You and the model both changed these. Yours stay unless you tick them.")
            if begun
            else _("You haven’t compared with the model before. Yours stay unless you tick them."),
        ),
        (
            "removed",
            _("Gone from the model"),
            _("The model dropped these. Ticked, they leave your file as well."),
        ),
        (
            "ours",
            _("Your own"),
            _("You changed these and the model didn’t. Ticked, they become as the model has them."),
        ),
    )


def _labels() -> dict[str, str]:
    """What each key is called on the settings page; there a key has the name it has in the code."""
    return {key.rstrip("_"): label for group in policy_groups.groups() for key, label in group.keys.items()}


def _label(one: Difference, labels: dict[str, str]) -> str:
    label = labels[".".join(one.path[:2])]
    if len(one.path) == 2:
        return label
    entry = one.theirs if one.ours is None else one.ours
    return _("%(list)s: %(entry)s") % {"list": label, "entry": entry}


def _said(one: Difference, value: Value) -> str:
    if len(one.path) == 3:
        return _("Not there") if value is None else str(value)
    return in_words(one.name, value) if value not in (None, []) else _("Nothing said")
