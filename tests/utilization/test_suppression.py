"""No hidden cell can be worked out, not even by a reader of the program."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.utilization.attack import reach, shown_of, what_hidden_cells_can_be
from touchbase.utilization.suppression import Kind, suppress, suppress_alone

SHOWN, FEW, KEPT = Kind.SHOWN, Kind.FEW, Kind.KEPT


def test_a_table_without_small_cells_is_shown_whole():
    assert suppress((16, 12, 0), floor=11) == (SHOWN, SHOWN, SHOWN)


def test_a_small_cell_takes_the_last_larger_one_with_it():
    assert suppress((16, 12, 6, 0), floor=11) == (SHOWN, KEPT, FEW, SHOWN)
    assert suppress((12, 16, 6, 0), floor=11) == (SHOWN, KEPT, FEW, SHOWN)


def test_small_cells_that_hide_each_other_need_no_other():
    assert suppress((30, 8, 8), floor=11) == (SHOWN, FEW, FEW)


def test_small_cells_that_are_all_nearly_at_the_floor_need_another():
    assert suppress((30, 9, 9), floor=11) == (KEPT, FEW, FEW)


def test_all_but_a_few_is_hidden_with_the_few():
    assert suppress((40, 0, 3), floor=11) == (KEPT, SHOWN, FEW)


def test_which_cell_is_small_stays_unsaid_where_the_sum_would_tell_it():
    assert suppress((30, 1, 11), floor=11) == (SHOWN, KEPT, KEPT) == suppress((30, 6, 6), floor=11)
    assert suppress((30, 1, 30), floor=11) == (SHOWN, FEW, KEPT)


def test_where_every_cell_may_be_small_and_would_be_known_all_are_kept_back():
    assert suppress((9, 9), floor=11) == (KEPT, KEPT) == suppress((2, 16), floor=11)
    assert suppress((9, 0, 9), floor=11) == (KEPT, SHOWN, KEPT)
    assert suppress((9, 9, 9), floor=11) == (KEPT, KEPT, KEPT) == suppress((25, 1, 1), floor=11)


def test_where_all_would_be_known_a_table_that_hides_some_anyway_hides_no_more():
    assert suppress((13, 13, 1), floor=11) == (SHOWN, KEPT, KEPT)
    assert suppress((13, 7, 7), floor=11) == (SHOWN, KEPT, KEPT)


def test_what_no_hiding_of_some_makes_safe_is_kept_back_whole():
    assert suppress((60, *[10] * 7, 12), floor=11) == (SHOWN, *[FEW] * 7, KEPT)
    assert suppress((60, *[1] * 7, 70), floor=11) == (KEPT,) * 9


def test_a_total_too_small_for_its_cells_shows_not_even_zeros():
    assert suppress((11, 0), floor=11) == (SHOWN, SHOWN)
    assert suppress((10, 0), floor=11) == (KEPT, KEPT)
    assert suppress((11, *[0] * 7), floor=11) == (KEPT,) * 8
    assert suppress((12, *[0] * 7), floor=11) == (SHOWN,) * 8


def test_a_number_that_is_part_of_no_total_is_hidden_by_itself():
    assert [suppress_alone(n, floor=11) for n in (0, 1, 10, 11)] == [SHOWN, FEW, FEW, SHOWN]


def test_a_higher_floor_hides_more():
    assert suppress((20, 16), floor=11) == (SHOWN, SHOWN)
    assert suppress((20, 16), floor=17) == (KEPT, FEW)


@pytest.mark.parametrize(
    ("floor", "cells", "most"),
    [
        (11, 2, 60),
        (11, 3, 45),
        (11, 4, 32),
        (20, 2, 60),
        (20, 3, 50),
        (6, 4, 26),
        (7, 5, 19),
        (7, 6, 15),
        (6, 8, 13),
    ],
)
def test_a_hidden_cell_can_be_five_numbers_for_who_tries_every_table(floor, cells, most):
    for total in range(floor, most + 1):
        for look, place, numbers in what_hidden_cells_can_be(total, cells, partial(suppress, floor=floor)):
            assert len(numbers) >= 5, (total, look, place, sorted(numbers))
            assert max(numbers) - min(numbers) >= 4, (total, look, place, sorted(numbers))


CELLS = st.lists(st.one_of(st.integers(0, 14), st.integers(0, 400)), min_size=2, max_size=12)


@settings(max_examples=400)
@given(CELLS, st.integers(11, 20))
def test_a_hidden_cell_of_a_table_of_any_size_has_a_wide_reach(counts, floor):
    kinds = suppress(tuple(counts), floor=floor)
    look = shown_of(tuple(counts), kinds)
    for place, cell in enumerate(look):
        if not isinstance(cell, Kind):
            assert cell == 0 or cell >= floor
        elif sum(counts) >= floor:
            low, high = reach(look, place, total=sum(counts), floor=floor)
            assert high - low >= 4
            assert low <= counts[place] <= high or counts[place] == 0


@settings(max_examples=200)
@given(CELLS)
def test_hidden_cells_together_hold_as_many_people_as_the_floor(counts):
    kinds = suppress(tuple(counts), floor=11)
    together = sum(n for n, kind in zip(counts, kinds, strict=True) if kind is not SHOWN)
    assert together == 0 or together >= 11 or sum(counts) < 11


@settings(max_examples=200)
@given(CELLS)
def test_small_cells_are_never_shown_and_others_only_hidden_when_small_ones_are_there(counts):
    kinds = suppress(tuple(counts), floor=11)
    assert not any(0 < n < 11 and kind is SHOWN for n, kind in zip(counts, kinds, strict=True))
    if not any(0 < n < 11 for n in counts) and sum(counts) >= max(11, len(counts) + 4):
        assert set(kinds) == {SHOWN}
