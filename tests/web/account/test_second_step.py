"""Signing in with a second step: whoever has an authenticator app is asked for it, after the code by mail."""

import re
import time
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories.browsers import new_browser
from tests.web.account.test_sign_in import CODE, ask, sent
from touchbase.accounts.models import StaffSession

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

AT = datetime(2026, 3, 2, 15, 4, tzinfo=UTC)
ADD, YOU, REMOVE = "/account/authenticator/", "/account/you/", "/account/authenticator/remove/"
STEP = "/account/second-step/"
BOARD = "/harbor/desk/board/"
WRONG = "Those numbers don&#x27;t match. Enter the six that the app shows now."
ALONE = "A code by mail is all it takes to sign in as you."


@pytest.fixture
def moment():
    with time_machine.travel(AT, tick=False) as now:
        yield now


def seed_on(page):
    """The letters a page shows, and what carries them back."""
    letters = re.search(r'<code class="letters">([A-Z2-7 ]+)</code>', page.text)
    sealed = re.search(r'name="sealed" value="([^"]+)"', page.text)
    assert letters is not None
    assert sealed is not None
    return letters[1].replace(" ", ""), sealed[1]


def shown(seed):
    """What the app shows now."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30))


def add_app(browser):
    """Add an app as a person does; its seed."""
    seed, sealed = seed_on(browser.get(ADD))
    assert browser.post(ADD, {"sealed": sealed, "code": shown(seed)})["Location"] == YOU
    return seed


@pytest.fixture
def seed(moment, people, visitor_of):
    """The seed of the coordinator's app."""
    return add_app(visitor_of(people.coordinator.account))


def by_code(visitor, back=""):
    """Get as far as the code by mail gets one."""
    ask(visitor, **({"next": back} if back else {}))
    return visitor.post(CODE, {"code": sent(), **({"next": back} if back else {})})


def signed_in():
    """Whose sessions there are."""
    return {row.account.email for row in StaffSession.objects.all() if row.account}


def test_the_code_alone_signs_nobody_in_who_has_an_app(seed, people):
    StaffSession.objects.all().delete()
    visitor = new_browser()
    assert by_code(visitor)["Location"].startswith(STEP)
    assert signed_in() == set()
    assert visitor.get(BOARD).status_code == 302

    assert visitor.post(STEP, {"code": shown(seed)})["Location"] == "/account/"
    assert signed_in() == {people.coordinator.account.email}
    assert visitor.get(BOARD).status_code == 200
    assert Authenticator.objects.get().last_used_at is None


def test_it_leads_back_to_where_one_was(seed):
    visitor = new_browser()
    by_code(visitor, back=BOARD)
    assert visitor.post(STEP, {"code": shown(seed)})["Location"] == BOARD


@pytest.mark.parametrize("typed", ["000000", "", "x", "١٢٣٤٥٦"])
def test_other_numbers_are_refused_beside_the_field(seed, typed):
    StaffSession.objects.all().delete()
    visitor = new_browser()
    by_code(visitor)
    page = visitor.post(STEP, {"code": typed})
    assert page.status_code == 200
    assert 'id="code-error" role="alert"' in page.text
    assert signed_in() == set()


def test_a_press_without_the_field_asks_again(seed):
    StaffSession.objects.all().delete()
    visitor = new_browser()
    by_code(visitor)
    assert "Now your authenticator app" in visitor.post(STEP, {}).text
    assert signed_in() == set()


def test_numbers_work_once(seed):
    first, second = new_browser(), new_browser()
    by_code(first)
    by_code(second)
    assert first.post(STEP, {"code": shown(seed)}).status_code == 302
    assert WRONG in second.post(STEP, {"code": shown(seed)}).text


def test_after_five_wrong_ones_even_the_right_ones_wait(seed, moment):
    visitor = new_browser()
    by_code(visitor)
    for _ in range(5):
        visitor.post(STEP, {"code": "000000"})
    page = visitor.post(STEP, {"code": shown(seed)})
    assert "That was asked for often. Wait a few minutes, then try again." in page.text


def test_without_the_code_before_it_there_is_no_second_step(seed):
    assert new_browser().get(STEP)["Location"].startswith("/account/sign-in/")
    assert new_browser().post(STEP, {"code": shown(seed)})["Location"].startswith("/account/sign-in/")


def test_who_has_no_app_is_asked_for_none(seed, people):
    visitor = new_browser()
    visitor.post("/account/sign-in/", {"email": people.supporter.account.email})
    assert visitor.post(CODE, {"code": sent()})["Location"] == "/account/"


# ---------------------------------------------------------------------------------------------- adding one


def test_wrong_numbers_show_the_same_picture_again(moment, people, visitor_of):
    browser = visitor_of(people.coordinator.account)
    seed, sealed = seed_on(browser.get(ADD))
    page = browser.post(ADD, {"sealed": sealed, "code": "000000"})
    assert page.status_code == 400
    assert WRONG in page.text
    assert seed_on(page)[0] == seed
    assert not Authenticator.objects.exists()


def test_a_picture_older_than_a_quarter_of_an_hour_is_replaced(moment, people, visitor_of):
    browser = visitor_of(people.coordinator.account)
    seed = seed_on(browser.get(ADD))[0]
    page = browser.post(ADD, {"sealed": "AAAA", "code": shown(seed)})
    assert page.status_code == 400
    assert "That picture was older than 15 minutes. Here is a new one" in page.text
    assert seed_on(page)[0] != seed


def test_the_seed_is_in_no_session_and_no_row(moment, people, visitor_of):
    browser = visitor_of(people.coordinator.account)
    seed = seed_on(browser.get(ADD))[0]
    assert seed not in "".join(str(row.data) for row in StaffSession.objects.all())
    add_app(browser)
    assert seed not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_adding_and_removing_need_a_fresh_sign_in(moment, people, visitor_of):
    browser = visitor_of(people.coordinator.account)
    add_app(browser)
    moment.shift(14 * 60)
    browser.get(YOU)
    moment.shift(2 * 60)
    assert browser.post(REMOVE)["Location"].startswith("/account/sign-in/")
    assert Authenticator.objects.count() == 1


def test_removed_on_the_account_page_it_is_asked_for_no_more(seed, people, visitor_of):
    browser = visitor_of(people.coordinator.account)
    assert "Remove the app" in browser.get(YOU).text
    assert browser.post(REMOVE)["Location"] == YOU
    page = browser.get(YOU).text
    assert ("Remove the app" in page, "Add an authenticator app" in page) == (False, True)
    assert by_code(new_browser())["Location"] == "/account/"


# ---------------------------------------------------------------------------------------------- at the desk


def test_the_board_offers_it_to_whoever_signs_in_by_a_code_alone(moment, people, visitor_of):
    browser = visitor_of(people.coordinator.account)
    assert ALONE in browser.get(BOARD).text
    add_app(browser)
    assert ALONE not in browser.get(BOARD).text


def test_a_demo_does_not(moment, people, visitor_of, settings):
    settings.DEMO = True
    assert ALONE not in visitor_of(people.coordinator.account).get(BOARD).text
