"""A supporter's days on the roster: seen, swapped by a press each, given back by one, and no reason asked."""

import re
from html import unescape

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.supporters.rosters import AT, KEPT, SAT, SUN, THU, keep
from touchbase.supporters.models import Swap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def wednesday_noon():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def ari(people, visitor_of):
    """Ari Stone's browser."""
    return visitor_of(people.other_supporter.account)


@pytest.fixture
def robin(people, visitor_of):
    """Robin Vale's browser."""
    return visitor_of(people.supporter.account)


@pytest.fixture
def called(roster):
    """Ari is called on Thursday, Robin on Saturday after Kai."""
    ari, kai, _mo, robin = roster.keys
    roster.publish(thu=(ari, ""), sat=(kai, robin))
    return roster


def words(answer):
    """What a page says."""
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def test_without_a_roster_nothing_is_said_of_it(people, robin):
    assert "First to call" not in words(robin.get("/harbor/mine/"))
    assert "You are not on the roster ahead." in words(robin.get("/harbor/mine/duty/"))


def test_the_first_page_says_when_one_is_called_next(called, ari, robin):
    assert "You are first to call on Thu, May 14." in words(ari.get("/harbor/mine/"))
    assert "You are second to call on Sat, May 16." in words(robin.get("/harbor/mine/"))


def test_ones_days_are_listed_with_who_is_beside_one(called, robin):
    text = words(robin.get("/harbor/mine/duty/"))
    assert "You are called once in what is ahead." in text
    assert "Second, after Kai Reed" in text


def test_a_swap_is_asked_by_a_press_and_accepted_by_a_press(called, ari, robin):
    page = words(ari.get(f"/harbor/mine/duty/{THU}/"))
    choice = re.search(r'name="with" value="([^"]+)">Ask<span class="vh"> Robin Vale', page)
    assert choice is not None
    assert ari.post(f"/harbor/mine/duty/{THU}/ask/", {"with": choice[1]}).status_code == 302
    assert "Robin Vale was asked to swap" in words(ari.get("/harbor/mine/duty/"))

    assert "A colleague asks to swap a day with you." in words(robin.get("/harbor/mine/"))
    asked = words(robin.get("/harbor/mine/duty/"))
    assert "Ari Stone asks to swap." in asked
    assert "You would take Thu, May 14; they would take your Sat, May 16." in asked
    swap = Swap.objects.get()
    assert robin.post(f"/harbor/mine/duty/swaps/{swap.id}/", {"answer": "yes"}).status_code == 302
    assert (called.on(THU)[0], called.on(SAT)[1]) == (called.keys[3], called.keys[0])


def test_not_this_time_is_as_easy_and_asks_for_no_reason(called, ari, robin):
    ari.post(f"/harbor/mine/duty/{THU}/ask/", {"with": f"{called.keys[3]} {SAT}"})
    text = words(robin.get("/harbor/mine/duty/"))
    assert text.count("btn answer") == 2
    assert "<textarea" not in text
    swap = Swap.objects.get()
    robin.post(f"/harbor/mine/duty/swaps/{swap.id}/", {"answer": "no"})
    assert (called.on(THU)[0], Swap.objects.count()) == (called.keys[0], 0)


def test_a_day_is_given_back_by_one_press(called, ari):
    assert ari.post(f"/harbor/mine/duty/{THU}/back/").status_code == 302
    assert called.on(THU) == ("", "")
    assert "You are not on the roster ahead." in words(ari.get("/harbor/mine/duty/"))


def test_a_day_beyond_a_roster_that_was_made_shorter_is_swapped_with_nobody_and_given_back(called, ari):
    far = SUN + 7 * (SUN - SAT)
    called.name(far, (called.keys[0], ""))
    keep(called.here, KEPT.replace("ahead_weeks = 2", "ahead_weeks = 1"))
    assert "Nobody can swap with you now" in words(ari.get(f"/harbor/mine/duty/{far}/"))
    page = words(ari.post(f"/harbor/mine/duty/{far}/back/", follow=True))
    assert ("It is open now" in page, called.on(far)) == (True, ("", ""))


def test_a_question_is_taken_back_by_one_press(called, ari):
    ari.post(f"/harbor/mine/duty/{THU}/ask/", {"with": f"{called.keys[3]} {SAT}"})
    ari.post(f"/harbor/mine/duty/{THU}/keep/")
    assert (Swap.objects.count(), called.on(THU)[0]) == (0, called.keys[0])


@pytest.mark.parametrize("day", [str(SUN), "someday"])
def test_taking_back_what_was_not_asked_leads_to_ones_days_and_changes_nothing(called, ari, day):
    ari.post(f"/harbor/mine/duty/{THU}/ask/", {"with": f"{called.keys[3]} {SAT}"})
    answer = ari.post(f"/harbor/mine/duty/{day}/keep/", follow=True)
    assert answer.redirect_chain == [("/harbor/mine/duty/", 302)]
    assert "Robin Vale was asked to swap" in words(answer)


@pytest.mark.parametrize("rest", [f"{SUN}/", "someday/", f"{SAT}/"])
def test_a_day_that_is_not_ones_own_is_not_there(called, ari, rest):
    assert ari.get(f"/harbor/mine/duty/{rest}").status_code == 404
    assert ari.post(f"/harbor/mine/duty/{rest}back/").status_code == 404
    assert ari.post(f"/harbor/mine/duty/{rest}ask/", {"with": "nobody"}).status_code == 404


def test_a_swap_of_others_is_not_there(called, ari, robin, people, visitor_of):
    ari.post(f"/harbor/mine/duty/{THU}/ask/", {"with": f"{called.keys[3]} {SAT}"})
    swap = Swap.objects.get()
    other = visitor_of(called.more[0].account)
    assert other.post(f"/harbor/mine/duty/swaps/{swap.id}/", {"answer": "yes"}).status_code == 404
    assert visitor_of(people.coordinator.account).get("/harbor/mine/duty/").status_code == 404


def test_ones_days_cost_the_same_for_one_and_for_ten(called, ari):
    def cost():
        with CaptureQueriesContext(connections["default"]) as found:
            ari.get("/harbor/mine/duty/")
        return len(found)

    one = cost()
    key = called.keys[0]
    for number in range(2, 12):
        called.name(THU + number * (SUN - SAT), (key, ""), was=called.on(THU + number * (SUN - SAT)))
    assert cost() == one
