"""When a supporter can be asked: days away, rest, and their place in the queue. Pure.

Days are days of the program's own zone; ranges hold their first and their last day.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median_low

from touchbase.kernel.errors import DomainError

Days = tuple[date, date]  # first and last day

REST_DAYS = 14  # "Rest for two weeks"
MOST_RANGES = 12
_DAY = timedelta(days=1)


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


class DaysUnclear(DomainError):
    """Days away that can't be kept as they were given."""

    code = "days-unclear"


def rest_until(today: date) -> date:
    """The last day of a rest that begins today."""
    return today + (REST_DAYS - 1) * _DAY


def is_resting(until: date | None, today: date) -> bool:
    """Whether a supporter asked not to be asked, today."""
    return until is not None and today <= until


def is_away(ranges: Iterable[Days], today: date) -> bool:
    """Whether one of the ranges holds the day."""
    return any(first <= today <= last for first, last in ranges)


def ranges_from(stored: Iterable[Sequence[str]]) -> tuple[Days, ...]:
    """Days away as they are stored: pairs of ISO days."""
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in stored)


def ranges_to_store(ranges: Iterable[Days], today: date) -> list[list[str]]:
    """Days away as they are stored: in order, joined where they touch, without what is over.

    Raises `DaysUnclear` for a range that ends before it begins, and for more than twelve.
    """
    joined: list[Days] = []
    for first, last in sorted(ranges):
        if last < first:
            raise DaysUnclear(_("Choose a last day that isn't before the first."))
        if joined and first <= joined[-1][1] + _DAY:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif last >= today:
            joined.append((first, last))
    if len(joined) > MOST_RANGES:
        raise DaysUnclear(_("Keep the next twelve times away here, and add later ones later."))
    return [[first.isoformat(), last.isoformat()] for first, last in joined]


def newcomer_turn(turns: Iterable[int]) -> int:
    """Where a newcomer joins the queue: at the pool's median, so that they don't get everything."""
    waiting = list(turns)
    return median_low(waiting) if waiting else 0
