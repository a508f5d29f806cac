"""Numbers of several programs together: nobody is pointed at, and no member can work out another's part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collaborative.onlooker import Onlooker
from touchbase.collaborative.pooled import NARROWEST, Parts, Pooled, pool

FLOOR = 11


def test_a_number_of_three_members_with_eleven_people_is_shown():
    assert pool([(10, 12, 9), (20, 15, 18)], floor=FLOOR) == Pooled(84, (31, 53))


@pytest.mark.parametrize(
    "parts",
    [
        (4, 3, 3),  # ten people
        (20, 20, 0),  # two members
        (80, 10, 10),  # one is most of it
        (50, 40, 10),  # for the first the second is most of the rest
    ],
)
def test_a_total_that_points_at_a_few_or_at_a_member_is_not_shown(parts: Parts):
    assert pool([parts, (0, 0, 0)], floor=FLOOR) == Pooled(None, (None, None))


def test_what_must_be_hidden_takes_another_with_it_and_zeros_stay():
    cells = [(10, 12, 9), (2, 1, 1), (0, 0, 0), (20, 15, 18)]
    assert pool(cells, floor=FLOOR) == Pooled(88, (31, None, 0, None))


def test_the_one_that_helps_is_chosen_by_its_place_and_as_few_as_can_be():
    cells = [(30, 30, 30), (1, 1, 1), (100, 100, 100), (12, 11, 13)]
    assert pool(cells, floor=FLOOR).cells == (90, None, 300, None)


def test_a_cell_that_one_member_dominates_is_hidden_however_large():
    cells = [(500, 3, 4), (60, 50, 55), (70, 60, 65)]
    assert pool(cells, floor=FLOOR).cells[0] is None


TABLES = st.integers(3, 6).flatmap(
    lambda members: st.lists(st.tuples(*[st.integers(0, 30)] * members), min_size=2, max_size=5)
)


@settings(max_examples=300, deadline=None)
@given(TABLES)
def test_no_member_and_nobody_else_can_narrow_down_what_is_hidden(cells: list[Parts]):
    """By linear programs over everything that is shown, and for each member its own numbers as well."""
    shown = pool(cells, floor=FLOOR)
    if shown.total is None:
        return
    members = range(len(cells[0]))
    for viewer in (None, *members):
        onlooker = Onlooker(cells, shown, viewer)
        for at, number in enumerate(shown.cells):
            if number is None:
                least, most = onlooker.reach((member, at) for member in members)
                assert most - least >= NARROWEST - 1e-6
            for member in members:
                if member != viewer and number != 0:
                    least, most = onlooker.reach([(member, at)])
                    assert most - least > 1, "a member's part could be told"
