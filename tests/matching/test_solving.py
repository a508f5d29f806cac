"""The solver against trying every way, and what must hold of any roster."""

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.rosters import MONDAY, WEEK, every_way, people, tasks, week, weeks, worth
from touchbase.matching.roster import Person, Rules, can, too_near
from touchbase.matching.solving import solve


def loads(plan):
    """How many duties each has, most first."""
    return sorted(Counter(key for duty in plan.duties for key in duty.held).values(), reverse=True)


def firsts(plan):
    """Who is first, week after week."""
    return [duty.first for duty in plan.duties]


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_no_way_to_fill_a_roster_is_better_than_the_one_found(drawn):
    ahead, crowd, rules, past = drawn
    plan = solve(ahead, crowd, rules, past)
    ways = list(every_way(ahead, crowd, rules, past))
    assert plan.duties in ways
    assert worth(plan.duties, past, rules, crowd) == min(worth(way, past, rules, crowd) for way in ways)


@settings(max_examples=20, deadline=None)
@given(tasks(), st.randoms(use_true_random=False))
def test_the_order_in_which_people_and_weeks_come_changes_nothing(drawn, chance):
    ahead, crowd, rules, past = drawn
    mixed = [chance.sample(each, len(each)) for each in (ahead, crowd, past)]
    assert solve(mixed[0], mixed[1], rules, mixed[2]) == solve(ahead, crowd, rules, past)


def year(chance, count=20):
    """A year of weeks for some supporters, each away now and then."""
    crowd = [
        Person(
            f"peer-{n:02}",
            away=tuple((MONDAY + w * WEEK, MONDAY + (w + 1) * WEEK) for w in chance.sample(range(52), 2)),
        )
        for n in range(count)
    ]
    return [week(n, heavy=n % 5 == 0) for n in range(52)], crowd


def test_a_year_is_spread_as_evenly_as_numbers_allow_and_so_are_its_heavy_weeks():
    ahead, crowd = year(Random(1))
    plan = solve(ahead, crowd, Rules(most=6, apart=21))
    assert plan.gaps == ()
    assert loads(plan) == [3] * 12 + [2] * 8
    heavy = Counter(duty.first for duty in plan.duties if duty.slot.heavy)
    assert max(heavy.values()) == 1


def test_a_year_breaks_no_rule_of_anybody():
    ahead, crowd = year(Random(2), count=9)
    rules = Rules(second=True, most=6, apart=14)
    plan = solve(ahead, crowd, rules)
    for one in crowd:
        held = [duty.slot for duty in plan.duties if one.key in duty.held]
        assert all(can(one, slot) for slot in held)
        assert not any(too_near(a, b, rules) for a, b in pairwise(held))
        assert all(n <= 6 for n in Counter(slot.first.year for slot in held).values())
    assert plan.gaps + plan.thin  # nine times six is less than 104: what can't be filled is told


def test_what_cannot_be_filled_stays_a_gap_and_is_told():
    plan = solve(weeks(3), people("ari"), Rules(apart=7))
    assert firsts(plan) == ["ari", None, "ari"]
    assert plan.gaps == (week(1).slot,)
    assert firsts(solve(weeks(2), [], Rules())) == [None, None]


def test_a_first_comes_before_any_second():
    plan = solve(weeks(2), people("ari", "jo"), Rules(second=True, apart=7))
    assert None not in firsts(plan)
    assert plan.thin == (week(0).slot, week(1).slot)


def test_of_two_who_are_called_whoever_was_first_less_often_is_first():
    plan = solve(weeks(4), people("ari", "jo"), Rules(second=True))
    assert firsts(plan) == ["ari", "jo", "ari", "jo"]
    past = [week(-1, first="ari", second="jo")]
    assert firsts(solve(weeks(1), people("ari", "jo"), Rules(second=True), past)) == ["jo"]


def test_filling_again_keeps_what_is_published_and_what_somebody_fixed():
    ahead, crowd = year(Random(3))
    rules = Rules(most=6, apart=14)
    published = solve(ahead[:26], crowd, rules).duties
    fixed = week(4, heavy=False, first="peer-19")
    kept = [fixed if duty.slot.first == fixed.slot.first else duty for duty in published]
    again = solve([*kept, *ahead[26:]], crowd, rules)
    assert again.duties[:26] == tuple(kept)
    assert again.gaps == ()


def test_an_emptied_week_is_filled_without_moving_any_other():
    ahead, crowd = year(Random(4))
    published = list(solve(ahead, crowd, Rules(most=6, apart=14)).duties)
    published[10] = week(10, heavy=True)
    again = solve(published, crowd, Rules(most=6, apart=14))
    assert [d for n, d in enumerate(again.duties) if n != 10] == [
        d for n, d in enumerate(published) if n != 10
    ]
    assert again.duties[10].first is not None


def test_who_had_less_before_has_more_now():
    past = [week(n, first="ari") for n in range(-4, 0)] + [week(-5, first="jo")]
    assert firsts(solve(weeks(3), people("ari", "jo"), Rules(), past)) == ["jo", "jo", "jo"]


def test_the_limit_of_a_year_is_that_of_the_year_a_week_begins_in():
    past = [week(-1, first="ari")]
    ahead = [week(0), week(3), week(5)]
    assert [duty.slot.first.year for duty in ahead] == [2026, 2027, 2027]
    found = firsts(solve(ahead, people("ari"), Rules(most=1), past))
    assert (found[0], found.count("ari")) == (None, 1)


def test_a_newcomer_does_not_get_everything():
    past = [week(n, first=("ari", "jo")[n % 2]) for n in range(-6, 0)]
    assert sorted(firsts(solve(weeks(3), people("ari", "jo", "new"), Rules(), past))) == ["ari", "jo", "new"]


def test_the_solver_is_loaded_when_a_roster_is_made_and_not_before():
    code = (
        "import sys, touchbase.matching.solving as s; from touchbase.matching.roster import *; "
        "assert 'highspy' not in sys.modules and 'numpy' not in sys.modules; "
        "s.solve([], [], Rules()); assert 'highspy' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
