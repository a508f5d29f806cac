"""Days of the calendar as the page's language says them. Knows nothing of referrals and their clock."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_words(day: date) -> str:
    """A day: "Fri, May 22"."""
    return date_format(day, _("D, M j"))


def dated(day: date) -> str:
    """A day with its year: "May 22, 2026"."""
    return date_format(day, _("M j, Y"))
