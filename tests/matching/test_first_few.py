"""Who is shown first: the best few, and with them whoever is asked for in particular."""

from hypothesis import given
from hypothesis import strategies as st

from tests.matching.pools import RULES, TODAY, pools, rules, wanteds
from touchbase.matching.ranking import Candidate, Wanted, rank


@given(wanteds, pools, rules)
def test_the_best_three_are_the_first_of_all(wanted, pool, by):
    found = rank(wanted, pool, by, TODAY)
    assert found.top == found.best[:3]


@given(wanteds, pools, rules, st.integers(0, 4), st.data())
def test_the_first_few_and_some_others_are_those_of_all_who_fit_in_their_order(wanted, pool, by, most, data):
    found = rank(wanted, pool, by, TODAY)
    also = data.draw(st.sets(st.sampled_from([one.key for one in pool])) if pool else st.just(set()))
    wished = [match for place, match in enumerate(found.best) if place < most or match.key in also]
    assert list(found.first(most, *also)) == wished


def test_somebody_in_particular_stands_behind_the_first_few_once_and_only_if_they_fit():
    pool = [*(Candidate(f"peer-{n}", turn=n) for n in range(5)), Candidate("away", trained=False)]
    found = rank(Wanted(), pool, RULES, TODAY).first(2, "peer-4", "peer-0", "away", "nobody")
    assert [match.key for match in found] == ["peer-0", "peer-1", "peer-4"]


def test_three_are_shown_of_any_number_who_fit():
    pool = [Candidate(f"peer-{n}") for n in range(9)]
    found = rank(Wanted(), pool, RULES, TODAY)
    assert [match.key for match in found.top] == ["peer-0", "peer-1", "peer-2"]
    assert len(found.best) == 9
