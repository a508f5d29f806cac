"""The order of those who fit, and those who are left out: held for every pool, not for one."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.oracle import may_not
from tests.matching.pools import DAY, FINE, RULES, TODAY, candidates, drawn, pools, rules, wanteds
from touchbase.matching.ranking import Candidate, LeftOut, Rules, Wanted, Wish, bars_of, rank
from touchbase.matching.reasons import Bar


def keys(wanted, pool, by=RULES):
    return [match.key for match in rank(wanted, pool, by, TODAY).best]


# ---------------------------------------------------------------------------------- what holds for every pool


@settings(max_examples=300)
@given(wanteds, pools, rules)
def test_nobody_with_a_bar_is_offered_and_nobody_without_one_is_left_out(wanted, pool, by):
    assert_only_the_barred_are_left_out(wanted, pool, by)


def test_the_same_of_ten_thousand_pools_drawn_at_random():
    chance = random.Random(20260514)
    for _pool in range(10_000):
        assert_only_the_barred_are_left_out(*drawn(chance))


def assert_only_the_barred_are_left_out(wanted, pool, by):
    found = rank(wanted, pool, by, TODAY)
    barred = {one.key for one in pool if may_not(wanted, one, by)}
    assert {match.key for match in found.best} == {one.key for one in pool} - barred
    assert [left.key for left in found.left_out] == sorted(barred)
    told = {one.key: bars_of(wanted, one, by, TODAY) for one in pool}
    assert [left.bar for left in found.left_out] == [told[left.key][0] for left in found.left_out]


@given(wanteds, pools, rules, st.randoms(use_true_random=False))
def test_the_order_in_which_candidates_come_changes_nothing(wanted, pool, by, chance):
    before, shuffled = rank(wanted, pool, by, TODAY), list(pool)
    chance.shuffle(shuffled)
    after = rank(wanted, iter(shuffled), by, TODAY)
    for part in ("top", "best", "left_out", "left_out_counts", "widening"):
        assert getattr(after, part) == getattr(before, part)
    assert list(after.left_out_counts) == list(before.left_out_counts)


BARRED = [
    {"active": False},
    {"trained": False},
    {"refresher_by": TODAY - DAY},
    {"resting_until": TODAY},
    {"away": ((TODAY, TODAY),)},
    {"open_now": 3},
]


@given(wanteds, pools, rules, st.data())
def test_a_bar_more_takes_one_away_and_moves_nobody_else(wanted, pool, by, data):
    if not pool:
        return
    place = data.draw(st.integers(0, len(pool) - 1))
    worse = list(pool)
    worse[place] = replace(pool[place], **data.draw(st.sampled_from(BARRED)))
    expected = [key for key in keys(wanted, pool, by) if key != pool[place].key]
    assert keys(wanted, worse, by) == expected


@given(wanteds, pools, rules, st.data())
def test_being_asked_longer_ago_never_puts_anybody_back(wanted, pool, by, data):
    before = keys(wanted, pool, by)
    if not before:
        return
    chosen = data.draw(st.sampled_from(before))
    sooner = [replace(one, turn=one.turn - 1) if one.key == chosen else one for one in pool]
    after = keys(wanted, sooner, by)
    assert after.index(chosen) <= before.index(chosen)
    assert [key for key in after if key != chosen] == [key for key in before if key != chosen]


@given(wanteds, pools, rules, candidates)
def test_one_candidate_more_moves_nobody_else(wanted, pool, by, more):
    joined = keys(wanted, [*pool, replace(more, key="newcomer")], by)
    assert [key for key in joined if key != "newcomer"] == keys(wanted, pool, by)


@given(wanteds, pools, rules)
def test_everybody_is_counted_once(wanted, pool, by):
    found = rank(wanted, pool, by, TODAY)
    counts = list(found.left_out_counts.values())
    assert len(found.best) + sum(counts) == len(pool)
    assert counts == sorted(counts, reverse=True)
    assert 0 not in counts


# ------------------------------------------------------------------------------------------- the order itself


def test_among_equals_the_one_asked_longest_ago_comes_first():
    pool = [Candidate("a", turn=7), Candidate("b", turn=2), Candidate("c", turn=5)]
    assert keys(Wanted(), pool) == ["b", "c", "a"]


def test_ties_go_by_key_whatever_the_order():
    pool = [Candidate(f"peer-{n:02}") for n in range(20)]
    shuffled = random.Random(3).sample(pool, len(pool))
    assert keys(Wanted(), shuffled) == [one.key for one in pool]


def test_who_is_first_to_call_is_asked_before_all_whom_only_a_preference_or_their_turn_speaks_for():
    pool = [
        Candidate("turn", turn=0),
        Candidate("second", turn=9, second_on_duty=True),
        Candidate("duty", turn=9, on_duty=True),
        Candidate("same role", turn=9, profession="nurse"),
    ]
    found = keys(Wanted(profession="nurse"), pool, Rules(prefer=("same-profession",)))
    assert found == ["duty", "second", "same role", "turn"]


def test_all_preferences_together_do_not_outweigh_the_roster():
    prefer = ("other-site", "same-profession", "similar-stage", "other-department")
    pool = [Candidate("duty", on_duty=True, turn=9), Candidate("all", profession="nurse", stage="early")]
    assert keys(Wanted(profession="nurse", stage="early"), pool, Rules("fine", prefer)) == ["duty", "all"]


def test_being_first_to_call_lifts_no_bar():
    pool = [Candidate("duty", on_duty=True, open_now=2), Candidate("free")]
    found = rank(Wanted(), pool, Rules(), TODAY)
    assert [match.key for match in found.best] == ["free"]
    assert [each.key for each in found.left_out] == ["duty"]


def test_preferences_count_in_the_order_of_the_policy():
    wanted = Wanted(profession="nurse", stage="early", site="east", department="surgery")
    pool = [
        Candidate("none", site="east"),
        Candidate("department", site="east", department="emergency"),
        Candidate("stage and site", stage="early", site="west", department="surgery"),
        Candidate("role", site="east", profession="nurse", department="surgery"),
    ]
    prefer = ("same-profession", "similar-stage", "other-site", "other-department")
    by = Rules("fine", prefer)
    assert keys(wanted, pool, by) == ["role", "stage and site", "department", "none"]
    other = Rules("fine", ("other-department", "same-profession"))
    assert keys(wanted, pool, other)[:2] == ["department", "role"]


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [("same-site", ["east", "none", "west"]), ("other-site", ["west", "east", "none"])],
)
def test_a_site_counts_only_as_the_program_prefers(prefer, expected):
    pool = [Candidate("none"), Candidate("east", site="east"), Candidate("west", site="west")]
    assert keys(Wanted(site="east"), pool, Rules(prefer=(prefer,))) == expected
    assert keys(Wanted(site="east"), pool) == ["east", "none", "west"]
    assert keys(Wanted(), pool, Rules(prefer=(prefer,))) == ["east", "none", "west"]


def test_a_wish_silences_the_programs_preference_on_that_side():
    pool = [Candidate("a", department="emergency"), Candidate("b", department="surgery", turn=4)]
    wanted = Wanted(department="surgery", wants=frozenset({Wish.OWN_DEPARTMENT}))
    assert keys(wanted, pool, Rules("ask", ("other-department",))) == ["b", "a"]
    assert keys(Wanted(department="surgery"), pool, Rules("fine", ("other-department",))) == ["a", "b"]


def test_who_is_not_known_to_be_of_another_department_does_not_pass_for_one():
    pool = [Candidate("a"), Candidate("b", department="emergency", turn=9)]
    wanted = Wanted(department="surgery", wants=frozenset({Wish.OTHER_DEPARTMENT}))
    assert keys(wanted, pool) == ["b", "a"]


def test_who_is_not_known_to_be_at_the_wished_site_does_not_pass_for_one():
    pool = [Candidate("a"), Candidate("b", site="east", turn=9)]
    assert keys(Wanted(site="east", wants=frozenset({Wish.OWN_SITE})), pool) == ["b", "a"]


@pytest.mark.parametrize(
    ("asked", "theirs"),
    [
        ({"wants": frozenset({Wish.SIMILAR_STAGE}), "stage": "early"}, {"stage": "early"}),
        ({"languages": frozenset({"es"})}, {"languages": frozenset({"es", "en"})}),
        ({"topics": frozenset({"nights"})}, {"topics": frozenset({"nights"})}),
        ({"times": frozenset({"evenings"})}, {"times": frozenset({"evenings"})}),
        ({"channel": "text"}, {"channels": frozenset({"text"})}),
        ({"peer": "b"}, {}),
    ],
)
def test_each_wish_outweighs_all_preferences_and_whose_turn_it_is(asked, theirs):
    prefer = ("same-profession", "same-site", "other-department")
    home = {"profession": "nurse", "site": "east", "department": "emergency"}
    wrong: dict[str, Any] = {
        "times": frozenset({"mornings"}),
        "channels": frozenset({"call"}),
        "stage": "senior",
    }
    pool = [
        Candidate("a", on_duty=True, **(wrong | home)),
        Candidate("b", turn=99, **(wrong | theirs)),
    ]
    wanted = Wanted(profession="nurse", site="east", department="surgery", **asked)
    assert keys(wanted, pool, Rules(prefer=prefer)) == ["b", "a"]


def test_a_wished_language_outweighs_all_other_wishes_and_the_chosen_peer_outweighs_it():
    asked: dict[str, Any] = {
        "topics": frozenset({"nights"}),
        "times": frozenset({"evenings"}),
        "channel": "text",
    }
    pool = [
        Candidate("chosen", times=frozenset({"mornings"}), channels=frozenset({"call"})),
        Candidate("language", languages=frozenset({"es"}), channels=frozenset({"call"})),
        Candidate("rest", topics=frozenset({"nights"}), times=frozenset({"evenings"})),
    ]
    wanted = Wanted(languages=frozenset({"es"}), peer="chosen", **asked)
    assert keys(wanted, pool) == ["chosen", "language", "rest"]


def test_a_language_nobody_speaks_leaves_nobody_out():
    pool = [Candidate("a", languages=frozenset({"en"})), Candidate("b")]
    assert keys(Wanted(languages=frozenset({"es"})), pool) == ["a", "b"]


def test_who_meets_more_wishes_comes_first():
    wanted = Wanted(times=frozenset({"evenings"}), topics=frozenset({"nights"}))
    pool = [
        Candidate("one", times=frozenset({"evenings"})),
        Candidate("both", times=frozenset({"evenings"}), topics=frozenset({"nights"}), turn=5),
    ]
    assert keys(wanted, pool) == ["both", "one"]


def test_who_never_said_when_or_how_is_taken_to_be_free():
    wanted = Wanted(times=frozenset({"evenings"}), channel="text")
    pool = [
        Candidate("b", times=frozenset({"evenings"}), channels=frozenset({"text"})),
        Candidate("a"),
    ]
    assert keys(wanted, pool) == ["a", "b"]


def test_a_name_that_looks_alike_comes_last_whatever_else_speaks_for_it():
    wanted = Wanted(not_with="Dr. H. Moss", peer="moss")
    pool = [Candidate("moss", called="helen moss", on_duty=True), Candidate("else", called="jo lind", turn=9)]
    assert keys(wanted, pool) == ["else", "moss"]


def test_the_same_department_is_asked_where_that_is_fine():
    pool = [Candidate("a", department="surgery"), Candidate("b", department="emergency", turn=1)]
    assert keys(Wanted(department="surgery"), pool, FINE) == ["a", "b"]


# ------------------------------------------------------------------------------------------------ left out


def test_who_is_left_out_is_counted_most_first():
    pool = [
        *(Candidate(f"d{n}", department="surgery") for n in range(3)),
        *(Candidate(f"l{n}", open_now=2) for n in range(2)),
        Candidate("r", resting_until=TODAY),
        Candidate("fits"),
    ]
    found = rank(Wanted(department="surgery"), pool, RULES, TODAY)
    assert [bar.said(n) for bar, n in found.left_out_counts.items()] == [
        "3 same department",
        "2 at their limit",
        "1 resting",
    ]
    assert found.left_out[-1] == LeftOut("r", Bar.RESTING)


def test_an_empty_pool_has_an_answer_too():
    found = rank(Wanted(), [], RULES, TODAY)
    assert (found.top, found.best, found.left_out, dict(found.left_out_counts)) == ((), (), (), {})
    assert not found.may_ask("anybody")
