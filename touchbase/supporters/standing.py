"""What somebody's training amounts to: hours, the month it counts from, and what is missing. Pure.

Source: the hours and months of the program's policy (product.md section 4).
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from touchbase.kernel.occasion import Kind

SOON = timedelta(days=60)  # before a refresher runs out it is offered


@dataclass(frozen=True, slots=True)
class Attended:
    """One session somebody was at."""

    kind: str
    day: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Months:
    """From which months training and refresher count, as a profile keeps them: first days of months."""

    trained: date | None
    refresher: date | None


class Needs(StrEnum):
    """What somebody needs before they can be asked, or soon."""

    NOTHING = "nothing"
    TRAINING = "training"
    OVERDUE = "overdue"  # the refresher
    SOON = "soon"  # the refresher, within two months


def hours(attended: Iterable[Attended]) -> Decimal:
    """The hours of training somebody had. Refreshers don't add to them."""
    return sum((one.hours for one in attended if one.kind == Kind.TRAINING), Decimal(0))


def months(attended: Iterable[Attended], needed: float) -> Months:
    """The months that follow from the sessions alone: when the hours were reached, and the last refresher."""
    trained, refresher, total = None, None, Decimal(0)
    for one in sorted(attended, key=lambda each: each.day):
        if one.kind == Kind.REFRESHER:
            refresher = one.day.replace(day=1)
            continue
        before, total = total, total + one.hours
        if before < Decimal(str(needed)) <= total:
            trained = one.day.replace(day=1)
    return Months(trained, refresher)


def changed(kept: Months, before: Months, after: Months) -> Months:
    """What a profile keeps after ticks changed from `before` to `after`.

    A month that came from elsewhere (an earlier training, entered by hand) is never taken away by a tick.
    """
    return Months(
        _changed(kept.trained, before.trained, after.trained, latest=False),
        _changed(kept.refresher, before.refresher, after.refresher, latest=True),
    )


def _changed(kept: date | None, before: date | None, after: date | None, *, latest: bool) -> date | None:
    if kept is None or kept == before:
        return after
    return max(kept, after) if latest and after else kept


def needs(trained: date | None, fresh_until: date | None, today: date) -> Needs:
    """What somebody needs, by the month of their training and the last day it counts."""
    if trained is None or trained > today:
        return Needs.TRAINING
    if fresh_until is None:
        return Needs.NOTHING
    if fresh_until < today:
        return Needs.OVERDUE
    return Needs.SOON if fresh_until - today <= SOON else Needs.NOTHING


def last_of_month(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
