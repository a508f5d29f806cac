"""The times a supporter offers in a note, said as people say them.

A policy names the parts of a week as labels to pick ("Weekends"). In a note they end a sentence: "I have time
on weekends". A label that isn't known here is not offered at all: no program gets a note that reads wrong.
"""

from collections.abc import Callable, Sequence

from touchbase.programs.policy import Option, Policy
from touchbase.programs.translated import as_written

MOST = 2  # ux.md section 4: one or two times a note


def _(text: str) -> str:
    """Marks words for the translators."""
    return text


_SAID = {
    "mornings": _("in the mornings"),
    "afternoons": _("in the afternoons"),
    "evenings": _("in the evenings"),
    "nights": _("at night"),
    "after nights": _("after nights"),
    "days off": _("on days off"),
    "weekdays": _("on weekdays"),
    "weekends": _("on weekends"),
}


def choices(policy: Policy) -> tuple[Option, ...]:
    """The program's times that can be put into a note."""
    return tuple(option for option in policy.contact.times if _known(option, policy) in _SAID)


def picked(keys: Sequence[str], policy: Policy) -> tuple[str, ...]:
    """What counts of the times somebody ticked: known ones, two at most, in the policy's order."""
    return tuple(option.key for option in choices(policy) if option.key in keys)[:MOST]


def offered(keys: Sequence[str], policy: Policy, say: Callable[[str], str] = _) -> str:
    """The end of "I have time …": "in the mornings or on weekends", or "when it suits you"."""
    phrases = [say(_SAID[_known(option, policy)]) for option in choices(policy) if option.key in keys]
    return say(_(" or ")).join(phrases) or say(_("when it suits you"))


def _known(option: Option, policy: Policy) -> str:
    """A label as the file has it, whatever language the policy is read in."""
    return as_written(option.label, policy).lower()
