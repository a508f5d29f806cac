"""Who can be called when, and what is left to decide."""

from datetime import date, timedelta

import pytest

from tests.matching.rosters import MONDAY, WEEK, people, week, weeks
from touchbase.matching.roster import Person, Plan, Rules, Slot, can, newcomers_start, task, too_near

DAY = timedelta(days=1)
SLOT = week(0).slot


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, True),
        ({"away": ((SLOT.first - WEEK, SLOT.first - DAY),)}, True),
        ({"away": ((SLOT.first - WEEK, SLOT.first),)}, False),
        ({"away": ((SLOT.last, SLOT.last + WEEK),)}, False),
        ({"away": ((SLOT.last + DAY, SLOT.last + WEEK),)}, True),
        ({"resting_until": SLOT.first}, False),
        ({"resting_until": SLOT.first - DAY}, True),
        ({"until": SLOT.last}, True),
        ({"until": SLOT.last - DAY}, False),
    ],
)
def test_nobody_is_called_on_a_day_away_in_rest_or_after_their_training_ran_out(said, expected):
    assert can(Person("ari", **said), SLOT) is expected


@pytest.mark.parametrize(
    ("usual", "parts", "expected"),
    [
        ((), ("weekends",), True),
        (("mornings",), (), True),
        (("mornings",), ("weekends",), False),
        (("mornings", "weekends"), ("weekends",), True),
    ],
)
def test_a_day_that_is_not_one_of_their_usual_ones_is_left_to_others(usual, parts, expected):
    slot = Slot(MONDAY, MONDAY, frozenset(parts))
    assert can(Person("ari", parts=frozenset(usual)), slot) is expected


@pytest.mark.parametrize(("apart", "expected"), [(0, False), (7, False), (8, True)])
def test_free_days_between_are_counted_from_the_last_of_one_to_the_first_of_the_next(apart, expected):
    one, other = week(0).slot, week(2).slot
    assert too_near(one, other, Rules(apart=apart)) is expected
    assert too_near(other, one, Rules(apart=apart)) is expected


def test_a_slot_is_too_near_to_itself():
    assert too_near(SLOT, SLOT, Rules())


def test_each_group_of_weeks_too_near_together_is_said_once():
    asked = task(weeks(5), people("ari"), Rules(apart=7))
    assert list(asked.together("ari")) == [(0, 1), (1, 2), (2, 3), (3, 4)]
    wide = task(weeks(5), people("ari"), Rules(apart=14))
    assert list(wide.together("ari")) == [(0, 1, 2), (1, 2, 3), (2, 3, 4)]
    assert list(task(weeks(2), people("ari"), Rules(apart=70)).together("ari")) == [(0, 1)]


def test_a_year_counts_what_was_held_before_in_it():
    past = [week(-1, first="ari")]
    asked = task([week(0), week(3)], people("ari"), Rules(most=2), past)
    assert asked.left == {("ari", 2026): 1, ("ari", 2027): 2}


def test_a_newcomer_starts_in_the_middle_of_those_who_had_something():
    assert newcomers_start([0, 0]) == 0
    assert newcomers_start([4, 0, 1, 9]) == 4
    asked = task(weeks(1), people("ari", "jo"), Rules(), [week(-3, first="ari"), week(-2, first="ari")])
    assert asked.load == {"ari": 2, "jo": 2}


def test_what_is_filled_already_counts_for_whoever_has_it():
    ahead = [week(0, first="ari", second="jo"), week(2, first="ari"), week(4)]
    asked = task(ahead, people("ari", "jo", "kim"), Rules(), [week(-4, first="jo")])
    assert asked.load == {"ari": 1 + 2, "jo": 1 + 1, "kim": 1}
    assert asked.firsts == {"ari": 2, "jo": 1}


@pytest.mark.parametrize(("second", "open_to"), [(True, (1, 2)), (False, (2,))])
def test_only_what_is_not_filled_is_open(second, open_to):
    ahead = [week(0, first="ari", second="jo"), week(2, first="ari"), week(4)]
    assert task(ahead, people("kim"), Rules(second=second)).could == {"kim": open_to}


def test_a_plan_tells_where_nobody_is_first_and_where_nobody_is_second():
    duties = (week(0), week(1, first="ari"), week(2, first="ari", second="jo"))
    assert Plan(duties, second=True).gaps == (duties[0].slot,)
    assert Plan(duties, second=True).thin == (duties[1].slot,)
    assert Plan(duties, second=False).thin == ()


def test_a_slot_holds_its_first_and_its_last_day():
    assert [SLOT.holds(SLOT.first + n * DAY) for n in (-1, 0, 6, 7)] == [False, True, True, False]
    assert SLOT.first == date(2026, 12, 14)
