"""The ready note: times to offer, the list to send oneself, and a check-in that was agreed already."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client

from tests.factories.browsers import new_browser, sign_in
from tests.factories.paths import NOON, Path
from tests.factories.people import People
from tests.factories.programs import make_program, policy_text
from touchbase.accounts.models import Account
from touchbase.notifications.models import Outgoing
from touchbase.outreach import conversations
from touchbase.programs.policy import Channel
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def robin(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.supporter.account)


def page_of(browser: Client, path: Path, query: str = "") -> str:
    return unquote(unescape(browser.get(f"/harbor/mine/asks/{path.handle}/{query}").content.decode()))


@pytest.mark.parametrize("channel", [Channel.TEXT, Channel.EMAIL])
def test_ticked_times_stand_in_the_note_and_in_what_opens(
    robin: Client, path: Path, channel: Channel
) -> None:
    path.accepted(channel)
    page = page_of(robin, path, "?times=evenings&times=mornings&times=a+story")
    assert page.count("in the mornings or in the evenings") == 3  # said, in the letter, in the link
    assert "when it suits you" not in page


def test_without_a_tick_the_note_leaves_the_time_to_them(robin: Client, path: Path) -> None:
    assert "when it suits you" in page_of(robin, path.accepted())


def test_a_call_is_a_script_without_pills_and_without_a_copy(robin: Client, path: Path) -> None:
    page = page_of(robin, path.accepted(Channel.CALL))
    assert ("What to say" in page, 'name="times"' in page, "data-copy" in page) == (True, False, False)


def test_what_was_offered_is_kept_with_the_touch(robin: Client, path: Path) -> None:
    path.accepted()
    robin.post(f"/harbor/mine/asks/{path.handle}/touch/", {"how": "peer", "times": ["evenings", "a story"]})
    assert path.held().course.offered_times == ("evenings",)


def test_a_second_note_offers_no_times(robin: Client, path: Path) -> None:
    assert 'name="times"' not in page_of(robin, path.invited())


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (Channel.TEXT, "A short list of help, to send yourself"),
        (Channel.EMAIL, "A short list of help, to send yourself"),
        (Channel.CALL, "A short list of help, to read out"),
    ],
)
def test_the_list_can_be_handed_over_by_the_peer(
    robin: Client, path: Path, channel: Channel, words: str
) -> None:
    assert words in page_of(robin, path.invited(channel))


def test_a_check_in_they_agreed_to_is_picked_already(robin: Client, path: Path) -> None:
    path.talking()
    day = date(2026, 5, 20)
    conversations.check_in(handle=path.handle, by=path.people.supporter.member, day=day, at=path.at)
    page = page_of(robin, path)
    assert 'value="2026-05-20" checked' in page
    assert "On Wed, May 20, as agreed" in page
    robin.post(f"/harbor/mine/asks/{path.handle}/talked/", {"check_in": "2026-05-20"})
    assert (path.held().state, path.held().course.check_in) == (State.TALKING, day)


def test_an_agreed_day_ahead_waits_for_nobody(robin: Client, path: Path) -> None:
    path.talking()
    robin.post(f"/harbor/mine/asks/{path.handle}/talked/", {"check_in": "2026-05-18"})
    today = unescape(robin.get("/harbor/mine/").content.decode())
    assert "Nothing waits for you." in today
    assert "Check back on Mon, May 18" in today


def test_an_agreed_check_in_is_sent_for_them_with_one_press(robin: Client, path: Path, settings) -> None:
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    path.here = make_program(policy_text(confidence='send_by = "system"'))
    path.talking(Channel.EMAIL)
    robin.post(f"/harbor/mine/asks/{path.handle}/talked/", {"check_in": "2026-05-18"})
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        later = sign_in(new_browser(), path.people.supporter.account)
        later.post(f"/harbor/mine/asks/{path.handle}/check-in/", {"how": "system"})
        assert "It is on its way." in page_of(later, path)
    assert Outgoing.objects.get(handle=path.handle).template == "check-in"
