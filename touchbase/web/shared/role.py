"""The rules of a supporter's role, each made from the program's policy."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.programs import statements
from touchbase.programs.policy import Policy


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is in a few words, and in full."""

    name: str
    says: str


def rules_of(policy: Policy) -> tuple[Rule, ...]:
    """What a supporter agrees to, the most important first."""
    more = policy.supporters
    return (
        Rule(_("You listen"), _("You are a colleague, not a therapist. You don't fix, and you don't judge.")),
        Rule(
            _("You write nothing down"),
            _("No notes, no names, no story. Afterwards you delete your own messages and the number."),
        ),
        Rule(_("What we tell people"), _exceptions(policy)),
        Rule(_("You train first"), _training(policy)),
        Rule(
            _("You may always say no"),
            _("Pass, rest, pause or leave with one press. Nobody asks why, and nobody keeps a list."),
        ),
        Rule(_("You meet the others"), _("How often: {meeting}.").format(meeting=more.meeting)),
    )


def _exceptions(policy: Policy) -> str:
    said = [statements.exceptions_sentence(policy), statements.reporting_sentence(policy)]
    return " ".join(sentence for sentence in said if sentence)


def _training(policy: Policy) -> str:
    hours, months = policy.supporters.training_hours, policy.supporters.refresher_months
    first = _("{hours} of training before the first talk.").format(hours=statements.hours_said(hours))
    again = ngettext("After {n} month you refresh it.", "After {n} months you refresh it.", months)
    return f"{first} {again.format(n=months)}"
