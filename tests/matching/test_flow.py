"""The flow under many requests: what it can't answer exactly it refuses."""

import numpy as np
import pytest

from touchbase.matching.costs import Offers
from touchbase.matching.flow import solve


def one_pair(against: int) -> Offers:
    """One request, one supporter with room for it, and what speaks against the two."""
    return Offers(("p",), np.array([1]), (np.array([0]),), (np.array([against]),))


def test_one_request_is_given_the_one_supporter_there_is():
    assert solve(one_pair(3)) == [0]


def test_numbers_beyond_what_it_can_add_up_are_refused_and_never_answered_by_chance():
    with pytest.raises(ArithmeticError, match="no optimum"):
        solve(one_pair(1 << 61))
