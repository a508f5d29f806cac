"""The place of the assignment: its values, and the rule its solver will be held to."""

import dataclasses

import pytest

from touchbase.matching import assignment
from touchbase.matching.assignment import Assignment, Demand
from touchbase.matching.ranking import Wanted


def test_demands_and_assignments_are_values():
    demand = Demand("7f", Wanted(department="surgery"))
    assert demand == Demand("7f", Wanted(department="surgery"))
    answer = Assignment(pairs={"7f": "peer-1"}, unmet=("9a",))
    assert answer == Assignment(pairs={"7f": "peer-1"}, unmet=("9a",))
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.unmet = ()  # type: ignore[misc]


def test_the_rule_of_exactness_is_written_down():
    assert "exact" in (assignment.__doc__ or "")
