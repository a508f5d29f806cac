"""What a program might be worth: a range that begins at nothing, from assumptions that can be seen."""

import pytest

from touchbase.utilization.value import PUBLISHED, Assumptions, Worth, assumed, worth


def test_the_range_goes_from_nothing_saved_to_the_published_figure_for_everybody():
    assert PUBLISHED == 22_576
    assert worth(Assumptions(people=40, cost=120_000)) == Worth(-120_000, 40 * 22_576 - 120_000, 6)


def test_a_share_of_the_people_and_another_figure_make_the_range_smaller():
    assert worth(Assumptions(people=40, each=10_000, most=25, cost=50_000)) == Worth(-50_000, 50_000, 5)


def test_without_a_cost_it_pays_from_nobody_on_and_without_a_figure_never():
    assert worth(Assumptions(people=10)).even == 0
    assert worth(Assumptions(people=10, each=0, cost=5)) == Worth(-5, -5, None)


def test_what_is_typed_counts_and_the_rest_stays_as_it_was():
    assert assumed({"cost": "120,000", "most": " 30 "}, people=34) == (
        Assumptions(people=34, most=30, cost=120_000),
        (),
    )
    assert assumed({}, people=0) == (Assumptions(), ())


@pytest.mark.parametrize("typed", ["many", "-1", "1.5", "101", "٣", "1" * 13])
def test_what_isnt_a_whole_number_in_its_bounds_is_said(typed):
    found, odd = assumed({"most": typed, "cost": "7"}, people=3)
    assert (found, odd) == (Assumptions(people=3, cost=7), ("most",))
