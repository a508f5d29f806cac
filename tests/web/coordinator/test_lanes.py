"""The board beside those who wait: who is on their way, who is late, and what was agreed."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from tests.canary import FINCH
from tests.factories.browsers import new_browser, sign_in
from tests.factories.paths import NOON, Path
from tests.factories.people import People
from touchbase.accounts.models import Account
from touchbase.outreach import conversations
from touchbase.outreach.sweep import run_once
from touchbase.referrals.models import Referral
from touchbase.vault import rotation

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

BOARD = "/harbor/desk/board/"


@pytest.fixture
def dana(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.coordinator.account)


def words(answer) -> str:
    return unescape(answer.content.decode())


def board(browser: Client) -> str:
    return words(browser.get(BOARD))


def test_everybody_on_their_way_is_in_good_hands(dana: Client, path: Path) -> None:
    path.invited()
    path.talking()
    page = board(dana)
    assert "In good hands: 2" in page
    assert "1 being reached, 1 talking, 0 resting." in page


def test_who_is_in_good_hands_is_listed_on_request_and_can_be_opened(dana: Client, path: Path) -> None:
    for step, says in (
        ("accepted", "A peer said yes"),
        ("invited", "A note went out"),
        ("talking", "They are"),
    ):
        getattr(path, step)()
        page = board(dana)
        assert f'href="{BOARD}{path.handle}/"' in page
        assert says in page
        assert '<details class="more" open><summary>Show them' in words(dana.get(f"{BOARD}{path.handle}/"))
        assert FINCH.name not in page


@pytest.mark.parametrize(("state", "lane"), [("matched", "asked"), ("invited", "hands")])
def test_a_long_lane_shows_the_first_five_and_all_on_request(
    people: People, dana: Client, path: Path, state: str, lane: str
) -> None:
    path.received()
    row = Referral.objects.get(handle=path.handle)
    fields = {"program_id": row.program_id, "policy_version": 1, "next_at": row.next_at, "row_version": 1}
    peer = people.supporter.member.supporter
    Referral.objects.bulk_create(
        Referral(state=state, assignee_id=peer, next_kind="idle", **fields) for _ in range(13)
    )
    link = f'href="{BOARD}?all={lane}">Show all'
    short, whole = board(dana), words(dana.get(f"{BOARD}?all={lane}"))
    assert (short.count("<b>Ref "), "8 more." in short, link in short) == (5, True, True)
    assert (whole.count("<b>Ref "), "8 more." in whole, link in whole) == (13, False, False)


def test_ten_names_of_those_who_wait_are_opened_and_thirty_on_request(dana: Client, path: Path) -> None:
    for _ in range(33):
        path.received()
    link = f'href="{BOARD}?all=match">Show all'
    short, more = board(dana), words(dana.get(f"{BOARD}?all=match"))
    assert (short.count(FINCH.name), "23 more." in short, link in short) == (11, True, True)  # and beside it
    assert (more.count(FINCH.name), "3 more." in more, link in more) == (31, True, False)


def test_a_supporter_who_is_late_needs_a_nudge(people, path: Path) -> None:
    path.accepted()
    late = NOON + timedelta(days=2)
    with time_machine.travel(late, tick=False):
        rotation.accept_clock(at=late)  # else it would be a clock that was set: the machine isn't up longer
        run_once(late)
        page = board(sign_in(new_browser(), people.coordinator.account))
    assert "Needs a nudge" in page
    assert "One supporter is running late." in page


def test_an_agreed_check_in_is_ahead(dana: Client, path: Path) -> None:
    path.talking()
    day = date(2026, 5, 18)
    conversations.check_in(handle=path.handle, by=path.people.supporter.member, day=day, at=path.at)
    assert "Check-ins ahead" in board(dana)
