"""A year of asking: nobody carries it all, and a newcomer is neither flooded nor forgotten."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.matching.pools import TODAY
from touchbase.matching.ranking import Candidate, Rules, Wanted, rank
from touchbase.supporters.availability import newcomer_turn

DEPARTMENTS = ["anesthesia", "emergency", "medicine", "surgery"]
PROFESSIONS = ["physician", "nurse"]
RULES = Rules(prefer=("same-profession", "similar-stage"))


def supporters(number):
    return {
        f"peer-{n:02}": Candidate(
            f"peer-{n:02}", department=DEPARTMENTS[n % 4], profession=PROFESSIONS[n // 4 % 2]
        )
        for n in range(number)
    }


def requests(number, seed):
    chance = random.Random(seed)
    return [
        Wanted(department=chance.choice(DEPARTMENTS), profession=chance.choice(PROFESSIONS))
        for _request in range(number)
    ]


def ask(pool, wanted):
    """Ask the best, who moves to the end of the queue."""
    best = rank(wanted, pool.values(), RULES, TODAY).top[0].key
    last = max(one.turn for one in pool.values())
    pool[best] = replace(pool[best], turn=last + 1)
    return best


def test_equals_are_asked_equally_often():
    pool = {key: replace(one, department="other", profession="") for key, one in supporters(24).items()}
    asked = Counter(ask(pool, wanted) for wanted in requests(100, seed=1))
    assert len(asked) == 24
    assert max(asked.values()) - min(asked.values()) <= 1


@pytest.mark.parametrize("seed", range(8))
def test_over_a_year_everybody_is_asked_and_nobody_half_as_often_again_as_their_share(seed):
    pool = supporters(24)
    asked = Counter(ask(pool, wanted) for wanted in requests(144, seed))
    share = 144 / 24
    assert len(asked) == 24
    assert max(asked.values()) <= share * 1.5
    assert min(asked.values()) >= share * 0.5


@pytest.mark.parametrize("seed", range(8))
def test_a_newcomer_gets_a_share_like_anybodys(seed):
    pool = supporters(23)
    year = requests(288, seed)
    for wanted in year[:144]:
        ask(pool, wanted)
    middle = newcomer_turn(one.turn for one in pool.values())
    pool["peer-23"] = Candidate("peer-23", turn=middle, department="surgery", profession="nurse")
    asked = [ask(pool, wanted) for wanted in year[144:]]
    alike = [key for key, one in pool.items() if (one.department, one.profession) == ("surgery", "nurse")]
    counts = Counter(asked)
    assert "peer-23" not in asked[:1]
    assert abs(counts["peer-23"] - sum(counts[key] for key in alike) / len(alike)) <= 2


def test_a_newcomer_at_the_front_of_the_queue_would_get_everything_at_first():
    """Why the median: with a place at the very front the newcomer takes each first ask that fits."""
    pool = supporters(23)
    for wanted in requests(144, seed=2):
        ask(pool, wanted)
    newcomer = Candidate("peer-23", turn=0, department="other", profession="nurse")
    at_front = rank(Wanted(profession="nurse"), [*pool.values(), newcomer], RULES, TODAY)
    median = replace(newcomer, turn=newcomer_turn(one.turn for one in pool.values()))
    in_the_middle = rank(Wanted(profession="nurse"), [*pool.values(), median], RULES, TODAY)
    place = [match.key for match in in_the_middle.best].index("peer-23")
    nurses = sum(one.profession == "nurse" for one in pool.values()) + 1
    assert at_front.top[0].key == "peer-23"
    assert nurses / 4 < place < nurses * 3 / 4
