"""How the supporters of a program stand, as counts for its meeting.

Their list is known at the desk, so these counts are shown as they are. Nothing here comes from an ask, a talk
or a rest: those would say something of who was reached, or of how somebody is.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from touchbase.kernel.occasion import Kind
from touchbase.programs.policy import Policy
from touchbase.supporters import duties, slots, trainings
from touchbase.supporters.models import Training
from touchbase.supporters.standing import Needs

AHEAD = timedelta(weeks=13)  # a quarter of a year


@dataclass(frozen=True, slots=True)
class Ahead:
    """The roster of the coming quarter: how many days or weeks have somebody first to call, and how many not.

    `unmade` lie beyond what the roster is made for now. `named` supporters have a place, `callable` could.
    """

    since: date
    until: date
    covered: int
    gaps: int
    unmade: int
    named: int
    callable: int

    @property
    def places(self) -> int:
        """All days or weeks of the quarter."""
        return self.covered + self.gaps + self.unmade


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions of one kind together. `heads`: who came, or the seats of those that are planned."""

    sessions: int
    heads: int


def roster_ahead(program_id: str, policy: Policy, today: date) -> Ahead | None:
    """The roster of the coming quarter, today included; None where none is kept. Two queries."""
    if not policy.roster.is_kept:
        return None
    since = slots.start(today, policy)
    until, made = since + AHEAD - timedelta(days=1), slots.end(today, policy)
    known = duties.crowd(program_id, policy, today)
    whole = duties.called(program_id, policy, since=since, until=until, known=known)
    of_now = [one for one in whole if one.slot.first <= made]
    gaps = sum(one.is_gap for one in of_now)
    named = {key for one in of_now for key in one.held}
    return Ahead(
        since=since,
        until=until,
        covered=len(of_now) - gaps,
        gaps=gaps,
        unmade=len(whole) - len(of_now),
        named=len(named),
        callable=len(known.people),
    )


def standing(program_id: str, today: date) -> Mapping[Needs, int]:
    """How many supporters need what, in the order of `Needs`, zeros included; three queries."""
    found = Counter(one.needs for one in trainings.learners(program_id, today))
    return {needs: found[needs] for needs in Needs}


def sessions_held(program_id: str, since: date, until: date) -> Mapping[Kind, Sessions]:
    """The sessions from one day to another and who came, by kind; one query."""
    rows = Training.objects.filter(program_id=program_id, day__gte=since, day__lte=until)
    return _by_kind(rows, "came")


def sessions_planned(program_id: str, since: date) -> Mapping[Kind, Sessions]:
    """The sessions from a day on and their seats, by kind; one query."""
    return _by_kind(Training.objects.filter(program_id=program_id, day__gte=since), "seats")


def _by_kind(rows: QuerySet[Training], heads: str) -> Mapping[Kind, Sessions]:
    summed = rows.values_list("kind").annotate(Count("id"), Sum(heads))
    found = {kind: Sessions(n, people) for kind, n, people in summed}
    return {kind: found.get(kind, Sessions(0, 0)) for kind in Kind}
