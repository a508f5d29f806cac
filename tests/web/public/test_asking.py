"""Asking for oneself: one page, one request, no account, no cookie."""

import re

import pytest
from django.test import Client

from tests.canary import FINCH
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import ONCE, TALK, ask, title, typed, values, words
from touchbase.kernel.clock import now
from touchbase.outreach.queries import private_view
from touchbase.programs.models import Program
from touchbase.referrals import clock
from touchbase.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def _program(here):
    """Every test is about Harbor."""


def test_the_form_asks_for_two_typed_things_and_the_rest_is_picked(visitor):
    page = visitor.get(TALK).content.decode()
    boxes = re.findall(r'<(?:input|select|textarea)\b[^>]*\sname="([^"]+)"', page)
    assert set(boxes) == {
        "once", "name", "channel", "contact", "profession", "times", "department", "site", "wishes",
        "not_with",
    }  # fmt: skip
    assert "<textarea" not in page
    assert page.count(" required") == 2


def test_each_form_has_a_random_number_of_its_own_and_is_kept_nowhere(visitor):
    first, second = visitor.get(TALK), visitor.get(TALK)
    assert values(first)["once"] != values(second)["once"]
    assert len(values(first)["once"]) == 32
    assert first["Cache-Control"] == "no-store"


def test_one_request_leads_to_a_thank_you_with_the_time_that_is_kept(visitor, here):
    answer = ask(visitor)
    held = private_view(_token(answer), at=now())
    due = clock.said(clock.touch_due(held.course.due, here.policy), here.policy.zone, now())
    assert answer.status_code == 200
    assert f"Thank you, {FINCH.name}. A peer will be in touch by {due} ." in words(answer)
    assert "Look for a note that says “Touching base”." in words(answer)
    assert Referral.objects.count() == 1


def test_the_thank_you_names_nobody_in_its_title_and_leaves_nothing_in_the_browser(visitor):
    answer = ask(visitor)
    assert title(answer) == "A note for you"
    assert answer["Cache-Control"] == "no-store"
    assert dict(visitor.cookies) == {}


def test_the_private_link_opens_the_persons_own_page(visitor):
    link = values(ask(visitor))["link"]
    page = visitor.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert "We have your request." in words(page)


def test_who_wants_a_call_gets_no_link_to_keep_but_can_cancel(visitor):
    answer = ask(visitor, channel="call")
    assert "link" not in values(answer)
    assert "They will call you." in words(answer)
    assert "It is erased." in words(visitor.post("/harbor/talk/cancel/", {"token": _token(answer)}))
    assert Referral.objects.count() == 0


def test_the_same_press_twice_is_one_request(visitor):
    first, second = ask(visitor), ask(visitor)
    assert values(first)["link"] == values(second)["link"]
    assert Referral.objects.count() == 1


def test_without_its_random_number_every_press_is_a_request(visitor):
    ask(visitor, once=None)
    ask(visitor, once="1")
    ask(visitor, once="1")
    assert Referral.objects.count() == 3


def test_what_was_picked_is_kept_for_whoever_matches(visitor, here):
    answer = ask(visitor, profession="nurse", department="surgery", site="west", times=["evenings"])
    assert answer.status_code == 200
    assert Referral.objects.get().program_id == here.id


def test_what_needs_another_look_is_said_above_and_beside_with_what_was_typed(visitor):
    answer = ask(visitor, name="<b>Canary</b>. We lost two. It hurts", contact="none", not_with="Sam Moss")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things need another look" in words(answer)
    assert values(answer)["name"] == "&lt;b&gt;Canary&lt;/b&gt;. We lost two. It hurts"
    assert values(answer)["contact"] == "none"
    assert values(answer)["not_with"] == "Sam Moss"
    assert values(answer)["once"] == ONCE
    for place in ("name", "contact"):
        assert f'<a href="#{place}">' in page
        assert re.search(rf'id="{place}"[^>]*aria-invalid="true"', page)
        assert re.search(rf'id="{place}"[^>]*aria-describedby="[^"]*{place}-error', page)
        assert f'id="{place}-error"' in page
    assert title(answer) == "Needs another look: Ask for a peer"
    assert Referral.objects.count() == 0


@pytest.mark.parametrize("field", ["channel", "times", "wishes", "profession", "department", "site"])
def test_every_line_of_the_summary_leads_to_a_place_on_the_page(visitor, field):
    answer = ask(visitor, **{field: "made-up"})
    place = re.search(r'<li><a href="#([^"]+)">', answer.content.decode())
    assert answer.status_code == 422
    assert place
    assert f'id="{place[1]}"' in answer.content.decode()


def test_picks_stay_picked_when_something_needs_another_look(visitor):
    answer = ask(
        visitor, name="", channel="email", times="evenings", profession="nurse", wishes="topic.nights"
    )
    page = answer.content.decode()
    assert re.findall(r'<input[^>]*value="([^"]+)" checked', page) == ["email", "evenings", "topic.nights"]
    assert re.findall(r'<option value="([^"]+)" selected', page) == ["nurse"]
    assert "<details open>" in page


def test_a_number_in_a_sentence_stays_on_one_line(visitor):
    page = ask(visitor, contact="none").content.decode()
    assert "Enter a mobile number, like (201)\u00a0555\u20110123." in page


def test_canceling_twice_or_with_a_forged_token_says_the_same(visitor):
    token = _token(ask(visitor))
    said = [
        words(visitor.post("/harbor/talk/cancel/", {"token": one})) for one in (token, token, "forged", "")
    ]
    assert len(set(said)) == 1
    assert Referral.objects.count() == 0


def test_canceling_needs_a_press(visitor):
    token = _token(ask(visitor))
    assert visitor.get("/harbor/talk/cancel/", {"token": token}).status_code == 405
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "why"), [("draft", "This program isn't open yet."), ("paused", "The form is closed for now.")]
)
def test_a_program_that_is_not_open_says_whom_to_call_and_takes_nothing(visitor, here, state, why):
    Program.objects.filter(pk=here.id).update(state=state)
    closed = f"{why} You can still talk to a person. Call 207-555-0160"
    assert closed in words(visitor.get(TALK))
    assert closed in words(visitor.get("/harbor/"))
    sent = ask(visitor)
    assert (sent.status_code, closed in words(sent)) == (409, True)
    assert Referral.objects.count() == 0


def test_a_program_without_this_way_in_has_no_form(visitor):
    make_program(policy_text(sources="self = false\ncolleague = true"))
    assert "The form is closed for now." in words(visitor.get("/harbor/"))
    assert ask(visitor).status_code == 409


def test_another_site_can_not_send_the_form():
    elsewhere = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.post(TALK, typed()).status_code == 403
    assert Referral.objects.count() == 0


def _token(answer) -> str:
    return values(answer)["token"]
