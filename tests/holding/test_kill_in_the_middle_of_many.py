"""kill -9 of the server while somebody asks for a colleague, sends a list, or asks for a whole list at once.

What was thanked for is there, whole, and nothing is there by half; the same press again finishes what the
first began, and does nothing twice.
"""

import re

from tests.holding import lists
from tests.holding.care import BOARD
from tests.holding.crashes import (
    ColleaguesPress,
    killed_between_the_stores,
    killed_when,
    pressed_until_killed,
    seconds_of_a_round,
)
from tests.holding.installations import Installation, words
from tests.holding.test_kill_at_any_moment import half_kept, warm

ROUNDS = 2
# Cut off as soon as some are there: a busy machine lets the server go on a while before that is seen.
PEOPLE, SOME = 24, 3


def test_a_colleagues_thank_you_has_its_referral_whenever_the_server_was_killed(another):
    at: Installation = another()
    cut_off, thanked = 0, 0
    at.start(TOUCHBASE_SWEEP="no")
    warm(at)
    whole = seconds_of_a_round(at, ColleaguesPress)
    for place in range(ROUNDS):
        before = at.stores.handles()
        presses = pressed_until_killed(at, whole * place / ROUNDS, ColleaguesPress)
        at.start(TOUCHBASE_SWEEP="no")
        assert half_kept(at) == []
        seen = [press for press in presses if press.token]
        unseen = [press for press in presses if not press.token]
        assert len(seen) <= len(at.stores.handles() - before) <= len(presses)
        # Who wasn't thanked presses again. Who was thanked does, too, and nothing is made anew.
        for press in (*unseen, *seen):
            press.send(at)
            assert press.token
        assert len(at.stores.handles() - before) == len(presses)
        assert at.stores.handles() == at.stores.keyed()
        assert half_kept(at) == []
        cut_off, thanked = cut_off + len(unseen), thanked + len(seen)
    held = at.stores.rows("default", "SELECT count(*) FROM referrals_referral WHERE NOT held")
    assert held == [(0,)]  # each still waits for the desk's look
    assert min(cut_off, thanked) > 0, "some were cut off and some thanked, else this shows nothing"


def test_a_colleagues_press_that_was_cut_off_between_the_stores_is_finished_by_the_same_press(another):
    at: Installation = another()
    with at.served(TOUCHBASE_SWEEP="no"):
        warm(at)
        press = killed_between_the_stores(at, ColleaguesPress)
    kept = at.stores.handles()
    (orphan,) = at.stores.keyed() - kept
    assert press.token == ""
    with at.served(TOUCHBASE_SWEEP="no"):
        press.send(at)
        press.send(at)
    assert press.token
    assert at.stores.handles() == at.stores.keyed() == {*kept, orphan}
    assert half_kept(at) == []


def test_a_list_that_was_cut_off_is_pasted_again_and_nobody_of_it_can_get_two_notes(another):
    at: Installation = another()
    with at.served(TOUCHBASE_SWEEP="no"):
        form = lists.checked(at, PEOPLE)
        assert at.stores.handles() == set()
        killed_when(at, lambda: lists.send(at, form), lambda: len(at.stores.handles()) >= SOME)
    first = at.stores.handles()
    assert SOME <= len(first) < PEOPLE
    assert half_kept(at) == []
    with at.served(TOUCHBASE_SWEEP="no"):
        # The key of what travels through a browser was in the server's memory alone (ruling C6).
        again = lists.send(at, form)
        assert (again.status, "Please paste the list again." in words(again.body)) == (410, True)
        assert at.stores.handles() == first
        thanks = lists.send(at, lists.checked(at, PEOPLE))
        assert f"We have {PEOPLE} people from you." in words(thanks.body)
        # Those of the first try are told to the desk; a peer is proposed only for who came once.
        # The first ten of the board may all be of one list: everybody who waits is asked for.
        everybody = at.browser("coordinator").get(f"{BOARD}?all=match").text
        batches = set(re.findall(r"/desk/events/([0-9a-z]+)/", everybody))
        assert len(batches) == 2
        twice = [lists.here_already(at, batch) for batch in batches]
        asked_for = {box for batch in batches for box in lists.proposed(at, batch)}
    assert twice == [len(first), len(first)]
    assert asked_for
    assert not {box.removeprefix("peer-") for box in asked_for} & first
    assert len(at.stores.handles()) == PEOPLE + len(first)
    assert half_kept(at) == []


def test_a_press_for_all_that_was_cut_off_is_finished_by_the_same_press_and_asks_nobody_twice(another):
    at: Installation = another()
    batch = at.seed("list_of_people", n=PEOPLE)
    with at.served(TOUCHBASE_SWEEP="no"):
        form = lists.proposed(at, batch)
        assert len(form) == PEOPLE
        killed_when(at, lambda: lists.ask_all(at, batch, form), lambda: len(lists.asked(at)) >= SOME)
    first = lists.asked(at)
    assert SOME <= len(first) < PEOPLE
    # Whoever is asked has their message waiting; for everybody else nothing is on its way.
    assert lists.asks(at) == sorted(first.values())
    assert first.items() <= {box.removeprefix("peer-"): peer for box, peer in form.items()}.items()
    with at.served(TOUCHBASE_SWEEP="no"):
        assert lists.ask_all(at, batch, form).status == 302
        whole = lists.asked(at)
        assert whole == {box.removeprefix("peer-"): peer for box, peer in form.items()}
        assert lists.asks(at) == sorted(set(whole.values()))
        assert lists.ask_all(at, batch, form).status == 404  # nobody of the list waits any more
        assert (lists.asked(at), lists.asks(at)) == (whole, sorted(set(whole.values())))
    assert half_kept(at) == []
