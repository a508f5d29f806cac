"""What can be done when nobody fits: never silence (ruling D7)."""

from hypothesis import given, settings

from tests.matching.pools import DAY, RULES, TODAY, pools, rules, wanteds
from touchbase.matching.ranking import Candidate, Wanted, Widening, Wish, bars_of, rank
from touchbase.matching.reasons import Bar, Widen

ELSEWHERE = frozenset({Wish.OTHER_SITE, Wish.SAME_PROFESSION})
PERSON = Wanted(department="surgery", site="east", profession="nurse", wants=ELSEWHERE)


def steps(pool, wanted=PERSON):
    return {each.step: each.keys for each in rank(wanted, pool, RULES, TODAY).widening}


def nurse(key, **changes):
    return Candidate(key, **({"department": "emergency", "site": "west", "profession": "nurse"} | changes))


def test_while_somebody_fits_there_is_nothing_to_widen():
    found = rank(PERSON, [nurse("a"), nurse("b", open_now=2)], RULES, TODAY)
    assert found.widening == ()
    assert found.may_ask("a")
    assert not found.may_ask("b")


def test_each_step_says_whom_it_adds_to_the_steps_before_it():
    pool = [
        nurse("full", open_now=2),
        nurse("near", site="east"),
        nurse("near and full", site="east", open_now=1, limit=1),
        nurse("doctor", profession="physician"),
        nurse("near doctor", profession="physician", site="east", turn=-1),
    ]
    assert rank(PERSON, pool, RULES, TODAY).widening == (
        Widening(Widen.LIMIT, ("full",)),
        Widening(Widen.SITE, ("near", "near and full")),
        Widening(Widen.PROFESSION, ("doctor", "near doctor")),
        Widening(Widen.BACKUP, ()),
    )


def test_the_steps_count_whom_they_add():
    found = rank(PERSON, [nurse("a", site="east"), nurse("b", site="east")], RULES, TODAY)
    assert [each.adds for each in found.widening] == [0, 2, 0, 0]


def test_those_a_step_adds_come_best_first():
    pool = [nurse("b", site="east", turn=3), nurse("a", site="east", turn=4), nurse("c", site="east", turn=1)]
    assert steps(pool)[Widen.SITE] == ("c", "b", "a")


def test_nobody_is_asked_for_two_more_or_against_a_limit_of_none():
    pool = [nurse("over", open_now=3), nurse("none", limit=0), nurse("none, and busy", limit=0, open_now=1)]
    assert steps(pool) == {Widen.LIMIT: (), Widen.SITE: (), Widen.PROFESSION: (), Widen.BACKUP: ()}


def test_no_step_crosses_what_protects_a_person():
    pool = [
        nurse("rests", resting_until=TODAY, open_now=2),
        nurse("left", active=False),
        nurse("learns", trained=False),
        nurse("refreshes", refresher_by=TODAY - DAY),
        nurse("travels", away=((TODAY, TODAY),)),
        nurse("same team", department="surgery", site="east"),
        nurse("leads", leads=frozenset({"surgery"}), profession="physician"),
    ]
    assert steps(pool) == {Widen.LIMIT: (), Widen.SITE: (), Widen.PROFESSION: (), Widen.BACKUP: ()}


def test_whom_a_step_leads_to_may_be_asked_and_nobody_else():
    pool = [nurse("full", open_now=2), nurse("rests", resting_until=TODAY)]
    found = rank(PERSON, pool, RULES, TODAY)
    assert [found.may_ask(key) for key in ("full", "rests", "a stranger")] == [True, False, False]


LIFTED = {Bar.AT_LIMIT, Bar.SITE, Bar.PROFESSION}


@settings(max_examples=200)
@given(wanteds, pools, rules)
def test_the_steps_reach_exactly_those_whom_only_they_keep_away(wanted, pool, by):
    found = rank(wanted, pool, by, TODAY)
    bars = {one.key: set(bars_of(wanted, one, by, TODAY)) for one in pool}
    full = {one.key for one in pool if one.open_now > one.limit or one.limit == 0}
    reached = [key for each in found.widening for key in each.keys]
    expected = {key for key, theirs in bars.items() if theirs <= LIFTED and key not in full}
    assert len(set(reached)) == len(reached)
    assert set(reached) == (set() if found.best else expected)
    assert [each.step for each in found.widening] == ([] if found.best else list(Widen))
