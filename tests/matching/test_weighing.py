"""What speaks against a supporter: wishes weigh alike, whichever is missed."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from tests.matching.pools import TODAY
from touchbase.matching.ranking import Candidate, Rules, Wanted, Wish, rank

EVERYTHING = Candidate(
    "all",
    department="emergency",
    stage="early",
    topics=frozenset({"nights"}),
    times=frozenset({"evenings"}),
    channels=frozenset({"text"}),
)
WANTED = Wanted(
    wants=frozenset({Wish.OTHER_DEPARTMENT, Wish.SIMILAR_STAGE}),
    department="surgery",
    stage="early",
    topics=frozenset({"nights"}),
    times=frozenset({"evenings"}),
    channel="text",
)
MISSED: dict[str, Any] = {
    "department": "",
    "stage": "senior",
    "topics": frozenset(),
    "times": frozenset({"mornings"}),
    "channels": frozenset({"call"}),
}


@pytest.mark.parametrize(("one", "other"), permutations(MISSED, 2))
def test_between_two_who_miss_one_wish_each_the_turn_decides_whichever_they_miss(one, other):
    pool = [
        replace(EVERYTHING, key="a", turn=2, **{one: MISSED[one]}),
        replace(EVERYTHING, key="b", turn=1, **{other: MISSED[other]}),
    ]
    assert [match.key for match in rank(WANTED, pool, Rules(), TODAY).best] == ["b", "a"]


@pytest.mark.parametrize("side", MISSED)
def test_a_missed_wish_outweighs_being_first_to_call(side):
    pool = [replace(EVERYTHING, key="a", on_duty=True, **{side: MISSED[side]}), replace(EVERYTHING, key="b")]
    assert [match.key for match in rank(WANTED, pool, Rules(), TODAY).best] == ["b", "a"]
