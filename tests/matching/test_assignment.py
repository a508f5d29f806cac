"""Many at once: exactly the best, never over a limit, never across a bar, and the same in any order."""

import dataclasses
import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.optimal import (
    best_of_all,
    crosses_a_bar,
    is_within_limits,
    nothing_better,
    offers_of,
    worth,
)
from tests.matching.pools import DEPARTMENTS, PROFESSIONS, RULES, SITES, TODAY, pools, rules, wanteds
from touchbase.matching import assignment, costs
from touchbase.matching.assignment import Assignment, Demand, assign
from touchbase.matching.ranking import Candidate, Rules, Wanted, rank

few = st.lists(wanteds, max_size=4).map(
    lambda all_: [Demand(f"demand-{n}", each) for n, each in enumerate(all_)]
)


def test_demands_and_assignments_are_values():
    demand = Demand("7f", Wanted(department="surgery"))
    assert demand == Demand("7f", Wanted(department="surgery"))
    answer = Assignment(pairs={"7f": "peer-1"}, unmet=("9a",))
    assert answer == Assignment(pairs={"7f": "peer-1"}, unmet=("9a",))
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.unmet = ()  # type: ignore[misc]


def test_the_rule_of_exactness_is_written_down():
    assert "exact" in (assignment.__doc__ or "")


@settings(deadline=None, max_examples=60)
@given(demands=few, pool=pools.map(lambda pool: pool[:5]), by=rules)
def test_it_equals_trying_every_combination(demands, pool, by):
    found = assign(demands, pool, by, TODAY)
    assert worth(found.pairs, demands, pool, by) == best_of_all(demands, pool, by)
    assert is_within_limits(found.pairs, pool)
    assert not crosses_a_bar(found.pairs, demands, pool, by)


@settings(deadline=None, max_examples=60)
@given(demands=few, pool=pools, by=rules, chance=st.randoms())
def test_the_order_of_people_and_supporters_changes_nothing(demands, pool, by, chance):
    before = assign(demands, pool, by, TODAY)
    mixed, people = list(pool), list(demands)
    chance.shuffle(mixed)
    chance.shuffle(people)
    assert assign(people, mixed, by, TODAY) == before


@settings(deadline=None, max_examples=60)
@given(wanted=wanteds, pool=pools, by=rules)
def test_for_one_person_it_is_the_best_of_the_ranking(wanted, pool, by):
    best = rank(wanted, pool, by, TODAY).top
    found = assign([Demand("one", wanted)], pool, by, TODAY)
    assert dict(found.pairs) == ({"one": best[0].key} if best else {})
    assert found.unmet == (() if best else ("one",))


def test_greedy_choice_would_leave_somebody_without_a_peer_and_this_does_not():
    surgeon = Wanted(profession="physician", department="surgery", channel="text")
    nurse = Wanted(profession="nurse", department="emergency", channel="text")
    for_both = Candidate("a", department="rehab", limit=1)
    for_surgeon_only = Candidate("b", department="emergency", limit=1, turn=9)
    assert rank(surgeon, [for_both, for_surgeon_only], RULES, TODAY).top[0].key == "a"
    found = assign([Demand("1", surgeon), Demand("2", nurse)], [for_both, for_surgeon_only], RULES, TODAY)
    assert dict(found.pairs) == {"1": "b", "2": "a"}


def test_nobody_is_given_two_while_an_equal_has_none():
    pool = [Candidate(f"peer-{n}", limit=3, turn=n) for n in range(4)]
    found = assign([Demand(f"{n}", Wanted()) for n in range(4)], pool, RULES, TODAY)
    assert sorted(found.pairs.values()) == ["peer-0", "peer-1", "peer-2", "peer-3"]


def test_who_is_left_without_a_peer_is_named_in_order():
    found = assign([Demand(key, Wanted()) for key in "cab"], [Candidate("p", limit=1)], RULES, TODAY)
    assert len(found.pairs) == 1
    assert found.unmet == tuple(sorted({"a", "b", "c"} - set(found.pairs)))


def test_nobody_asks_and_nobody_is_there():
    assert assign([], [Candidate("p")], RULES, TODAY) == Assignment({}, ())
    assert assign([Demand("d", Wanted())], [], RULES, TODAY) == Assignment({}, ("d",))


def a_team(n, chance):
    """Invented people of one event: one department and site, each with their own way to be reached."""
    return [
        Demand(f"{chance.getrandbits(64):016x}", Wanted(department="surgery", site="east", channel=channel))
        for channel in chance.choices(["text", "call", "email"], k=n)
    ]


def supporters(n, chance, *, limits):
    """Invented supporters of every kind, not all of them free to be asked for everybody."""
    return [
        Candidate(
            f"peer-{number:02d}",
            limit=chance.choice(limits),
            department=chance.choice(DEPARTMENTS),
            site=chance.choice(SITES),
            profession=chance.choice(PROFESSIONS[1:]),
            channels=frozenset(chance.sample(["text", "call", "email"], 2)),
            turn=chance.randrange(30),
        )
        for number in range(n)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_a_team_of_sixty_is_offered_to_forty_supporters_and_nothing_would_be_better(seed):
    chance = Random(seed)
    team, pool = a_team(60, chance), supporters(40, chance, limits=[3])
    found = assign(team, pool, Rules("never", ("other-site", "same-profession")), TODAY)
    assert (len(found.pairs), found.unmet) == (60, ())
    assert is_within_limits(found.pairs, pool)
    assert nothing_better(found.pairs, team, pool, Rules("never", ("other-site", "same-profession")))


def test_where_room_runs_out_as_many_as_possible_are_served():
    chance = Random(5)
    team, pool = a_team(60, chance), supporters(40, chance, limits=[0, 1, 2])
    found = assign(team, pool, RULES, TODAY)
    room = sum(one.limit for one in pool if one.key in offers_of(team[:1], pool, RULES)[team[0].key])
    assert len(found.pairs) == min(60, room) < 60
    assert nothing_better(found.pairs, team, pool, RULES)


def test_the_proof_sees_an_exchange_that_would_be_better():
    team = [Demand("1", Wanted(channel="text")), Demand("2", Wanted(channel="call"))]
    pool = [
        Candidate("a", limit=1, channels=frozenset({"text"})),
        Candidate("b", limit=1, channels=frozenset({"call"})),
    ]
    assert nothing_better({"1": "a", "2": "b"}, team, pool, RULES)
    assert not nothing_better({"1": "b", "2": "a"}, team, pool, RULES)
    assert not nothing_better({"1": "a"}, team, pool, RULES)


@settings(deadline=None, max_examples=40)
@given(pool=pools, demands=st.lists(wanteds, min_size=1, max_size=12), by=rules)
def test_what_is_weighed_by_columns_is_what_is_weighed_pair_by_pair(pool, demands, by):
    found = costs.offers(demands, pool, by, TODAY)
    pairs = [
        {found.keys[who]: int(against) for who, against in zip(*columns, strict=True)}
        for columns in zip(found.who, found.against, strict=True)
    ]
    expected = offers_of([Demand(str(n), each) for n, each in enumerate(demands)], pool, by)
    for n, each in enumerate(pairs):
        whole = expected[str(n)]
        assert each.items() <= whole.items()
        assert len(each) == min(len(whole), len(demands))


@pytest.mark.parametrize("seed", range(20))
def test_each_of_several_may_be_given_as_many_of_its_best_as_there_are_of_them(seed):
    chance = Random(seed)
    pool = [
        Candidate(
            f"peer-{n}",
            site=chance.choice(SITES),
            profession=chance.choice(PROFESSIONS),
            turn=chance.randrange(4),
            limit=2,
        )
        for n in range(12)
    ]
    wanted, by = Wanted(site="east", profession="nurse"), Rules(prefer=("same-site", "same-profession"))
    best = [match.key for match in rank(wanted, pool, by, TODAY).best]
    for several in range(1, 13):
        found = costs.offers([wanted] * several, pool, by, TODAY)
        assert {found.keys[place] for place in found.who[0]} == set(best[:several])


@pytest.mark.parametrize(
    "asked",
    [
        {"contact": "+15035550142"},
        {"not_with": "Dr. Robin Vale"},
        {"not_with": "Vale"},
        {"barred": frozenset({"robin"})},
        {"peer": "ari"},
        {"peer": "ari", "only_peer": True},
    ],
)
def test_of_many_nobody_is_given_themself_or_whom_they_asked_not_to_meet(asked):
    robin = Candidate("robin", called="robin vale", contacts=frozenset({"+15035550142"}), limit=3)
    pool = [robin, Candidate("ari", called="ari moss", turn=9, limit=3)]
    demands = [Demand("plain", Wanted()), Demand("special", Wanted(**asked))]
    assert assign(demands, pool, RULES, TODAY).pairs == {"plain": "robin", "special": "ari"}


def test_of_many_who_wants_one_peer_alone_waits_when_that_one_cannot():
    pool = [Candidate("robin", limit=3), Candidate("ari", turn=9, limit=1, open_now=1)]
    demands = [Demand("plain", Wanted()), Demand("special", Wanted(peer="ari", only_peer=True))]
    found = assign(demands, pool, RULES, TODAY)
    assert (found.pairs, found.unmet) == ({"plain": "robin"}, ("special",))


def test_a_server_that_never_has_a_team_event_never_holds_the_solver():
    script = (
        "import sys, touchbase.config.wsgi, touchbase.matching.assignment, django; "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "print({'ortools', 'numpy', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
