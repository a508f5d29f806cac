"""Two who act at once: one wins, the other reads what holds now, and no name leaks to the loser."""

import threading
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connections
from django.test import Client

from tests.canary import FINCH
from tests.factories.paths import Path
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def at_once(*presses: Callable[[], tuple[int, str]]) -> list[tuple[int, str]]:
    """Press at the same moment, each by a connection of its own."""
    gate, answers = threading.Barrier(len(presses)), []

    def press(each: Callable[[], tuple[int, str]]) -> None:
        gate.wait()
        try:
            answers.append(each())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(each,)) for each in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def pressing(browser: Client, place: str, **fields: str) -> Callable[[], tuple[int, str]]:
    def press() -> tuple[int, str]:
        answer = browser.post(place, fields)
        return answer.status_code, unescape(answer.content.decode())

    return press


@pytest.mark.parametrize("_again", range(3))
def test_an_ask_is_accepted_once(path: Path, visitor_of, _again: int) -> None:
    path.matched()
    place = f"/harbor/mine/asks/{path.handle}/accept/"
    tabs = [visitor_of(path.people.supporter.account) for _ in range(2)]
    won, lost = at_once(*[pressing(tab, place) for tab in tabs])
    assert (won[0], lost[0]) == (302, 409)
    assert FINCH.name not in lost[1]
    assert path.held().state is State.ACCEPTED


@pytest.mark.parametrize("_again", range(3))
def test_two_coordinators_ask_once(path: Path, visitor_of, _again: int) -> None:
    path.received()
    place = f"/harbor/desk/board/{path.handle}/match/"
    robin = path.people.supporter.member.supporter
    desks = [visitor_of(each.account) for each in (path.people.coordinator, path.people.backup)]
    answers = at_once(*[pressing(desk, place, supporter=robin) for desk in desks])
    assert answers[0][0] == 302
    assert answers[1][0] in {400, 409}
    assert path.held().state is State.MATCHED


def test_accepting_and_taking_back_at_once_ends_in_one_of_both(path: Path, visitor_of) -> None:
    path.matched()
    robin, dana = visitor_of(path.people.supporter.account), visitor_of(path.people.coordinator.account)
    answers = at_once(
        pressing(robin, f"/harbor/mine/asks/{path.handle}/accept/"),
        pressing(dana, f"/harbor/desk/board/{path.handle}/reassign/"),
    )
    assert path.held().state in {State.ACCEPTED, State.RECEIVED}
    assert min(status for status, _ in answers) == 302


def test_a_double_click_on_pass_is_one_pass(path: Path, visitor_of) -> None:
    path.matched()
    place = f"/harbor/mine/asks/{path.handle}/pass/"
    tabs = [visitor_of(path.people.supporter.account) for _ in range(2)]
    won, lost = at_once(*[pressing(tab, place) for tab in tabs])
    assert won[0] == 302
    assert lost[0] in {404, 409}
    assert len(path.held().course.barred) == 1


def test_a_stale_tab_reads_what_holds_now(path: Path, visitor_of) -> None:
    path.accepted()
    answer = visitor_of(path.people.supporter.account).post(f"/harbor/mine/asks/{path.handle}/pass/")
    assert (answer.status_code, FINCH.name in unescape(answer.content.decode())) == (409, False)


def test_a_double_click_on_the_form_is_one_referral(here, visitor: Client) -> None:
    from tests.factories.browsers import new_browser
    from tests.holding.forms import ASKED, once
    from touchbase.referrals.models import Referral

    fields = ASKED | {"once": once()}
    answers = at_once(*[pressing(new_browser(), "/harbor/talk/", **fields) for _ in range(2)])
    assert [("Thank you" in page) for _, page in answers] == [True, True]
    assert Referral.objects.count() == 1
