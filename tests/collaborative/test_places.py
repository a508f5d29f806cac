"""Who has a place follows from the line: those who came first, and everybody else waits."""

from hypothesis import given
from hypothesis import strategies as st

from touchbase.collaborative.places import Claim, Share, shares

LINES = st.lists(st.builds(Claim, st.sampled_from("abcd"), st.integers(1, 9)), max_size=8)


def test_those_who_came_first_have_the_places_and_the_others_wait():
    line = [Claim("a", 3), Claim("b", 4), Claim("c", 2), Claim("a", 1)]

    assert shares(line, 5) == {"a": Share(3, 1, 4), "b": Share(2, 2, 0), "c": Share(0, 2, 2)}


def test_asking_for_more_while_waiting_keeps_what_is_ahead():
    line = [Claim("a", 1), Claim("b", 2), Claim("c", 1), Claim("b", 1)]

    assert shares(line, 1)["b"] == Share(0, 3, 0)


def test_a_place_that_comes_free_is_the_next_ones():
    assert shares([Claim("a", 1), Claim("b", 1), Claim("c", 1)], 1)["b"] == Share(0, 1, 0)
    assert shares([Claim("b", 1), Claim("c", 1)], 1) == {"b": Share(1), "c": Share(0, 1, 0)}


@given(LINES, st.integers(1, 20))
def test_no_place_is_given_twice_and_none_is_free_while_anybody_waits(line, places):
    found = shares(line, places).values()
    held = sum(share.held for share in found)
    wanted = sum(claim.places for claim in line)

    assert held == min(places, wanted)
    assert sum(share.wanted for share in found) == wanted


@given(LINES, st.integers(1, 20), st.data())
def test_nobody_loses_a_place_because_somebody_else_leaves_or_comes(line, places, data):
    before = shares(line, places)
    leaves = data.draw(st.sampled_from("abcd"))
    fewer = [claim for claim in line if claim.member != leaves]
    more = [*line, Claim("e", data.draw(st.integers(1, 9)))]

    for after in (shares(fewer, places), shares(more, places)):
        for member in after.keys() & before.keys():
            assert after[member].held >= before[member].held
