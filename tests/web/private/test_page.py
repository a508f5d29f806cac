"""What a private page says beside the answers: the list, who knows what, and the way out."""

from datetime import date
from html import unescape

import pytest
from django.db import connections
from django.test import Client

from tests.canary import FINCH
from tests.factories.browsers import new_browser
from tests.factories.paths import Path
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import asking, steps_of
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions, conversations
from touchbase.outreach.sweep import run_once
from touchbase.programs.policy import Channel
from touchbase.referrals.arrival import arrive
from touchbase.referrals.course import Answer, Source
from touchbase.referrals.lifecycle import State, Step

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def words(browser: Client) -> str:
    return unescape(browser.get("/t/").content.decode())


def test_who_said_not_now_may_have_the_list_all_the_same(path: Path, holder, mail_works, mailoutbox) -> None:
    browser = holder(path.invited(Channel.EMAIL).answered(Answer.NOT_NOW))
    assert "Show me a short list of help" in words(browser)
    assert not Outgoing.objects.filter(handle=path.handle).exists()
    browser.post("/t/list/")
    assert "The list is on its way to you, once." in words(browser)
    run_once(path.at)
    theirs = [mail for mail in mailoutbox if mail.to == [FINCH.email]]
    assert [(mail.subject, mail.from_email.split(" <")[0]) for mail in theirs] == [
        ("Touching base", "Harbor")
    ]
    assert "The first days after a hard case" in theirs[0].body


def test_without_a_mail_server_no_list_is_promised(path: Path, holder) -> None:
    page = words(holder(path.invited(Channel.EMAIL).answered(Answer.RESOURCES)))
    assert "Send it to me" not in page


def test_with_one_it_is_sent_on_a_press(path: Path, holder, mail_works) -> None:
    page = words(holder(path.invited(Channel.EMAIL).answered(Answer.RESOURCES)))
    assert "Send it to me" in page


def test_the_page_says_who_knows_what(path: Path, holder) -> None:
    page = words(holder(path.invited()))
    assert "Program coordinator, or when away: Backup coordinator" in page
    assert "A peer who stepped aside" not in page


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source.SELF, "You asked us to get in touch."),
        (Source.COLLEAGUE, "Someone who cares about you thought you might like to hear from us."),
        (Source.TEAM, "We check in with everyone after a hard case."),
    ],
)
def test_the_page_says_why_a_note_came_and_no_message_does(path: Path, holder, source, said) -> None:
    came = arrive(here=path.here, asking=asking(), source=source, once="", at=path.at)
    browser = new_browser()
    browser.get(f"/t/{came.token}/")
    assert said in words(browser)


def test_with_the_vault_away_the_page_says_whom_to_call(path: Path, holder) -> None:
    browser = holder(path.invited())
    with connections["vault"].cursor() as cursor:
        cursor.execute("ALTER TABLE vault_key RENAME TO vault_key_lost")
    for address in ("/t/", f"/t/{path.token}/"):
        answer = browser.get(address)
        assert (answer.status_code, "207-555-0160" in unescape(answer.content.decode())) == (503, True)


def test_a_peer_one_would_call_oneself_knows_nothing_of_this(path: Path, holder) -> None:
    path.here = make_program(policy_text(confidence='who_knows = "two"', sources="directory = true"))
    page = words(holder(path.received()))
    assert "A peer you choose and call yourself" not in page


def test_this_isnt_me_is_offered_once_a_note_went_out(path: Path, holder) -> None:
    assert "This isn't me" not in words(holder(path.accepted()))
    assert "This isn't me" in words(holder(path.invited()))


def test_who_waits_for_another_peer_can_still_answer_the_first_note(path: Path, holder) -> None:
    path.invited()
    actions.reassign(handle=path.handle, by=path.people.coordinator.member, at=path.at)
    browser = holder(path)
    assert "We are finding you another peer." in words(browser)
    browser.post("/t/answer/", {"answer": "yes"})
    assert (path.held().state, path.held().course.answer) == (State.RECEIVED, Answer.YES)


def test_a_day_their_peer_agreed_with_them_is_said(path: Path, holder) -> None:
    path.talking()
    day = date(2026, 5, 20)
    conversations.check_in(handle=path.handle, by=path.people.supporter.member, day=day, at=path.at)
    assert "You agreed on Wed, May 20." in words(holder(path))


def test_closing_says_when_it_is_erased(path: Path, holder) -> None:
    page = words(holder(path.closing()))
    assert "It is erased from today, 12:30 pm on." in page
    assert "Erase this now" in page


def test_who_had_the_list_may_say_that_other_help_arrived_and_take_it_back(path: Path, holder) -> None:
    browser = holder(path.invited(Channel.EMAIL).answered(Answer.RESOURCES))
    page = words(browser)
    assert ("Did other help reach you?" in page, "I'd rather not say" in page) == (True, True)
    browser.post("/t/onward/", {"onward": "self-help"})
    assert path.held().course.onward == "self-help"
    browser.post("/t/onward/", {"onward": "self-help"})  # the same press twice is one step
    assert steps_of(path.held()).count(Step.ONWARD) == 1
    browser.post("/t/onward/", {"onward": ""})
    assert path.held().course.onward == ""


def test_who_had_neither_list_nor_talk_isnt_asked_of_other_help(path: Path, holder) -> None:
    browser = holder(path.invited())
    assert "Did other help reach you?" not in words(browser)
    assert browser.post("/t/onward/", {"onward": "none"}).status_code == 400
