"""Two people act at once, or one acts twice: exactly one wins, and the other reads what holds now.

Real posts over connections of their own. Whoever loses a referral that is still theirs reads a sentence
(409). Whoever it isn't any more finds nothing there (404), as the stranger does; that page says that what was
there may have moved on.
"""

from collections.abc import Callable
from functools import partial

import pytest

from tests import canary
from tests.holding import care
from tests.holding.care import BOARD, MINE, accepted, asked, at_once, match, press, talking
from tests.holding.installations import Installation, words
from tests.holding.visits import Answer

WON, LOST, NOT_THERE, REFUSED = 302, 409, 404, 400
SENTENCES = (  # each says what holds now, or where to see it
    "Somebody else acted first. Open it again to see where it stands.",
    "That can't be done any more. Your page shows what can.",
    "Somebody else has just asked this peer. Choose another one; nothing was sent.",
    "this referral has moved on. Open it again to see where it stands.",
)
GONE = "There is nothing at this address."
ROUNDS = 4  # of each race: in some of them the two really meet between reading and writing


def says_why(answer: Answer) -> bool:
    """Whether a refusal tells what holds now, and names nobody."""
    assert canary.sung_in(answer.whole) is None
    said = words(answer.body)
    if answer.status == REFUSED:
        return "This peer can't be asked any more. Choose another one; nothing was sent." in said
    if answer.status == LOST:
        return any(sentence in said for sentence in SENTENCES)
    return answer.status == NOT_THERE and GONE in said and "may have moved on" in said


def one_won(answers: list[Answer], *losing: int) -> None:
    """Exactly one went through; every other one says why not."""
    codes = sorted(answer.status for answer in answers)
    assert codes.count(WON) == 1, codes
    assert set(codes) - {WON} <= set(losing or (LOST,)), codes
    assert all(says_why(answer) for answer in answers if answer.status != WON)


# --------------------------------------------------------------------------------------- at the same moment


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_ask_is_accepted_once_however_often_it_is_pressed(harbor, _round):
    _token, handle = asked(harbor)
    one_won(at_once(*[lambda: press(harbor, "supporter", handle, "accept")] * 4))
    assert harbor.stores.state(handle) == "accepted"


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_yes_and_pass_in_two_tabs_are_one_answer(harbor, _round):
    _token, handle = asked(harbor)
    answers = at_once(
        lambda: press(harbor, "supporter", handle, "accept"),
        lambda: press(harbor, "supporter", handle, "pass"),
    )
    one_won(answers, LOST, NOT_THERE)
    assert harbor.stores.state(handle) == ("accepted" if answers[0].status == WON else "received")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_coordinators_who_match_at_once_ask_one_peer(harbor, _round):
    _token, handle = care.waiting(harbor)
    answers = at_once(
        lambda: match(harbor, handle, "supporter", by="coordinator"),
        lambda: match(harbor, handle, "other", by="second"),
    )
    one_won(answers)
    chosen = ("supporter", "other")[answers[1].status == WON]
    assert harbor.stores.state(handle) == "matched"
    assert harbor.browser(chosen).get(f"{MINE}{handle}/").status == 200


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_desks_cannot_ask_one_peer_over_their_limit(harbor, _round):
    """Sam takes one at a time; two coordinators ask Sam for two people."""
    (_one, first), (_two, second) = care.waiting(harbor), care.waiting(harbor)
    answers = at_once(
        lambda: match(harbor, first, "third", by="coordinator"),
        lambda: match(harbor, second, "third", by="second"),
    )
    one_won(answers, LOST, REFUSED)
    states = {handle: harbor.stores.state(handle) for handle in (first, second)}
    assert sorted(states.values()) == ["matched", "received"]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_yes_and_a_desk_that_takes_it_back_are_one_step(harbor, _round):
    _token, handle = asked(harbor)
    answers = at_once(
        lambda: press(harbor, "supporter", handle, "accept"),
        lambda: harbor.browser("coordinator").post(f"{BOARD}{handle}/reassign/"),
    )
    # Either only one of them went through, or the desk took it back after the yes: both in their order.
    if [answer.status for answer in answers] == [WON, WON]:
        assert harbor.stores.state(handle) == "received"
    else:
        one_won(answers, LOST, NOT_THERE)
    assert (harbor.browser("supporter").get(f"{MINE}{handle}/").status == 200) == (
        harbor.stores.state(handle) == "accepted"
    )


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_answers_of_a_recipient_leave_one(harbor, _round):
    token, handle = accepted(harbor)
    press(harbor, "supporter", handle, "touch", how="peer")
    browsers = [harbor.browser(), harbor.browser()]
    for browser in browsers:
        browser.get(f"/t/{token}/")
    yes, rest = at_once(
        lambda: browsers[0].post("/t/answer/", {"answer": "yes"}),
        lambda: browsers[1].post("/t/answer/", {"answer": "not-now"}),
    )
    assert {yes.status, rest.status} <= {WON, LOST}
    assert WON in {yes.status, rest.status}
    assert harbor.stores.state(handle) in {"talking", "resting"}
    if LOST in {yes.status, rest.status}:
        assert harbor.stores.state(handle) == ("talking" if yes.status == WON else "resting")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_close_and_one_erase_end_it_once(harbor, _round):
    token, handle = talking(harbor)
    reader = harbor.browser()
    reader.get(f"/t/{token}/")
    answers = at_once(
        lambda: press(harbor, "supporter", handle, "close"),
        lambda: reader.post("/t/erase/"),
    )
    assert all(says_why(answer) for answer in answers if answer.status not in {200, WON})
    if answers[1].status == 200:
        assert harbor.stores.state(handle) == "gone"
        assert handle not in harbor.stores.keyed()
    else:
        assert answers[1].status == LOST
        assert reader.post("/t/erase/").status == 200


# ---------------------------------------------------------------------------------------------- a stale tab


def test_passing_and_then_accepting_in_an_old_tab_opens_nothing(harbor):
    _token, handle = asked(harbor)
    assert press(harbor, "supporter", handle, "pass").status == WON
    late = press(harbor, "supporter", handle, "accept")
    assert late.status == NOT_THERE
    assert says_why(late)
    assert harbor.stores.state(handle) == "received"


def test_an_ask_that_went_to_the_next_peer_is_theirs_alone(harbor):
    _token, handle = asked(harbor)
    harbor.browser("coordinator").post(f"{BOARD}{handle}/reassign/")
    assert match(harbor, handle, "other").status == WON
    answers = at_once(
        lambda: press(harbor, "supporter", handle, "accept"), lambda: press(harbor, "other", handle, "accept")
    )
    assert [answer.status for answer in answers] == [NOT_THERE, WON]
    assert says_why(answers[0])


def test_matching_in_a_tab_of_this_morning_says_that_a_peer_was_asked(harbor):
    _token, handle = asked(harbor)
    late = match(harbor, handle, "other", by="second")
    assert late.status == LOST
    assert says_why(late)
    assert f'href="{BOARD}{handle}/"' in late.text
    assert harbor.browser("other").get(f"{MINE}{handle}/").status == NOT_THERE


@pytest.mark.parametrize(("what", "form"), [("talked", {"mode": "phone"}), ("close", {})])
def test_closing_what_is_closed_already_leads_to_the_page_that_says_so(harbor, what, form):
    _token, handle = talking(harbor)
    for _press in range(2):
        assert press(harbor, "supporter", handle, what, **form).header("Location") == f"{MINE}{handle}/"
    assert "closed" in words(harbor.browser("supporter").get(f"{MINE}{handle}/").body)
    assert press(harbor, "supporter", handle, "undo").status == WON
    assert harbor.stores.state(handle) == "talking"


def test_a_note_after_the_close_goes_nowhere(harbor):
    _token, handle = talking(harbor)
    press(harbor, "supporter", handle, "close")
    late = press(harbor, "supporter", handle, "touch", how="peer")
    assert late.status == NOT_THERE
    assert says_why(late)
    assert harbor.stores.state(handle) == "closing"


def test_an_undo_after_the_erasing_finds_nothing(harbor):
    _token, handle = talking(harbor)
    press(harbor, "supporter", handle, "close")
    assert harbor.browser("coordinator").post(f"{BOARD}{handle}/erase/").status == WON
    for who, address in (("supporter", f"{MINE}{handle}/undo/"), ("coordinator", f"{BOARD}{handle}/undo/")):
        late = harbor.browser(who).post(address)
        assert late.status == NOT_THERE
        assert says_why(late)
    assert (harbor.stores.state(handle), handle in harbor.stores.keyed()) == ("gone", False)


def test_an_undo_at_the_same_moment_as_the_erasing_never_brings_anybody_back(harbor):
    for _round in range(ROUNDS):
        _token, handle = talking(harbor)
        press(harbor, "supporter", handle, "close")
        undo, erase = at_once(
            partial(press, harbor, "supporter", handle, "undo"),
            partial(harbor.browser("coordinator").post, f"{BOARD}{handle}/erase/"),
        )
        assert erase.status in {WON, LOST}
        assert all(says_why(answer) for answer in (undo, erase) if answer.status != WON)
        if erase.status == WON:
            assert (harbor.stores.state(handle), handle in harbor.stores.keyed()) == ("gone", False)
        else:
            assert (undo.status, harbor.stores.state(handle)) == (WON, "talking")


def test_an_answer_after_the_close_says_that_it_has_closed(harbor):
    token, handle = talking(harbor)
    reader = harbor.browser()
    reader.get(f"/t/{token}/")
    press(harbor, "supporter", handle, "close")
    late = reader.post("/t/answer/", {"answer": "not-now"})
    assert late.status == LOST
    assert says_why(late)
    assert harbor.stores.state(handle) == "closing"


def test_an_answer_after_the_erasing_finds_an_ended_link(harbor):
    token, handle = talking(harbor)
    reader, other = harbor.browser(), harbor.browser()
    for browser in (reader, other):
        browser.get(f"/t/{token}/")
    assert other.post("/t/erase/").status == 200
    late = reader.post("/t/answer/", {"answer": "yes"})
    assert late.status == NOT_THERE
    assert "This link has ended, to protect your privacy." in words(late.body)
    assert canary.sung_in(late.whole) is None
    assert harbor.stores.state(handle) == "gone"


def test_a_yes_after_its_time_is_over_finds_the_ask_gone(another: Callable[[], Installation]):
    """Asked twenty hours ago, with four waking hours to answer; the clock has come round since."""
    late = another()
    handle = late.seed("asked_before", hours=20, supporter=late.people["supporter"]["membership"])
    with late.served():
        assert care.until_state(late, handle, "received")
        answer = press(late, "supporter", handle, "accept")
        assert answer.status == NOT_THERE
        assert says_why(answer)
        assert match(late, handle, "other").status == WON


# -------------------------------------------------------------------------------------------- the same form


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_form_sent_twice_at_once_is_one_referral_and_two_thank_yous(harbor, _round):
    before, form = harbor.stores.handles(), care.typed()
    answers = at_once(*[lambda: harbor.browser().post(care.TALK, form)] * 3)
    assert [answer.status for answer in answers] == [200] * 3
    assert len({care.token_of(answer) for answer in answers}) == 1
    assert len(harbor.stores.handles() - before) == 1
    assert harbor.stores.handles() == harbor.stores.keyed()
