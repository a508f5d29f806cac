"""Whether somebody may be asked: trained, fresh, and nothing between them and the person. Pure."""

import calendar
from datetime import date

from touchbase.matching.ranking import Candidate, Rules, Wanted, bars_of
from touchbase.matching.reasons import Bar


def is_trained(trained: date | None, today: date) -> bool:
    """Whether the training lies behind them. Trainings are kept by month, as its first day."""
    return trained is not None and trained <= today


def fresh_until(trained: date | None, refresher: date | None, months: int) -> date | None:
    """The last day on which the last training or refresher still counts; None without one.

    A month that was begun counts whole: trained in May 2026 for 24 months is fresh until May 31, 2028.
    """
    done = [month for month in (trained, refresher) if month is not None]
    if not done:
        return None
    years, month = divmod(max(done).month - 1 + months, 12)
    year, month = max(done).year + years, month + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def reasons_against(wanted: Wanted, one: Candidate, rules: Rules, today: date) -> tuple[Bar, ...]:
    """Everything that keeps a supporter from being asked for this request; empty when nothing does."""
    return bars_of(wanted, one, rules, today)
