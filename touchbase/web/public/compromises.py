"""What each compromise gives away, in plain words (vault.md section 10). docs/privacy.md names the tests."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Compromise:
    """Who gets what, and what they learn from it."""

    who_gets: str
    learns: str


def compromises(hours: int | None) -> tuple[Compromise, ...]:
    """Every line that is said in public. `hours`: when the erased are out of reach; None while unmeasured."""
    if hours is None:
        before = _(
            "Everybody who is open now. Of those erased before, perhaps some: we can’t measure it right now."
        )
    else:
        before = _("Everybody who is open now. Nobody who was erased more than %(hours)s hours before.") % {
            "hours": hours
        }
    return (
        Compromise(
            _("A copy of our database, however old"),
            _(
                "How many are open, when the next step is due, and which peers are busy. Of whoever asked no "
                "name and no number."
            ),
        ),
        Compromise(_("A copy of the keys alone"), _("Nothing about anybody.")),
        Compromise(_("The whole machine: database, keys and root key"), before),
        Compromise(
            _("A copy of the keys that somebody kept against our rule, and the root key"),
            _("Who was open on the day of that copy. Our rule is that no copy lasts a day."),
        ),
        Compromise(
            _("A coordinator’s account"),
            _(
                "The names of those who wait, and of others by a press that is counted. Nobody who was "
                "erased."
            ),
        ),
        Compromise(
            _("The hospital’s mail log"),
            _("That you got a short note with the same subject as all of them. We can’t erase that."),
        ),
        Compromise(
            _("Your peer’s phone"), _("What they wrote to you, until they delete it. We ask them to.")
        ),
    )
