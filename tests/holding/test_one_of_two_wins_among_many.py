"""Two at once where several people are concerned: a whole list, one peer whom two choose, one person twice.

Whatever two press in the same moment happens once, and both read what holds now.
"""

import re

import pytest

from tests.holding import care, lists
from tests.holding.care import BOARD, at_once, press
from tests.holding.installations import Installation, words
from tests.holding.test_one_of_two_wins import LOST, NOT_THERE, REFUSED, WON, one_won, says_why

ROUNDS = 2
PEOPLE = 5


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_desks_that_ask_for_a_whole_list_at_once_ask_one_peer_for_each(harbor, _round):
    batch = harbor.seed("list_of_people", n=PEOPLE)
    forms = {who: lists.proposed(harbor, batch, who) for who in ("coordinator", "second")}
    before = lists.asked(harbor)
    answers = at_once(*[lambda who=who: lists.ask_all(harbor, batch, forms[who], who) for who in forms])
    chosen = {box.removeprefix("peer-"): peer for box, peer in forms["coordinator"].items()}
    asked = {handle: peer for handle, peer in lists.asked(harbor).items() if handle not in before}
    assert asked == chosen
    assert len(set(asked.values())) == PEOPLE  # each takes one person at a time
    assert {answer.status for answer in answers} <= {WON, NOT_THERE}
    assert all(says_why(answer) for answer in answers if answer.status == NOT_THERE)
    # Together they asked for everybody once, and whoever came second reads that.
    said = [words(harbor.browser(who).get(BOARD).body) for who in forms]
    assert sum(number_of("Asked for", each) for each in said) == PEOPLE
    for each, answer in zip(said, answers, strict=True):
        told = number_of("Asked for", each) + number_of("For", each)
        assert told == (0 if answer.status == NOT_THERE else PEOPLE)
        assert "no room any more" not in each


def number_of(what: str, said: str) -> int:
    """The number in a sentence about people: none when it isn't there, and "one person" is one."""
    found = re.search(rf" {what} (one person|(\d+) people)", said)
    return int(found[2] or 1) if found else 0


@pytest.fixture
def chosen(another) -> Installation:
    """Harbor with a list, and Sam on it, who takes one person at a time."""
    at: Installation = another()
    listing = at.seed("listed", supporter=at.people["third"]["membership"])
    at.people = {**at.people, "third": {**at.people["third"], "listing": listing}}
    return at


def test_of_two_who_choose_one_peer_at_once_one_gets_them_and_the_other_goes_to_the_desk(chosen):
    forms = [care.typed(peer=chosen.people["third"]["listing"], if_busy="another") for _ in range(2)]
    with chosen.served(TOUCHBASE_SWEEP="no"):
        answers = at_once(*[lambda form=form: chosen.browser().post(care.TALK, form) for form in forms])
        assert [answer.status for answer in answers] == [200, 200]
        states = sorted(chosen.stores.state(handle) for handle in chosen.stores.handles())
        assert states == ["matched", "received"]
        assert list(lists.asked(chosen).values()) == [chosen.people["third"]["membership"]]
        assert lists.asks(chosen) == [chosen.people["third"]["membership"]]
        board = words(chosen.browser("coordinator").get(BOARD).body)
    assert "One person is waiting for a match." in board


def test_a_chosen_peer_who_presses_yes_in_two_tabs_says_it_once(chosen):
    form = care.typed(peer=chosen.people["third"]["listing"], if_busy="another")
    with chosen.served(TOUCHBASE_SWEEP="no"):
        care.token_of(chosen.browser().post(care.TALK, form))
        (handle,) = lists.asked(chosen)
        one_won(at_once(*[lambda: press(chosen, "third", handle, "accept")] * 2))
        assert chosen.stores.state(handle) == "accepted"


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_person_entered_twice_is_joined_once_however_many_press(harbor, _round):
    (_one, first), (_two, second) = care.waiting(harbor), care.waiting(harbor)
    before = ended(harbor)
    answers = at_once(
        lambda: harbor.browser("coordinator").post(f"{BOARD}{first}/join/", {"other": second}),
        lambda: harbor.browser("second").post(f"{BOARD}{second}/join/", {"other": first}),
    )
    codes = sorted(answer.status for answer in answers)
    assert codes.count(WON) == 1, codes
    assert set(codes) - {WON} <= {LOST, NOT_THERE, REFUSED}
    nothing = "These two have nothing in common any more. Open the board to see what waits."
    for answer in answers:
        assert answer.status == WON or nothing in words(answer.body) or says_why(answer)
    assert sorted(harbor.stores.state(handle) for handle in (first, second)) == ["closing", "received"]
    # The link of the one that ended leads to the one that stays, and pressing again ends nothing more.
    for handle, other in ((first, second), (second, first)):
        again = harbor.browser("coordinator").post(f"{BOARD}{handle}/join/", {"other": other})
        assert again.status in {LOST, NOT_THERE, REFUSED}
    assert ended(harbor) == before + 1


def ended(at: Installation) -> int:
    """How many referrals have ended and aren't erased yet."""
    ((number,),) = at.stores.rows(
        "default", "SELECT count(*) FROM referrals_referral WHERE state = 'closing'"
    )
    return int(number)
