"""A supporter's pages: no name before yes, the note ready after it, and every way out one press."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from tests.canary import FINCH
from tests.factories.browsers import new_browser, sign_in
from tests.factories.paths import NOON, Path
from tests.factories.people import People
from touchbase.accounts.models import Account
from touchbase.audit.models import Act
from touchbase.outreach import actions
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import Channel
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def robin(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.supporter.account)


def address(path: Path, rest: str = "") -> str:
    return f"/harbor/mine/asks/{path.handle}/{rest}"


def words(answer) -> str:
    return unescape(answer.content.decode())


def press(browser: Client, path: Path, rest: str, **data: str):
    return browser.post(address(path, rest), data)


def test_nothing_waiting_says_what_will_happen(robin: Client, noon) -> None:
    page = words(robin.get("/harbor/mine/"))
    assert "Nothing waits for you." in page
    assert "two or three times a year" in page


def test_one_ask_is_one_line_without_a_name(robin: Client, path: Path) -> None:
    path.matched()
    page = words(robin.get("/harbor/mine/"))
    assert "One thing waits for you." in page
    assert "Could you take this one?" in page
    assert FINCH.name not in page


def test_before_yes_there_is_role_site_and_way_and_no_name(robin: Client, path: Path) -> None:
    path.matched()
    page = words(robin.get(address(path)))
    assert [fact in page for fact in ("Physician", "East Pier", "Text")] == [True] * 3
    assert FINCH.name not in page
    assert "2075550142" not in page


def test_yes_shows_the_name_the_contact_and_a_ready_note(robin: Client, path: Path) -> None:
    path.matched()
    assert press(robin, path, "accept/")["Location"] == address(path)
    page = words(robin.get(address(path)))
    assert FINCH.name in page
    assert "sms:+12075550142?&body=" in page
    assert "/t/" in page


def test_each_look_at_a_name_is_summed_without_saying_whose(robin: Client, path: Path) -> None:
    path.accepted()
    robin.get(address(path))
    robin.get(address(path))
    looks = Act.objects.filter(verb="look").values_list("actor", "n")
    assert list(looks) == [("supporters", 2)]


def test_a_name_is_shown_to_who_signed_in_lately_and_stays_sealed_for_anybody_else(
    people: People, path: Path
) -> None:
    path.accepted()
    with time_machine.travel(NOON, tick=False):
        robin = sign_in(new_browser(), people.supporter.account)
    with time_machine.travel(NOON + timedelta(minutes=14), tick=False):
        assert FINCH.name in words(robin.get(address(path)))
    with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
        answer = robin.get(address(path))
        assert answer["Location"] == f"/account/sign-in/?next={quote(address(path), safe='')}&said=step-up"
        assert robin.get("/harbor/mine/").status_code == 302  # signed out meanwhile
    assert FINCH.name not in words(answer)
    assert Act.objects.get(verb="look").n == 1


def test_before_yes_no_fresh_sign_in_is_asked_for(people: People, path: Path) -> None:
    path.matched()
    with time_machine.travel(NOON, tick=False):
        robin = sign_in(new_browser(), people.supporter.account)
    for later in (timedelta(minutes=10), timedelta(minutes=20)):
        with time_machine.travel(NOON + later, tick=False):
            assert "East Pier" in words(robin.get(address(path)))


def test_pass_is_one_press_and_the_page_is_gone(robin: Client, path: Path) -> None:
    path.matched()
    press(robin, path, "pass/")
    assert path.held().state is State.RECEIVED
    assert robin.get(address(path)).status_code == 404


@pytest.mark.parametrize("channel", list(Channel))
def test_the_note_has_the_form_of_the_wished_way(robin: Client, path: Path, channel: Channel) -> None:
    path.accepted(channel)
    opens = {Channel.TEXT: 'href="sms:', Channel.CALL: 'href="tel:', Channel.EMAIL: 'href="mailto:'}
    assert opens[channel] in robin.get(address(path)).content.decode()


def test_a_person_who_wants_a_call_never_gets_a_link(robin: Client, path: Path) -> None:
    path.accepted(Channel.CALL)
    assert path.token not in words(robin.get(address(path)))


def test_sent_waits_for_their_answer(robin: Client, path: Path) -> None:
    path.accepted()
    press(robin, path, "touch/", how="peer")
    assert path.held().state is State.INVITED
    assert "Waiting for their answer" in words(robin.get("/harbor/mine/"))


def test_a_second_note_may_go_days_later_and_no_third(robin: Client, path: Path) -> None:
    path.invited()
    assert "too soon for a second note" in words(robin.get(address(path)))
    assert press(robin, path, "touch/").status_code == 400
    with time_machine.travel(NOON + timedelta(days=4), tick=False):
        browser = sign_in_again(robin, path)
        assert "second and last note" in words(browser.get(address(path)))
        assert "A second note may go" in words(browser.get("/harbor/mine/"))
        press(browser, path, "touch/")
        assert "Two notes have gone out." in words(browser.get(address(path)))
    assert len(path.held().course.touches) == 2


def sign_in_again(_robin: Client, path: Path) -> Client:
    from tests.factories.browsers import new_browser, sign_in

    return sign_in(new_browser(), path.people.supporter.account)


@pytest.mark.parametrize(
    ("said", "state"),
    [("yes", State.TALKING), ("not-now", State.RESTING), ("resources", State.RESTING)],
)
def test_an_answer_given_to_the_peer_counts(robin: Client, path: Path, said: str, state: State) -> None:
    press(robin, path.invited(), "answer/", answer=said)
    assert path.held().state is state


def test_an_answer_that_isnt_one_changes_nothing(robin: Client, path: Path) -> None:
    press(robin, path.invited(), "answer/", answer="maybe")
    assert path.held().state is State.INVITED


def test_we_talked_closes_in_the_same_press_and_can_be_undone(robin: Client, path: Path) -> None:
    path.talking()
    press(robin, path, "talked/", mode="phone", minutes="15 to 30")
    page = words(robin.get(address(path)))
    assert "Thank you. It is closed." in page
    assert "delete your own messages" in page
    press(robin, path, "undo/")
    talk = path.held().course.talks[0]
    assert (path.held().state, talk.mode, talk.minutes) == (State.TALKING, "phone", "15 to 30")


def test_how_and_how_long_may_be_skipped(robin: Client, path: Path) -> None:
    press(robin, path.invited(), "talked/")
    assert path.held().state is State.CLOSING


def test_minutes_outside_the_list_are_refused(robin: Client, path: Path) -> None:
    assert press(robin, path.talking(), "talked/", minutes="a story").status_code == 400
    assert path.held().course.talks == ()


def test_a_check_in_keeps_it_open_until_its_day(robin: Client, path: Path) -> None:
    path.talking()
    press(robin, path, "talked/", check_in="2026-05-18")
    assert (path.held().state, path.held().course.check_in) == (State.TALKING, date(2026, 5, 18))
    assert "Check back" in words(robin.get("/harbor/mine/"))
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert "Your check-in is ready" in words(sign_in_again(robin, path).get(address(path)))


def test_a_check_in_is_taken_back(robin: Client, path: Path) -> None:
    press(robin, path.talking(), "check-in/", day="2026-05-18")
    press(robin, path, "check-in/", day="")
    assert path.held().course.check_in is None


def test_a_check_in_that_isnt_due_isnt_sent(robin: Client, path: Path) -> None:
    answer = press(robin, path.talking(), "check-in/", how="system")
    assert (answer.status_code, "No check-in is due" in words(answer)) == (400, True)


def test_stepping_aside_asks_no_reason_and_loses_the_name(robin: Client, path: Path) -> None:
    press(robin, path.accepted(), "give-back/", how="aside")
    assert (path.held().state, path.held().course.aside) == (State.RECEIVED, 1)
    assert robin.get(address(path)).status_code == 404


def test_handing_back_is_one_press(robin: Client, path: Path) -> None:
    press(robin, path.talking(), "give-back/", how="back")
    assert path.held().state is State.RECEIVED


def test_closing_without_a_talk_is_one_press(robin: Client, path: Path) -> None:
    press(robin, path.invited(), "close/")
    assert path.held().state is State.CLOSING


def test_erasing_for_somebody_is_asked_once_more(robin: Client, path: Path) -> None:
    path.invited()
    assert "Erase this person now?" in words(robin.get(address(path, "erase/")))
    robin.post(address(path, "erase/"))
    assert not Referral.objects.exists()


def test_own_lines_stand_in_the_note(robin: Client, path: Path) -> None:
    path.accepted(Channel.EMAIL)
    robin.post("/harbor/mine/words/", {"own_words": "I work nights, too."})
    assert "I work nights, too." in words(robin.get(address(path)))


def test_own_lines_say_above_what_not_to_write(robin: Client, path: Path) -> None:
    page = words(robin.get("/harbor/mine/words/"))
    assert "write about no one and nothing that happened" in page
    assert 'maxlength="300"' in page


def test_lines_that_are_too_long_are_refused_kindly(robin: Client, path: Path) -> None:
    assert robin.post("/harbor/mine/words/", {"own_words": "a" * 301}).status_code == 400


def test_rest_is_one_press_and_so_is_coming_back(robin: Client, people, noon) -> None:
    robin.post("/harbor/mine/rest/")
    assert "You are resting." in words(robin.get("/harbor/mine/"))
    robin.post("/harbor/mine/rest/", {"back": "1"})
    rests = Supporter.objects.get(membership=people.supporter.member.supporter).resting_until
    assert rests is None


def test_an_ask_somebody_else_took_says_so(robin: Client, path: Path) -> None:
    path.matched()
    actions.accept(handle=path.handle, by=path.people.supporter.member, at=path.at)
    answer = press(robin, path, "accept/")
    assert (answer.status_code, FINCH.name in words(answer)) == (409, False)


def test_a_late_note_is_marked(robin: Client, path: Path) -> None:
    path.accepted()
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert "was due" in words(sign_in_again(robin, path).get("/harbor/mine/"))


def test_other_people_find_nothing_there(path: Path, people, visitor: Client, visitor_of) -> None:
    path.accepted()
    others = [visitor_of(people.other_supporter.account), visitor_of(people.leader.account), visitor]
    assert [browser.get(address(path)).status_code for browser in others] == [404, 404, 404]


def test_i_was_there_is_a_pass_and_tells_nothing_more(robin: Client, path: Path) -> None:
    path.matched()
    passed, there = path.held(), {"there": "1"}
    assert press(robin, path, "pass/", **there)["Location"] == "/harbor/mine/"
    course = path.held().course
    assert (path.held().state, course.barred) == (State.RECEIVED, (passed.assignee,))
    assert "there" not in course.model_dump_json()
    with pytest.raises(NotAvailable):
        actions.ask(handle=path.handle, supporter=passed.assignee, by=path.people.coordinator.member, at=NOON)
