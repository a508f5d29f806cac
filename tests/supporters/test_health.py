"""How supporters stand, as counts for a meeting: the roster of the coming quarter, and training."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.paths import NOON
from tests.factories.people import make_supporter
from tests.supporters.rosters import FRI, KEPT, THU, WED, keep
from touchbase.kernel.occasion import Kind, Way
from touchbase.supporters import actions, health, training
from touchbase.supporters.health import Ahead, Sessions
from touchbase.supporters.occasions import Session, Teacher
from touchbase.supporters.standing import Needs

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

TODAY = date(2026, 5, 11)
SESSION = Session(
    kind=Kind.TRAINING, way=Way.ON_SITE, day=TODAY, begins=time(17, 30), hours=Decimal(2), place="Room 2",
    seats=12, teacher=Teacher.FACULTY,
)  # fmt: skip


def plan(here, **changes) -> str:
    """Plan a session; its key."""
    return training.plan(program_id=here.id, session=replace(SESSION, **changes), by="dana", at=NOON)


def ahead(here) -> Ahead:
    """The coming quarter of a roster, on a Wednesday."""
    found = health.roster_ahead(here.id, here.policy, WED)
    assert found is not None
    return found


def test_where_no_roster_is_kept_nothing_is_said_of_one(here, people):
    assert health.roster_ahead(here.id, here.policy, TODAY) is None


def test_the_coming_quarter_is_covered_open_or_not_made_yet(roster):
    ari, kai, *_rest = roster.keys
    roster.publish(thu=(ari, kai), fri=(kai, ""))
    here = roster.here
    found = ahead(here)
    # Two weeks are made now, from today on: two of their days have somebody.
    until = WED + timedelta(days=90)
    assert found == Ahead(since=WED, until=until, covered=2, gaps=12, unmade=91 - 14, named=2, callable=4)
    assert found.places == 91


def test_a_day_on_which_the_first_cannot_come_any_more_is_a_gap(roster):
    ari, kai, *_rest = roster.keys
    roster.publish(thu=(ari, kai), fri=(ari, ""))
    actions.set_away(membership=ari, ranges=[(THU, FRI)], today=WED)
    found = ahead(roster.here)
    assert (found.covered, found.gaps, found.named) == (0, 14, 2)


def test_a_roster_of_weeks_has_thirteen_in_a_quarter(roster):
    weekly = keep(
        roster.here, KEPT.replace('"days"', '"weeks"').replace("ahead_weeks = 2", "ahead_weeks = 20")
    )
    found = ahead(weekly)
    assert (found.since, found.until) == (date(2026, 5, 11), date(2026, 8, 9))
    assert (found.covered, found.gaps, found.unmade) == (0, 13, 0)


def test_supporters_are_counted_by_what_they_need(here, people):
    make_supporter(here, "Noor Hale", trained_month=None)
    make_supporter(here, "Wren Bly", trained_month=date(2020, 1, 1))
    make_supporter(here, "Kai Reed", trained_month=date(2024, 6, 1))
    assert health.standing(here.id, TODAY) == {
        Needs.NOTHING: 2,
        Needs.TRAINING: 1,
        Needs.OVERDUE: 1,
        Needs.SOON: 1,
    }


def test_sessions_are_counted_in_the_days_asked_for_alone(here, people, elsewhere):
    first, last = date(2026, 4, 1), date(2026, 6, 30)
    for day in (first - timedelta(days=1), first, last, last + timedelta(days=1)):
        plan(here, day=day)
    plan(elsewhere)
    held = plan(here)
    came = [people.supporter.member.supporter, people.other_supporter.member.supporter]
    training.tick(training=held, program_id=here.id, came=came, by="dana", at=NOON)
    plan(here, kind=Kind.REFRESHER, day=last, seats=5)
    assert health.sessions_held(here.id, first, last) == {
        Kind.TRAINING: Sessions(3, 2),
        Kind.REFRESHER: Sessions(1, 0),
    }
    assert health.sessions_planned(here.id, last) == {
        Kind.TRAINING: Sessions(2, 24),
        Kind.REFRESHER: Sessions(1, 5),
    }


def test_counting_costs_the_same_for_two_supporters_and_for_twenty(roster):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            health.roster_ahead(roster.here.id, roster.here.policy, WED)
            health.standing(roster.here.id, WED)
        return len(seen)

    few = cost()
    for n in range(16):
        make_supporter(roster.here, f"Kai Reed{chr(97 + n)}")
    assert cost() == few
