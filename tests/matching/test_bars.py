"""Who is never offered: each bar alone, at its edge, and the words for it."""

from datetime import timedelta

import pytest

from tests.matching.pools import DAY, FINE, RULES, TODAY
from touchbase.matching.ranking import (
    Candidate,
    LeftOut,
    OwnDepartment,
    Rules,
    Wanted,
    Wish,
    bars_of,
    rank,
)
from touchbase.matching.reasons import Bar

PERSON = Wanted(department="surgery", site="east", profession="nurse", contact="+15035550142")
PEER = Candidate("peer", called="robin vale", department="emergency", site="west", profession="physician")


def peer(**changes):
    return Candidate(**{name: getattr(PEER, name) for name in Candidate.__dataclass_fields__} | changes)


def person(**changes):
    return Wanted(**{name: getattr(PERSON, name) for name in Wanted.__dataclass_fields__} | changes)


def bars(wanted=PERSON, one=PEER, rules=RULES):
    return bars_of(wanted, one, rules, TODAY)


def test_nothing_bars_a_trained_peer_of_another_department():
    assert bars() == ()


@pytest.mark.parametrize(
    ("changes", "bar"),
    [
        ({"active": False}, Bar.NOT_ACTIVE),
        ({"trained": False}, Bar.NOT_TRAINED),
        ({"refresher_by": TODAY - DAY}, Bar.REFRESHER_OVERDUE),
        ({"resting_until": TODAY}, Bar.RESTING),
        ({"away": ((TODAY - DAY, TODAY),)}, Bar.AWAY),
        ({"away": ((TODAY - 9 * DAY, TODAY - 8 * DAY), (TODAY, TODAY + DAY))}, Bar.AWAY),
        ({"open_now": 2}, Bar.AT_LIMIT),
        ({"open_now": 3}, Bar.AT_LIMIT),
        ({"limit": 0}, Bar.AT_LIMIT),
        ({"contacts": frozenset({"+15035550142", "robin@example.org"})}, Bar.THEMSELF),
        ({"leads": frozenset({"surgery"})}, Bar.LEADS),
        ({"department": "surgery"}, Bar.SAME_DEPARTMENT),
    ],
)
def test_each_bar_of_a_supporter_stands_alone(changes, bar):
    assert bars(one=peer(**changes)) == (bar,)


@pytest.mark.parametrize(
    "changes",
    [
        {"refresher_by": TODAY},
        {"resting_until": TODAY - DAY},
        {"away": ((TODAY - 2 * DAY, TODAY - DAY), (TODAY + DAY, TODAY + 2 * DAY))},
        {"open_now": 1},
        {"contacts": frozenset({"+15035550143"})},
        {"leads": frozenset({"emergency"})},
    ],
)
def test_a_day_or_a_place_beside_the_edge_bars_nobody(changes):
    assert bars(one=peer(**changes)) == ()


@pytest.mark.parametrize(
    ("changes", "bar"),
    [
        ({"not_with": "Dr. Robin Vale"}, Bar.NOT_WITH),
        ({"not_with": "Sam Ode; robin vale"}, Bar.NOT_WITH),
        ({"barred": frozenset({"peer"})}, Bar.ASKED_BEFORE),
        ({"peer": "somebody", "only_peer": True}, Bar.NOT_CHOSEN),
        ({"wants": frozenset({Wish.OWN_SITE})}, Bar.SITE),
        ({"site": "west", "wants": frozenset({Wish.OTHER_SITE})}, Bar.SITE),
        ({"wants": frozenset({Wish.SAME_PROFESSION})}, Bar.PROFESSION),
    ],
)
def test_each_bar_of_a_request_stands_alone(changes, bar):
    assert bars(person(**changes)) == (bar,)


@pytest.mark.parametrize(
    "changes",
    [
        {"not_with": "Vale"},  # a last name alone is a caution
        {"not_with": "Robin Valens"},
        {"barred": frozenset({"somebody"})},
        {"peer": "somebody"},
        {"only_peer": True},
        {"site": "west", "wants": frozenset({Wish.OWN_SITE})},
        {"wants": frozenset({Wish.OTHER_SITE})},
        {"profession": "physician", "wants": frozenset({Wish.SAME_PROFESSION})},
        {"site": "", "wants": frozenset({Wish.OWN_SITE})},
        {"site": "", "wants": frozenset({Wish.OTHER_SITE})},
        {"profession": "", "wants": frozenset({Wish.SAME_PROFESSION})},
        {"wants": frozenset({Wish.SIMILAR_STAGE, "something-new"})},
    ],
)
def test_what_was_not_asked_for_or_is_met_bars_nobody(changes):
    assert bars(person(**changes)) == ()


def test_a_peer_whose_site_is_not_known_is_not_taken_to_be_elsewhere():
    nowhere = peer(site="")
    assert bars(person(wants=frozenset({Wish.OWN_SITE})), nowhere) == ()
    assert bars(person(wants=frozenset({Wish.OTHER_SITE})), nowhere) == ()


def test_who_asks_for_the_same_site_and_another_gets_another():
    both = frozenset({Wish.OWN_SITE, Wish.OTHER_SITE})
    assert bars(person(wants=both)) == ()
    assert bars(person(wants=both, site="west")) == (Bar.SITE,)


def test_what_is_unknown_of_both_is_not_the_same():
    nothing = peer(
        called="", department="", site="", profession="", contacts=frozenset({""}), leads=frozenset({""})
    )
    assert bars(Wanted(), nothing) == ()


@pytest.mark.parametrize(
    ("policy", "wants", "barred"),
    [
        ("never", [], True),
        ("never", [Wish.OWN_DEPARTMENT], True),
        ("ask", [], True),
        ("ask", [Wish.OWN_DEPARTMENT], False),
        ("ask", [Wish.OWN_DEPARTMENT, Wish.OTHER_DEPARTMENT], True),
        ("fine", [], False),
        ("fine", [Wish.OWN_DEPARTMENT], False),
        ("fine", [Wish.OTHER_DEPARTMENT], True),
        ("a word nobody knows", [], True),
    ],
)
def test_the_own_department_is_asked_only_where_the_policy_or_the_wish_allows(policy, wants, barred):
    found = bars(person(wants=frozenset(wants)), peer(department="surgery"), Rules(policy))
    assert found == ((Bar.SAME_DEPARTMENT,) if barred else ())


def test_who_leads_the_department_is_barred_even_where_the_own_department_is_fine():
    assert bars(one=peer(leads=frozenset({"surgery"})), rules=FINE) == (Bar.LEADS,)


@pytest.mark.parametrize(
    ("policy", "kept"),
    [(OwnDepartment.NEVER, (Bar.SAME_DEPARTMENT,)), (OwnDepartment.ASK, ()), (OwnDepartment.FINE, ())],
)
def test_choosing_a_peer_overrules_ones_other_wishes_but_not_never(policy, kept):
    wants = frozenset({Wish.OTHER_SITE, Wish.OTHER_DEPARTMENT, Wish.SAME_PROFESSION})
    chosen = person(peer="peer", only_peer=True, wants=wants, site="west")
    assert bars(chosen, peer(department="surgery"), Rules(policy)) == kept


@pytest.mark.parametrize("policy", OwnDepartment)
def test_choosing_a_peer_overrules_nothing_that_protects_either_of_them(policy):
    chosen = person(peer="peer", not_with="Robin Vale", barred=frozenset({"peer"}))
    busy = peer(active=False, open_now=2, resting_until=TODAY, leads=frozenset({"surgery"}))
    expected = (Bar.NOT_ACTIVE, Bar.RESTING, Bar.LEADS, Bar.NOT_WITH, Bar.ASKED_BEFORE, Bar.AT_LIMIT)
    assert bars(chosen, busy, Rules(policy)) == expected


def test_of_several_bars_the_first_is_the_one_that_is_told():
    ranking = rank(person(), [peer(active=False, trained=False, open_now=2)], RULES, TODAY)
    assert ranking.left_out == (LeftOut("peer", Bar.NOT_ACTIVE),)


def test_all_bars_at_once_are_all_told_in_their_order():
    everything = person(
        not_with="Robin Vale",
        barred=frozenset({"peer"}),
        peer="somebody",
        only_peer=True,
        wants=frozenset({Wish.OWN_SITE, Wish.SAME_PROFESSION}),
    )
    one = peer(
        active=False,
        trained=False,
        refresher_by=TODAY - timedelta(days=400),
        resting_until=TODAY,
        away=((TODAY, TODAY),),
        contacts=frozenset({PERSON.contact}),
        leads=frozenset({"surgery"}),
        department="surgery",
        open_now=9,
    )
    assert bars(everything, one) == tuple(Bar)
