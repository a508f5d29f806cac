"""Numbers for somebody in danger, as buttons on a page."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from touchbase.programs.policy import Policy, UrgentNumber

_EMERGENCY = {"US": "911", "CA": "911", "GB": "999", "IE": "112", "AU": "000", "NZ": "111"}
_EVERYWHERE = "988"  # the one number of the examples that is real


@dataclass(frozen=True, slots=True)
class Number:
    """A number for somebody in danger. `dialed` is empty where calling would reach nobody."""

    label: str
    beside: str
    dialed: str


def urgent_numbers(policy: Policy) -> tuple[Number, ...]:
    """The program's numbers. In the demo an invented number is never offered to be called (ruling C16)."""
    return tuple(_number(number) for number in policy.urgent)


def emergency_number(policy: Policy) -> str:
    """What to dial in danger this minute; empty for a country whose number isn't known here."""
    return _EMERGENCY.get(policy.program.country, "")


def _number(number: UrgentNumber) -> Number:
    if settings.DEMO and number.number != _EVERYWHERE:
        return Number(number.label, _("example, not a real number"), "")
    named = number.number in number.label
    beside = number.hours if named else f"{number.number}, {number.hours}"
    return Number(number.label, beside, number.dialed)
