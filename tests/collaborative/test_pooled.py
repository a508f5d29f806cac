"""Numbers of several programs together: nobody is pointed at, and no member can work out another's part."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collaborative.onlooker import Onlooker
from touchbase.collaborative.pooled import NARROWEST, Parts, Pooled, pool

FLOOR = 11


def test_a_number_of_three_members_with_eleven_people_is_shown():
    assert pool([(16, 14, 15), (20, 15, 18)], floor=FLOOR) == Pooled(98, (45, 53))


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
    cells = [(16, 14, 15), (2, 1, 1), (0, 0, 0), (20, 15, 18)]
    assert pool(cells, floor=FLOOR) == Pooled(102, (45, None, 0, None))


def test_the_one_that_helps_is_chosen_by_its_place_and_as_few_as_can_be():
    cells = [(30, 30, 30), (1, 1, 1), (100, 100, 100), (12, 11, 13)]
    assert pool(cells, floor=FLOOR).cells == (90, None, 300, None)


def test_a_cell_that_one_member_dominates_is_hidden_however_large():
    cells = [(500, 3, 4), (60, 50, 55), (70, 60, 65)]
    assert pool(cells, floor=FLOOR).cells[0] is None


def _shown_sums(members: int, largest: int, least: int) -> dict[int, list[Parts]]:
    """Every way in which so many members can make a sum that is shown, by the sum."""
    found: dict[int, list[Parts]] = {}
    for total in range(FLOOR, largest + 1):
        for cuts in combinations(range(total + members - 1), members - 1):
            ends = (-1, *cuts, total + members - 1)
            parts = tuple(right - left - 1 for left, right in pairwise(ends))
            possible = all(part == 0 or part >= least for part in parts)
            if possible and pool([parts], floor=FLOOR, least=least).total is not None:
                found.setdefault(total, []).append(parts)
    return found


@pytest.mark.parametrize(
    ("members", "largest", "least", "first"), [(3, 48, 1, 30), (4, 24, 1, 15), (3, 60, FLOOR, 45)]
)
def test_whoever_reads_the_rules_learns_no_part_from_a_sum(members, largest, least, first):
    """By trying all there are: for each member, what it knows of itself, and every sum that is shown."""
    shown = _shown_sums(members, largest, least)
    assert min(shown) == first
    for total, ways in shown.items():
        seen: dict[int, list[int]] = {}
        for own, other, *_rest in ways:
            seen.setdefault(own, []).append(other)
        for own, others in seen.items():
            narrow = max(others) - min(others)
            assert narrow >= NARROWEST, (total, own, sorted(set(others)))
        for parts in ways:
            rests = [total, *(total - own for own in parts)]
            assert max(parts) * 10 <= total * 7
            for at, rest in enumerate(rests[1:]):
                assert max((*parts[:at], *parts[at + 1 :])) * 10 <= rest * 7, parts


def test_what_is_left_of_a_sum_that_would_tell_the_others_is_not_shown():
    """The first knows 14 are left, and that none of the others is over 70 % of what the other sees."""
    assert pool([(3, 7, 7)], floor=FLOOR).total is None


TABLES = st.integers(3, 6).flatmap(
    lambda members: st.lists(st.tuples(*[st.integers(0, 30)] * members), min_size=2, max_size=5)
)


@settings(max_examples=100, deadline=None)
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
