"""The desk: who waits in a sentence, three who fit with reasons, one press to ask."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.canary import FINCH
from tests.factories.browsers import new_browser, sign_in
from tests.factories.paths import NOON, Path
from tests.factories.people import People, make_supporter
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import asking
from touchbase.accounts.models import Account
from touchbase.audit.models import Act
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions
from touchbase.referrals.arrival import arrive
from touchbase.referrals.course import Source
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import handle_of_link
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def dana(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.coordinator.account)


def address(path: Path, rest: str = "") -> str:
    return f"/harbor/desk/board/{path.handle}/{rest}"


def words(answer) -> str:
    return unescape(answer.content.decode())


def board(browser: Client) -> str:
    return words(browser.get("/harbor/desk/board/"))


def test_the_desk_begins_at_the_board(dana: Client, noon) -> None:
    assert dana.get("/harbor/desk/")["Location"] == "/harbor/desk/board/"


def test_an_empty_board_says_what_happens_next(dana: Client, noon) -> None:
    page = board(dana)
    assert "Nobody is waiting for a match." in page
    assert "A quiet day." in page


def test_one_who_waits_is_a_sentence_and_already_open(dana: Client, path: Path) -> None:
    path.received()
    page = board(dana)
    assert "One person is waiting for a match." in page
    assert "The first is due by Tue, 12:00 pm." in page
    assert page.count(FINCH.name) == 2  # in the row, and as the heading of what is open


def test_ten_who_wait_are_a_number(dana: Client, path: Path) -> None:
    for _ in range(10):
        path.received()
    assert "10 people are waiting for a match." in board(dana)


def test_who_fits_comes_with_reasons_and_who_doesnt_is_counted(dana: Client, path: Path) -> None:
    path.received()
    page = words(dana.get(address(path)))
    assert "Robin Vale" in page
    assert "Different department" in page
    assert "1 other not shown: 1 same department." in page


def test_everyone_is_shown_on_request_with_why_not(dana: Client, path: Path) -> None:
    path.received()
    page = words(dana.get(address(path, "everyone/")))
    assert "Works in the same department." in page


def test_one_press_asks_and_the_message_names_nobody(dana: Client, path: Path) -> None:
    path.received()
    member = path.people.supporter.member.supporter
    dana.post(address(path, "match/"), {"supporter": member})
    assert (path.held().state, path.held().assignee) == (State.MATCHED, member)
    asked = Outgoing.objects.filter(template="ask").values_list("member_id", "handle")
    assert list(asked) == [(member, "")]


def test_asking_nobody_says_what_to_do(dana: Client, path: Path) -> None:
    path.received()
    answer = dana.post(address(path, "match/"), follow=True)
    assert "Choose a peer first" in words(answer)
    assert path.held().state is State.RECEIVED


def test_somebody_who_may_not_be_asked_is_refused(dana: Client, path: Path) -> None:
    path.received()
    barred = path.people.other_supporter.member.supporter
    answer = dana.post(address(path, "match/"), {"supporter": barred})
    assert (answer.status_code, "nothing was sent" in words(answer)) == (400, True)
    assert path.held().state is State.RECEIVED


def test_after_a_match_the_board_shows_a_reference_only(dana: Client, path: Path) -> None:
    path.matched()
    page = board(dana) + words(dana.get(address(path)))
    assert FINCH.name not in page
    assert "A peer was asked" in page


def test_a_name_after_a_match_is_a_counted_tap(dana: Client, path: Path) -> None:
    path.accepted()
    page = words(dana.post(address(path, "name/")))
    assert FINCH.name in page
    acts = Act.objects.filter(verb="reveal").values_list("actor", "n")
    assert list(acts) == [(path.people.coordinator.account.id, 1)]


@pytest.mark.parametrize("rest", ["name/", "referrer/"])
def test_names_are_shown_within_a_quarter_of_an_hour_of_a_sign_in_and_never_later(
    people: People, path: Path, rest: str
) -> None:
    path.accepted()
    with time_machine.travel(NOON, tick=False):
        dana = sign_in(new_browser(), people.coordinator.account)
    with time_machine.travel(NOON + timedelta(minutes=14), tick=False):
        assert "/account/sign-in/" not in dana.post(address(path, rest)).get("Location", "")
        shown = Act.objects.count()
    with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
        answer = dana.post(address(path, rest))
    assert (answer.status_code, answer["Location"].endswith("&said=step-up")) == (302, True)
    assert FINCH.name not in words(answer)
    assert Act.objects.count() == shown


def test_a_tap_that_isnt_a_press_does_nothing(dana: Client, path: Path) -> None:
    path.accepted()
    assert dana.get(address(path, "name/")).status_code == 404
    assert not Act.objects.filter(verb="reveal").exists()


def test_where_the_program_says_so_nothing_is_shown_after_a_yes(dana: Client, path: Path) -> None:
    path.here = make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    path.accepted()
    page = board(dana) + words(dana.get(address(path)))
    assert "With a peer." in page
    assert "as this program promises" in page
    assert dana.post(address(path, "name/")).status_code == 404


@pytest.mark.parametrize("step", ["matched", "accepted", "invited", "talking"])
def test_a_referral_can_be_taken_back(dana: Client, path: Path, step: str) -> None:
    getattr(path, step)()
    dana.post(address(path, "reassign/"))
    assert path.held().state is State.RECEIVED


def test_who_says_on_the_phone_that_another_may_be_asked_is_matched_anew(dana: Client, path: Path) -> None:
    robin, ari = path.people.supporter, path.people.other_supporter
    chose = asking(peer=robin.member.supporter, only_peer=True)
    came = arrive(here=path.here, asking=chose, source=Source.SELF, once="", at=path.at)
    path.handle = handle_of_link(came.token, at=path.at)
    actions.ask(
        handle=path.handle, supporter=robin.member.supporter, by=path.people.coordinator.member, at=path.at
    )
    actions.pass_on(handle=path.handle, by=robin.member, at=path.at)
    assert "Ari Stone" not in words(dana.get(address(path)))
    page = words(dana.post(address(path, "another/"), follow=True))
    assert ("Noted. Now choose a peer to ask." in page, ari.member.name in page) == (True, True)


def test_closing_from_the_desk_can_be_undone_from_the_board(dana: Client, path: Path) -> None:
    path.received()
    dana.post(address(path, "close/"))
    assert "Just closed" in board(dana)
    assert "Undo" in words(dana.get(address(path)))
    dana.post(address(path, "undo/"))
    assert path.held().state is State.RECEIVED


def test_a_new_link_is_shown_once_and_ends_the_old_one(dana: Client, path: Path, visitor: Client) -> None:
    path.invited()
    page = words(dana.post(address(path, "link/")))
    fresh = page.split("/t/")[1].split("/")[0]
    found = [visitor.get(f"/t/{token}/").status_code for token in (path.token, fresh)]
    assert found == [404, 302]
    assert fresh not in words(dana.get(address(path)))


def test_erasing_from_the_desk_is_asked_once_more(dana: Client, path: Path) -> None:
    path.invited()
    assert "Erase this person now?" in words(dana.get(address(path, "erase/")))
    dana.post(address(path, "erase/"))
    assert not Referral.objects.exists()


def test_what_came_from_an_open_form_is_checked_first(dana: Client, path: Path) -> None:
    path.received()
    Referral.objects.filter(handle=path.handle).update(held=True)
    assert "Does this look real?" in words(dana.get(address(path)))
    assert "Please check first." in board(dana)
    dana.post(address(path, "release/"))
    assert not Referral.objects.get(handle=path.handle).held


def test_who_shouldnt_be_asked_is_shown_to_the_desk_as_it_was_typed(dana: Client, path: Path) -> None:
    arrive(here=path.here, asking=asking(not_with="Dr. H. Moss"), source=Source.SELF, once="", at=path.at)
    assert ("Not with" in board(dana), "Dr. H. Moss" in board(dana)) == (True, True)


def test_when_nobody_fits_the_page_says_how_to_widen(dana: Client, path: Path) -> None:
    Supporter.objects.all().update(limit=0)
    path.received()
    page = words(dana.get(address(path)))
    assert "Nobody fits right now." in page
    assert "207-555-0161" in page


def test_late_is_said_and_marked(people, path: Path) -> None:
    path.received()
    with time_machine.travel(NOON + timedelta(hours=29), tick=False):
        page = board(sign_in(new_browser(), people.coordinator.account))
    assert "The first was due" in page
    assert "5 h late" in page


def test_soon_is_marked_before_it_is_late(people, path: Path) -> None:
    path.received()
    with time_machine.travel(NOON + timedelta(hours=20), tick=False):
        assert "4 h left" in board(sign_in(new_browser(), people.coordinator.account))


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("received", "One good person for this"),
        ("matched", "A peer was asked and has until"),
        ("accepted", "A peer said yes. Their note should go out by"),
        ("invited", "A note went out. Nothing is needed from you."),
        ("talking", "They are talking. Nothing is needed from you."),
        ("closing", "It is closed."),
    ],
)
def test_each_state_says_what_is_needed(dana: Client, path: Path, step: str, said: str) -> None:
    getattr(path, step)()
    assert said in words(dana.get(address(path)))


def test_the_board_costs_the_same_queries_for_one_and_for_many(dana: Client, path: Path) -> None:
    path.received()
    board(dana)
    one = queries_of(dana)
    for _ in range(5):
        path.received()
    for number in range(3):
        make_supporter(path.here, f"Sky Number{'abc'[number]}")
    assert queries_of(dana) == one


def queries_of(browser: Client) -> int:
    with (
        CaptureQueriesContext(connections["default"]) as plain,
        CaptureQueriesContext(connections["vault"]) as sealed,
    ):
        board(browser)
    return len(plain) + len(sealed)


def test_too_many_looks_ask_once_more_and_never_block(dana: Client, path: Path) -> None:
    for _ in range(20):
        path.matched()
        assert FINCH.name in words(dana.post(address(path, "name/")))
        actions.pass_on(handle=path.handle, by=path.people.supporter.member, at=path.at)
    path.matched()
    once_more = words(dana.post(address(path, "name/")))
    assert ("+12075550142" in once_more, "Show it anyway" in once_more) == (False, True)
    assert "+12075550142" in words(dana.post(address(path, "name/"), {"confirmed": "yes"}))


def test_others_find_nothing_at_the_desk(path: Path, people, visitor: Client, visitor_of) -> None:
    path.received()
    actions.ask(
        handle=path.handle,
        supporter=people.supporter.member.supporter,
        by=people.coordinator.member,
        at=path.at,
    )
    others = [people.elsewhere, people.supporter, people.leader, people.operator]
    found = [visitor_of(each.account).get(address(path)).status_code for each in others]
    assert [*found, visitor.get(address(path)).status_code] == [404] * 5
