"""When a supporter can be asked: each thing is one press, and so is taking it back."""

from datetime import date

import pytest

from tests.factories.paths import NOON
from tests.factories.people import make_supporter
from tests.web.public.asking import words
from touchbase.matching.ranking import Rules, Wanted, rank
from touchbase.matching.reasons import Bar
from touchbase.supporters import queries
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

DAYS, AWAY, REST = "/harbor/mine/availability/", "/harbor/mine/availability/away/", "/harbor/mine/rest/"


@pytest.fixture
def robin(here, visitor_of, noon):
    return visitor_of(make_supporter(here, "Robin Vale").account)


def row():
    return Supporter.objects.get()


def bars(here):
    pool = queries.candidates(here.id, policy=here.policy, today=NOON.date(), open_now={})
    return [each.bar for each in rank(Wanted(), pool, Rules(), NOON.date()).left_out]


def test_the_usual_week_is_kept(robin):
    sent = {"days": ["fri", "mon"], "parts": ["evenings"], "limit": "3", "nights": "1"}
    assert robin.post(DAYS, sent)["Location"] == DAYS
    assert (row().days, row().parts_of_week, row().limit, row().nights) == (
        ["mon", "fri"], ["evenings"], 3, True,
    )  # fmt: skip
    robin.post(DAYS, {"limit": "0"})
    assert (row().days, row().parts_of_week, row().limit, row().nights) == ([], [], 0, False)


@pytest.mark.parametrize("wrong", [{"limit": "4"}, {"limit": ""}, {"days": "someday"}, {"parts": "noon"}])
def test_what_isnt_in_the_lists_changes_nothing(robin, wrong):
    before = Supporter.objects.values().get()
    assert robin.post(DAYS, {"limit": "1", **wrong}).status_code in {400, 409, 422}
    assert Supporter.objects.values().get() == before


def test_a_time_away_is_added_and_taken_back_with_a_press(robin, here):
    robin.post(AWAY, {"first": "2026-05-10", "last": "2026-05-15"})
    page = robin.get(DAYS)
    assert "Sun, May 10 to Fri, May 15" in words(page)
    assert bars(here) == [Bar.AWAY]
    robin.post(AWAY, {"back": "2026-05-10/2026-05-15"})
    assert (row().away, bars(here)) == ([], [])


def test_one_day_is_enough(robin):
    robin.post(AWAY, {"first": "2026-06-01", "last": ""})
    assert row().away == [["2026-06-01", "2026-06-01"]]
    assert "Mon, Jun 1 Take back" in words(robin.get(DAYS))


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("", "", "Choose the first and the last day."),
        ("soon", "2026-06-01", "Choose the first and the last day."),
        ("2026-06-02", "2026-06-01", "Choose a last day that isn't before the first."),
        ("2026-04-01", "2026-04-02", "Choose days that aren't over."),
    ],
)
def test_days_that_cant_be_kept_are_said_beside_the_boxes(robin, first, last, says):
    page = robin.post(AWAY, {"first": first, "last": last})
    assert page.status_code == 422
    assert says in words(page)
    assert f'value="{last}"' in page.content.decode()
    assert row().away == []


def test_rest_and_pause_are_one_press_and_one_press_back(robin, here):
    assert robin.post(REST, {"from": "days"})["Location"] == DAYS
    assert (row().resting_until, bars(here)) == (date(2026, 5, 24), [Bar.RESTING])
    assert "You are resting until Sun, May 24." in words(robin.get(DAYS))
    robin.post(REST, {"from": "days", "pause": "1"})
    assert (row().paused, "You paused." in words(robin.get(DAYS))) == (True, True)
    robin.post(REST, {"from": "days", "back": "1"})
    assert (row().resting_until, row().paused, bars(here)) == (None, False, [])


def test_a_pause_has_no_end(robin, here):
    robin.post(REST, {"pause": "1"})
    assert (bars(here), "You are resting." in words(robin.get("/harbor/mine/"))) == ([Bar.RESTING], True)
    far = date(2090, 1, 1)
    pool = queries.candidates(here.id, policy=here.policy, today=far, open_now={})
    assert Bar.RESTING in {each for one in pool for each in _standing(one, far)}


def _standing(one, day):
    from touchbase.matching.ranking import bars_of

    return bars_of(Wanted(), one, Rules(), day)
