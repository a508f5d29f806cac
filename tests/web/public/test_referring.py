"""Asking for a colleague: one page, one request, a thank-you, and nothing afterwards."""

import re

import pytest
from django.test import Client

from tests.canary import FINCH, LINNET
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import ONCE, title, values, words
from touchbase.accounts.roles import Role
from touchbase.kernel import clock as time
from touchbase.notifications.models import Outgoing
from touchbase.programs.models import Program
from touchbase.referrals import clock, queries
from touchbase.referrals.course import Knows, Source
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import Opener, Own, Working
from touchbase.web.public import cap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

REFER = "/harbor/refer/"
SENT = {"name": FINCH.name, "channel": "text", "contact": FINCH.phone, "knows": "not-yet", "once": ONCE}


@pytest.fixture(autouse=True)
def _program(here):
    """Every test is about Harbor."""


def refer(visitor: Client, **changes):
    form = {name: value for name, value in (SENT | changes).items() if value is not None}
    return visitor.post(REFER, form)


def kept() -> tuple[Working, Own]:
    """What there is of the one person."""
    handle = Referral.objects.get().handle
    opener = Opener("", Actor.RECIPIENT, time.now())
    return queries.working(handle, opener=opener), queries.own(handle, opener=opener)


def test_the_form_asks_for_a_name_a_contact_and_whether_they_know(visitor):
    page = visitor.get(REFER).content.decode()
    boxes = re.findall(r'<(?:input|select|textarea)\b[^>]*\sname="([^"]+)"', page)
    assert set(boxes) == {
        "once", "name", "channel", "contact", "knows", "profession", "department", "site", "referrer_contact",
        "name_me", "referrer_name",
    }  # fmt: skip
    assert "<textarea" not in page
    assert page.count(" required") == 2
    assert "What do they go by?" in page
    assert "If you can, tell them first." in page


def test_a_browser_is_asked_to_remember_nothing_of_a_colleague(visitor):
    page = visitor.get(REFER).content.decode()
    form = page[page.index("<form") : page.index("</form>")]
    said = re.findall(r'<(?:input|select)(?![^>]*type="(?:hidden|radio|checkbox)")[^>]*>', form)
    assert len(said) == 7
    assert [one for one in said if 'autocomplete="off"' not in one] == []


def test_one_request_leads_to_a_thank_you_without_a_name_a_link_or_a_report(visitor, here):
    answer = refer(visitor)
    held, _own = kept()
    due = clock.said(clock.touch_due(held.course.due, here.policy), here.policy.zone, time.now())
    said = words(answer)
    assert (answer.status_code, title(answer), answer["Cache-Control"]) == (200, "Thank you", "no-store")
    assert f"Thank you for looking out for them. A peer will reach out by {due} ." in said
    assert "we won't tell you whether they talked" in said
    assert "If you're worried about their safety now: Need someone right now? Call or text 988." in said
    assert [text for text in FINCH.texts if text in said] == []
    assert "/t/" not in answer.content.decode()
    assert dict(visitor.cookies) == {}


def test_what_was_said_is_sealed_and_held_until_the_desk_has_looked(visitor):
    refer(visitor, profession="nurse", department="surgery", site="west")
    held, own = kept()
    assert (held.held, held.course.source, held.course.knows) == (True, Source.COLLEAGUE, Knows.NOT_YET)
    assert (own.identity.name, own.identity.referrer_name) == (FINCH.name, "")
    assert (own.contact.referrer_contact, own.wishes.department) == ("", "surgery")
    assert Outgoing.objects.exclude(handle="").count() == 0


def test_the_desk_is_told_that_something_waits(visitor, people):
    refer(visitor)
    told = Outgoing.objects.values_list("member_id", "template")
    assert list(told) == [(people.coordinator.member.ids[Role.COORDINATOR], "reminder")]


def test_who_asks_is_kept_for_one_question_and_named_only_with_the_tick(visitor):
    refer(visitor, referrer_contact=LINNET.phone, referrer_name=LINNET.name)
    _held, own = kept()
    assert (own.contact.referrer_contact, own.identity.referrer_name) == ("+15035550144", "")


def test_with_the_tick_the_name_is_kept(visitor):
    refer(visitor, referrer_contact=LINNET.email, referrer_name=LINNET.name, name_me="yes")
    _held, own = kept()
    assert (own.contact.referrer_contact, own.identity.referrer_name) == (LINNET.email, LINNET.name)


def test_a_tick_without_a_name_needs_another_look(visitor):
    answer = refer(visitor, name_me="yes")
    assert (answer.status_code, "Write your name, or take the tick away." in words(answer)) == (422, True)
    assert "<details open>" in answer.content.decode()
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Tell us what they go by."),
        ("name", "They lost somebody. It was bad", "Just what they go by. Please leave out what happened."),
        ("contact", "none", "Enter a mobile number"),
        ("knows", "perhaps", "Choose one of the three."),
        ("referrer_contact", "nobody", "Enter a phone number"),
        ("referrer_contact", "a@b", "Enter one email address"),
    ],
)
def test_what_needs_another_look_is_said_with_a_place_and_kept_nowhere(visitor, field, typed, said):
    answer = refer(visitor, **{field: typed})
    place = re.search(r'<li><a href="#([^"]+)">', answer.content.decode())
    assert (answer.status_code, said in words(answer)) == (422, True)
    assert place
    assert f'id="{place[1]}"' in answer.content.decode()
    assert values(answer)["once"] == ONCE
    assert Referral.objects.count() == 0


def test_whether_they_know_may_be_left_out(visitor):
    refer(visitor, knows=None)
    assert kept()[0].course.knows is Knows.RATHER_NOT


def test_the_same_press_twice_is_one_request(visitor):
    first, second = refer(visitor), refer(visitor)
    assert first.content == second.content
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("place", ["refer", "talk"])
def test_whoever_the_program_is_not_for_is_told_where_to_turn_and_nothing_is_kept(visitor, place):
    answer = visitor.post(f"/harbor/{place}/", SENT | {"profession": "not.listed", "contact": "none"})
    assert answer.status_code == 200
    assert "If you don't work here, the coordinator knows where else to turn." in words(answer)
    assert (Referral.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_an_hour_that_is_full_takes_no_more_whoever_is_asked_for(visitor, here):
    for _ in range(cap.ASKS_AN_HOUR):
        cap.count(here.id, time.now())
    answer = refer(visitor)
    assert (answer.status_code, "Please call us." in words(answer)) == (429, True)
    assert Referral.objects.count() == 0


def test_each_one_counts_in_the_hour(visitor, here):
    for _ in range(cap.ASKS_AN_HOUR - 1):
        cap.count(here.id, time.now())
    assert refer(visitor).status_code == 200
    assert refer(visitor, once="B" * 32).status_code == 429


def test_where_colleagues_are_not_taken_there_is_no_form_and_no_way_to_it(visitor):
    make_program(policy_text(sources="colleague = false\nteam = false"))
    assert "The form is closed for now." in words(visitor.get(REFER))
    assert refer(visitor).status_code == 409
    assert "/harbor/refer/" not in visitor.get("/harbor/").content.decode()
    assert "/harbor/refer/" not in visitor.get("/harbor/talk/").content.decode()
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    ("place", "current"), [("", "For me"), ("talk/", "For me"), ("refer/", "A colleague")]
)
def test_the_forms_card_says_for_whom(visitor, place, current):
    page = visitor.get(f"/harbor/{place}").content.decode()
    ways = re.search(r'<nav class="who".*?</nav>', page, re.DOTALL)
    assert ways
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)</a>', ways[0])
    assert [(label, address) for address, _here, label in links][:2] == [
        ("For me", "/harbor/talk/"), ("A colleague", "/harbor/refer/"),
    ]  # fmt: skip
    assert [label for _address, here, label in links if here] == [current]


def test_without_a_form_for_oneself_the_way_to_the_other_stays(visitor):
    make_program(policy_text(sources="self = false\ncolleague = true\nteam = false"))
    assert "/harbor/refer/" in visitor.get("/harbor/").content.decode()


@pytest.mark.parametrize("state", ["draft", "paused", "retired"])
def test_a_program_that_is_not_open_takes_nobody(visitor, here, state):
    Program.objects.filter(pk=here.id).update(state=state)
    assert refer(visitor).status_code == 409
    assert Referral.objects.count() == 0
