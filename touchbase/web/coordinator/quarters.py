"""Calendar quarters: which one is over, and how it reads."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a calendar year."""

    first: date
    last: date

    @property
    def key(self) -> str:
        """As files are named: "2026-Q1"."""
        return f"{self.first.year}-Q{self.last.month // 3}"

    @property
    def said(self) -> str:
        """As people read it: "January to March 2026"."""
        return _("%(first)s to %(last)s") % {
            "first": date_format(self.first, "F"),
            "last": date_format(self.last, "F Y"),
        }


def quarter_before(day: date) -> Quarter:
    """The newest quarter that is over on a day."""
    begun = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = begun - timedelta(days=1)
    return Quarter(date(last.year, last.month - 2, 1), last)
