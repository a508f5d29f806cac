"""Beside the conversation: the safety steps and the legal page, on every open ask and nowhere else."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.canary import FINCH
from tests.factories.paths import Path
from tests.factories.people import People
from tests.factories.programs import make_program, policy_text
from touchbase.accounts.models import Account
from touchbase.accounts.roles import Role
from touchbase.audit.models import Act
from touchbase.notifications.models import Outgoing
from touchbase.referrals import erasing
from touchbase.referrals.lifecycle import State
from touchbase.supporters.models import Supporter
from touchbase.utilization.counters import counts_of

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def robin(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.supporter.account)


def at(path: Path, rest: str) -> str:
    return f"/harbor/mine/asks/{path.handle}/{rest}/"


def words(answer) -> str:
    return unescape(answer.content.decode())


@pytest.mark.parametrize("state", ["accepted", "invited", "talking"])
def test_one_press_shows_whom_to_call_and_writes_to_the_desk(robin: Client, path: Path, state: str) -> None:
    getattr(path, state)()
    Outgoing.objects.all().delete()
    page = words(robin.post(at(path, "safety"), follow=True))
    assert ("Do this now" in page, 'href="tel:911"' in page, 'href="tel:988"' in page) == (True, True, True)
    assert page.count('href="tel:') <= 4  # three numbers, and the coordinator's button
    assert "The coordinator doesn't know yet." not in page
    desk = {path.people.coordinator.member.ids[Role.COORDINATOR], path.people.backup.member.ids[Role.BACKUP]}
    written = Outgoing.objects.filter(template="safety").values_list("member", flat=True)
    assert set(written) == desk


def test_looking_at_the_steps_tells_nobody_and_says_so(robin: Client, path: Path) -> None:
    path.talking()
    Outgoing.objects.all().delete()
    page = words(robin.get(at(path, "safety")))
    assert "The coordinator doesn't know yet." in page
    assert (Outgoing.objects.count(), path.held().course.safety) == (0, False)
    assert not Act.objects.filter(verb="safety steps").exists()


def test_who_was_only_asked_has_no_steps_to_open(robin: Client, path: Path) -> None:
    path.matched()
    assert robin.get(at(path, "safety")).status_code == 200  # it says whom to call, and that nobody knows
    assert robin.post(at(path, "safety")).status_code == 409
    assert path.held().course.safety is False


def test_the_message_and_the_days_sum_say_nothing_of_whom(robin: Client, path: Path, mailoutbox) -> None:
    path.talking()
    robin.post(at(path, "safety"))
    assert list(Act.objects.filter(verb="safety steps").values_list("actor", "n")) == [("supporters", 1)]


def test_the_board_says_that_it_happened_today_and_the_referral_says_which(
    people: People, visitor_of, robin: Client, path: Path
) -> None:
    path.talking()
    desk = visitor_of(people.coordinator.account)
    assert "A peer opened the safety steps today." not in words(desk.get("/harbor/desk/board/"))
    robin.post(at(path, "safety"))
    page = words(desk.get("/harbor/desk/board/"))
    assert ("A peer opened the safety steps today." in page, FINCH.name in page) == (True, False)
    opened = words(desk.get(f"/harbor/desk/board/{path.handle}/"))
    assert "The peer opened the safety steps" in opened


def test_that_steps_were_opened_is_counted_and_nothing_else_of_it(robin: Client, path: Path) -> None:
    path.talking()
    assert ("safety", "not-opened") in counted(path)
    robin.post(at(path, "safety"))
    assert ("safety", "opened") in counted(path)


def counted(path: Path) -> tuple[tuple[str, str], ...]:
    return counts_of(erasing._facts(path.held(), path.at))


def test_the_legal_page_says_whom_to_call_before_a_claim_is_spoken_of(robin: Client, path: Path) -> None:
    path.here = make_program(
        policy_text(
            legal='contact = "the legal department"\nphone = "207-555-0188"\n'
            'advice = "If a lawsuit is likely, get legal help first."',
            safety='reporting = ["child abuse"]',
        )
    )
    path.talking()
    page = words(robin.get(at(path, "legal")))
    for said in ("call the legal department", "tel:207-555-0188", "get legal help first", "child abuse"):
        assert said in page


def test_both_pages_are_linked_from_every_open_ask(robin: Client, path: Path) -> None:
    page = words(robin.get(f"/harbor/mine/asks/{path.talking().handle}/"))
    assert (at(path, "safety") in page, at(path, "legal") in page) == (True, True)


def test_what_somebody_told_their_peer_of_other_help_is_pressed_for_them(robin: Client, path: Path) -> None:
    path.talking()
    assert "Did other help reach them?" not in words(robin.get(f"/harbor/mine/asks/{path.handle}/"))
    robin.post(at(path, "talked"), {"mode": "phone", "next": "open"})
    assert "Did other help reach them?" in words(robin.get(f"/harbor/mine/asks/{path.handle}/"))
    robin.post(at(path, "onward"), {"onward": "self-help"})
    assert path.held().course.onward == "self-help"
    assert ("onward", "self-help") in counted(path)
    robin.post(at(path, "onward"), {"onward": ""})
    assert [each for each in counted(path) if each[0] == "onward"] == []


def test_help_the_program_doesnt_list_is_no_answer(robin: Client, path: Path) -> None:
    path.talking()
    robin.post(at(path, "talked"), {"mode": "phone", "next": "open"})
    assert robin.post(at(path, "onward"), {"onward": "a long story"}).status_code == 400
    assert path.held().course.onward == ""


def test_leaving_hands_everything_back_in_one_press(robin: Client, path: Path) -> None:
    path.talking()
    page = words(robin.get("/harbor/mine/leave/"))
    assert "One person is with you now." in page
    assert robin.post("/harbor/mine/leave/", {"how": "leave"})["Location"] == "/account/"
    assert (path.held().state, path.held().assignee) == (State.RECEIVED, "")
    assert not Supporter.objects.filter(membership=path.people.supporter.member.supporter).exists()
    assert robin.get("/harbor/mine/")["Location"].startswith("/account/sign-in/")  # no role, no account


def test_one_may_stay_and_hand_everything_back_or_look_and_change_nothing(robin: Client, path: Path) -> None:
    path.matched()
    robin.get("/harbor/mine/leave/")
    assert path.held().state is State.MATCHED
    robin.post("/harbor/mine/leave/", {"how": "back"})
    assert path.held().state is State.RECEIVED
    assert "Nothing waits for you." in words(robin.get("/harbor/mine/"))
