"""Which reasons and cautions are told of whom."""

import pytest
from hypothesis import given

from tests.matching.pools import RULES, TODAY, pools, rules, wanteds
from touchbase.matching.ranking import Candidate, Rules, Wanted, Wish, rank
from touchbase.matching.reasons import Caution, Reason


def told(wanted, one, by=RULES):
    (match,) = rank(wanted, [one], by, TODAY).top
    return match.reasons


def warned(wanted, one, by=RULES):
    (match,) = rank(wanted, [one], by, TODAY).top
    return match.warnings


KNOWN = Wanted(department="surgery", site="east", profession="physician", stage="senior")


def test_the_board_of_the_design_says_what_the_design_says():
    bell = Candidate(
        "bell", department="emergency", profession="physician", times=frozenset({"evenings"}), on_duty=True
    )
    wanted = Wanted(department="surgery", profession="physician", times=frozenset({"evenings"}))
    (match,) = rank(wanted, [bell], RULES, TODAY).top
    assert match.said({"evenings": "Evenings"}) == (
        "Different department",
        "Same role",
        "First to call today",
        "Free evenings",
    )
    assert (match.open_now, match.limit, match.room) == (0, 2, 2)


def test_a_time_that_has_left_the_policy_is_read_by_its_key():
    one = Candidate("a", times=frozenset({"evenings", "mornings"}))
    (match,) = rank(Wanted(times=frozenset({"evenings", "mornings"})), [one], RULES, TODAY).top
    assert match.said({"mornings": "Mornings"})[0] == "Free evenings, mornings"


def test_times_are_read_by_the_programs_labels_in_the_readers_language():
    one = Candidate("a", times=frozenset({"evenings"}))
    (match,) = rank(Wanted(times=frozenset({"evenings"})), [one], RULES, TODAY).top
    said = match.said({"evenings": "After six"}, lambda text: text.replace("Free", "Libre"))
    assert (match.reasons[0], said[0]) == (Reason.FREE_THEN, "Libre after six")


def test_a_match_says_which_times_both_have_and_how_much_room_is_left():
    one = Candidate("a", times=frozenset({"evenings", "mornings"}), open_now=1, limit=3)
    (match,) = rank(Wanted(times=frozenset({"evenings", "weekends"})), [one], RULES, TODAY).top
    assert (match.free_times, match.open_now, match.limit, match.room) == (("evenings",), 1, 3, 2)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [({}, {"department": "surgery", "site": "east"}), ({"department": "surgery", "site": "east"}, {})],
)
def test_what_is_not_known_of_one_of_them_is_never_said_to_be_different(mine, theirs):
    by = Rules(prefer=("other-site", "other-department"))
    assert told(Wanted(**mine), Candidate("a", **theirs), by) == (Reason.HAS_ROOM, Reason.UP_TO_DATE)


def test_first_to_call_is_said_only_of_who_is_on_duty():
    assert Reason.FIRST_TO_CALL in told(KNOWN, Candidate("a", on_duty=True))
    assert Reason.FIRST_TO_CALL not in told(KNOWN, Candidate("a"))


def test_of_somebody_unknown_two_plain_things_are_said():
    assert told(Wanted(), Candidate("a")) == (Reason.HAS_ROOM, Reason.UP_TO_DATE)
    assert told(Wanted(channel="text"), Candidate("a", channels=frozenset({"text"}))) == (
        Reason.CHANNEL,
        Reason.HAS_ROOM,
    )
    assert told(Wanted(channel="text"), Candidate("a", channels=frozenset({"call"}))) == (
        Reason.HAS_ROOM,
        Reason.UP_TO_DATE,
    )


def test_one_known_thing_is_joined_by_one_plain_one():
    assert told(Wanted(profession="nurse"), Candidate("a", profession="nurse")) == (
        Reason.SAME_PROFESSION,
        Reason.HAS_ROOM,
    )


def test_what_was_asked_for_is_told_before_what_merely_holds():
    wanted = Wanted(
        department="surgery",
        profession="physician",
        stage="senior",
        languages=frozenset({"es"}),
        topics=frozenset({"nights"}),
        times=frozenset({"evenings"}),
    )
    one = Candidate(
        "a",
        department="emergency",
        profession="physician",
        stage="senior",
        languages=frozenset({"en", "es"}),
        topics=frozenset({"nights"}),
        times=frozenset({"evenings"}),
    )
    assert told(wanted, one) == (Reason.LANGUAGE, Reason.TOPIC, Reason.OTHER_DEPARTMENT, Reason.FREE_THEN)


@pytest.mark.parametrize(
    ("wish", "theirs", "reason"),
    [
        (Wish.OWN_DEPARTMENT, {"department": "surgery"}, Reason.OWN_DEPARTMENT),
        (Wish.OTHER_DEPARTMENT, {"department": "emergency"}, Reason.OTHER_DEPARTMENT),
        (Wish.OWN_SITE, {"site": "east"}, Reason.OWN_SITE),
        (Wish.OTHER_SITE, {"site": "west"}, Reason.OTHER_SITE),
        (Wish.SAME_PROFESSION, {"profession": "physician"}, Reason.SAME_PROFESSION),
        (Wish.SIMILAR_STAGE, {"stage": "senior"}, Reason.SIMILAR_STAGE),
    ],
)
def test_each_wish_that_is_met_is_a_reason(wish, theirs, reason):
    wanted = Wanted(
        department="surgery", site="east", profession="physician", stage="senior", wants=frozenset({wish})
    )
    assert reason in told(wanted, Candidate("a", **theirs), Rules("ask"))


@pytest.mark.parametrize(
    ("prefer", "theirs", "reason"),
    [("same-site", "east", Reason.OWN_SITE), ("other-site", "west", Reason.OTHER_SITE)],
)
def test_a_site_is_told_only_where_somebody_cares(prefer, theirs, reason):
    one = Candidate("a", site=theirs)
    assert reason in told(KNOWN, one, Rules(prefer=(prefer,)))
    assert reason not in told(KNOWN, one)


def test_the_chosen_peer_is_told_as_such_and_the_others_carry_a_caution():
    wanted = Wanted(department="surgery", peer="chosen")
    chosen, other = rank(wanted, [Candidate("other"), Candidate("chosen", turn=9)], RULES, TODAY).top
    assert (chosen.key, chosen.reasons[0]) == ("chosen", Reason.CHOSEN)
    assert Caution.NOT_CHOSEN not in chosen.warnings
    assert Caution.NOT_CHOSEN in other.warnings


def test_an_unknown_department_is_never_a_silent_pass():
    assert warned(Wanted(), Candidate("a", department="surgery")) == (Caution.DEPARTMENT_UNKNOWN,)
    assert warned(Wanted(), Candidate("a")) == (Caution.DEPARTMENT_UNKNOWN,)
    assert warned(Wanted(department="surgery"), Candidate("a")) == (Caution.PEER_DEPARTMENT_UNKNOWN,)
    assert warned(Wanted(department="surgery"), Candidate("a", department="emergency")) == ()


def test_the_same_department_where_it_is_fine_is_a_caution_unless_asked_for():
    same, fine = Candidate("a", department="surgery"), Rules("fine")
    assert warned(KNOWN, same, fine) == (Caution.SAME_DEPARTMENT,)
    asked = Wanted(department="surgery", wants=frozenset({Wish.OWN_DEPARTMENT}))
    assert warned(asked, same, fine) == ()
    other = Candidate("b", department="emergency")
    assert warned(asked, other, fine) == (Caution.NOT_OWN_DEPARTMENT,)
    assert Reason.OTHER_DEPARTMENT not in told(asked, other, fine)


HOME = {"department": "surgery", "site": "east", "profession": "physician", "stage": "senior"}


@pytest.mark.parametrize(
    ("asked", "theirs", "caution"),
    [
        ({"not_with": "Dr. A. Moss"}, {"called": "ari moss"}, Caution.NAME_ALIKE),
        ({"not_with": "Ari"}, {"called": "ari moss"}, Caution.NAME_ALIKE),
        ({"wants": frozenset({Wish.OWN_SITE})}, {"site": ""}, Caution.SITE_UNKNOWN),
        ({"wants": frozenset({Wish.OTHER_SITE}), "site": ""}, {}, Caution.SITE_UNKNOWN),
        ({"wants": frozenset({Wish.SAME_PROFESSION}), "profession": ""}, {}, Caution.PROFESSION_UNKNOWN),
        ({"languages": frozenset({"es"})}, {"languages": frozenset({"en"})}, Caution.LANGUAGE),
        ({"topics": frozenset({"nights"})}, {}, Caution.TOPIC),
        ({"wants": frozenset({Wish.SIMILAR_STAGE})}, {"stage": "early"}, Caution.STAGE),
        ({"wants": frozenset({Wish.SIMILAR_STAGE}), "stage": ""}, {}, Caution.STAGE),
        ({"times": frozenset({"evenings"})}, {"times": frozenset({"mornings"})}, Caution.TIMES),
        ({"channel": "text"}, {"channels": frozenset({"call"})}, Caution.CHANNEL),
    ],
)
def test_each_wish_that_is_not_met_is_a_caution_and_no_bar(asked, theirs, caution):
    one = Candidate("a", **(HOME | {"department": "emergency"} | theirs))
    assert warned(Wanted(**(HOME | asked)), one) == (caution,)


def test_who_never_said_when_or_how_gets_no_caution_for_it():
    wanted = Wanted(department="surgery", times=frozenset({"evenings"}), channel="text")
    assert warned(wanted, Candidate("a", department="emergency")) == ()


@given(wanteds, pools, rules)
def test_everybody_who_fits_has_two_to_four_reasons_in_one_order(wanted, pool, by):
    order = list(Reason)
    for match in rank(wanted, pool, by, TODAY).best:
        assert 2 <= len(match.reasons) <= 4
        assert [order.index(reason) for reason in match.reasons] == sorted(map(order.index, match.reasons))
        assert len(set(match.reasons)) == len(match.reasons)
        assert Reason.OWN_DEPARTMENT not in match.reasons or Caution.SAME_DEPARTMENT not in match.warnings
