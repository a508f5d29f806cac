"""The recipient's own pages: one link, equal answers, and nothing changes by looking."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.canary import FINCH, sung_in
from tests.factories.paths import NOON, Path
from touchbase.notifications.models import Outgoing
from touchbase.programs.policy import Channel
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def words(browser: Client) -> str:
    return browser.get("/t/").content.decode()


def test_the_link_moves_out_of_the_address_into_a_short_cookie(path: Path) -> None:
    browser = Client()
    answer = browser.get(f"/t/{path.received().token}/")
    cookie = answer.cookies["note"]
    assert (answer.status_code, answer["Location"]) == (302, "/t/")
    assert (cookie["path"], cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        "/t/",
        1200,
        True,
        "Lax",
    )


@pytest.mark.parametrize("token", ["forged", "x" * 300, "%00", "a/b"])
def test_a_forged_link_ends_kindly(visitor: Client, token: str) -> None:
    answer = visitor.get(f"/t/{token}/")
    assert answer.status_code == 404


def test_a_forged_link_says_how_to_ask_again(visitor: Client) -> None:
    page = visitor.get("/t/forged/").content.decode()
    assert "Nothing is wrong." in page
    assert "under a minute" in page


@pytest.mark.parametrize("address", ["", "erase/"])
def test_without_the_link_there_is_only_the_ended_page(visitor: Client, address: str) -> None:
    assert visitor.get(f"/t/{address}").status_code == 404


@pytest.mark.parametrize(
    "address", ["answer/", "another/", "list/", "check-in/", "onward/", "erase/", "not-me/"]
)
def test_without_the_link_no_press_does_anything(visitor: Client, path: Path, address: str) -> None:
    path.invited()
    assert visitor.post(f"/t/{address}", {"answer": "yes"}).status_code == 404
    assert path.held().state is State.INVITED


def test_somebody_who_waits_reads_by_when(path: Path, holder) -> None:
    assert "Wed, May 13, 12:00 pm" in words(holder(path.received()))


def test_somebody_who_waits_too_long_reads_whom_to_call(path: Path, holder) -> None:
    path.received()
    with time_machine.travel(NOON + timedelta(days=3)):
        page = words(holder(path))
    assert "We're late, and we're sorry." in page.replace("&#x27;", "'")
    assert "207-555-0160" in page


@pytest.mark.parametrize("step", ["received", "invited", "talking", "closing"])
def test_no_page_shows_a_name_or_a_contact(path: Path, holder, step: str) -> None:
    assert sung_in(words(holder(getattr(path, step)()))) is None


def test_the_title_is_neutral(path: Path, holder) -> None:
    assert "<title>A note for you</title>" in words(holder(path.invited()))


def test_pages_are_kept_by_no_browser_and_sent_to_nobody(path: Path, holder) -> None:
    answer = holder(path.invited()).get("/t/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("said", "state", "words_of"),
    [
        ("yes", State.TALKING, "You said: let's talk."),
        ("not-now", State.RESTING, "You said: not now. That's completely fine."),
        ("resources", State.RESTING, "You said: just the list."),
    ],
)
def test_each_answer_is_one_press(path: Path, holder, said: str, state: State, words_of: str) -> None:
    browser = holder(path.invited())
    assert browser.post("/t/answer/", {"answer": said}).status_code == 302
    assert path.held().state is state
    assert words_of in words(browser).replace("&#x27;", "'")


def test_every_answer_can_be_changed(path: Path, holder) -> None:
    browser = holder(path.invited())
    for said in ("not-now", "resources", "yes", "not-now", "yes"):
        browser.post("/t/answer/", {"answer": said})
        assert path.held().course.answer == said
    assert path.held().state is State.TALKING


def test_an_answer_that_isnt_one_changes_nothing(path: Path, holder) -> None:
    browser = holder(path.invited())
    assert browser.post("/t/answer/", {"answer": "none"}).status_code == 302
    assert path.held().state is State.INVITED


def test_the_three_answers_are_equal_buttons_in_one_form(path: Path, holder) -> None:
    page = words(holder(path.invited()))
    found = [page.count(f'value="{value}"') for value in ("yes", "not-now", "resources")]
    assert found == [1, 1, 1]


def test_no_answer_is_asked_before_anybody_wrote(path: Path, holder) -> None:
    assert 'name="answer"' not in words(holder(path.accepted()))


def test_silence_is_said_to_be_fine(path: Path, holder) -> None:
    from touchbase.outreach import answers
    from touchbase.referrals.lifecycle import Actor

    path.invited()
    answers.rest(held=path.held(), said=Answer.NONE, by=Actor.CLOCK, at=path.at)
    assert "and you don't have to" in words(holder(path)).replace("&#x27;", "'")


def test_the_list_goes_out_only_when_pressed(path: Path, holder, mail_works) -> None:
    browser = holder(path.invited(Channel.EMAIL).answered(Answer.RESOURCES))
    assert not Outgoing.objects.filter(handle=path.handle).exists()
    browser.post("/t/list/")
    assert Outgoing.objects.filter(handle=path.handle, template="resources").count() == 1


def test_the_list_isnt_mailed_to_a_phone(path: Path, holder) -> None:
    page = words(holder(path.invited().answered(Answer.RESOURCES)))
    assert "Send it to me" not in page


def test_a_check_in_is_agreed_and_taken_back_in_a_press(path: Path, holder) -> None:
    browser = holder(path.talking())
    browser.post("/t/check-in/", {"day": "2026-05-18"})
    agreed = path.held().course.check_in
    browser.post("/t/check-in/", {"day": ""})
    assert (str(agreed), path.held().course.check_in) == ("2026-05-18", None)


@pytest.mark.parametrize("day", ["2026-05-11", "2027-01-01"])
def test_a_check_in_outside_the_programs_limit_is_refused(path: Path, holder, day: str) -> None:
    answer = holder(path.talking()).post("/t/check-in/", {"day": day})
    assert answer.status_code == 400
    assert path.held().course.check_in is None


def test_erasing_is_asked_once_more_and_then_done(path: Path, holder) -> None:
    browser = holder(path.invited())
    assert "be undone" in browser.get("/t/erase/").content.decode()
    assert Referral.objects.filter(handle=path.handle).exists()
    answer = browser.post("/t/erase/")
    assert "It is erased." in answer.content.decode()
    assert (Referral.objects.count(), Key.objects.count()) == (0, 0)
    assert answer.cookies["note"].value == ""


def test_after_erasing_the_link_is_dead(path: Path, holder) -> None:
    browser = holder(path.invited())
    browser.post("/t/erase/")
    assert browser.get(f"/t/{path.token}/").status_code == 404


def test_this_isnt_me_erases_and_tells_the_desk_without_a_name(path: Path, holder) -> None:
    holder(path.invited()).post("/t/not-me/")
    assert not Referral.objects.exists()
    desk = path.people.coordinator.member.ids
    told = Outgoing.objects.filter(template="wrong-contact").values_list("member_id", "handle")
    assert list(told) == [(next(iter(desk.values())), "")]


def test_a_peer_who_stepped_aside_is_counted_for_the_person(path: Path, holder) -> None:
    from touchbase.outreach import actions

    path.accepted()
    actions.step_aside(handle=path.handle, by=path.people.supporter.member, at=path.at)
    assert "1 peer saw your name and stepped aside." in words(holder(path))


@pytest.mark.parametrize("address", ["answer/", "another/", "list/", "check-in/", "onward/", "not-me/"])
def test_a_press_can_never_be_a_link(path: Path, holder, address: str) -> None:
    assert holder(path.invited()).get(f"/t/{address}").status_code == 405


def test_a_cookie_that_isnt_a_link_is_forgotten(visitor: Client) -> None:
    visitor.cookies["note"] = FINCH.phone
    assert visitor.get("/t/").cookies["note"].value == ""
