"""The desk mends: a contact that failed, one person twice, somebody who belongs elsewhere."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from tests.canary import FINCH
from tests.factories.paths import Path
from tests.factories.people import People
from tests.factories.walking import asking
from touchbase.accounts.models import Account
from touchbase.audit.models import Act
from touchbase.kernel.ids import reference
from touchbase.outreach import actions, contacts
from touchbase.outreach.sweep import run_once
from touchbase.referrals import queries
from touchbase.referrals.course import Source
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.vault.models import Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

TOLD_US = "+15035550144"


@pytest.fixture
def dana(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.coordinator.account)


def address(handle: str, rest: str = "") -> str:
    return f"/harbor/desk/board/{handle}/{rest}"


def words(answer) -> str:
    return unescape(answer.content.decode())


def failed(path: Path) -> str:
    """Somebody a colleague asked for, whose number doesn't work."""
    of = asking(referrer_contact=TOLD_US)
    kept = actions.receive(here=path.here, asking=of, once="", at=path.at, source=Source.COLLEAGUE)
    handle = queries.handle_of_link(kept.link.rstrip("/").rpartition("/")[2], at=path.at)
    people = path.people
    actions.ask(
        handle=handle, supporter=people.supporter.member.supporter, by=people.coordinator.member, at=path.at
    )
    actions.accept(handle=handle, by=people.supporter.member, at=path.at)
    contacts.contact_failed(handle=handle, by=people.supporter.member, at=path.at)
    return handle


def test_a_failed_contact_is_said_and_nobody_can_be_asked(dana: Client, path: Path) -> None:
    page = words(dana.get(address(failed(path))))
    assert "The contact doesn't work." in page
    assert "Replace the contact" in page
    assert "Ask this peer" not in page
    assert TOLD_US not in page


def test_who_told_us_is_shown_on_one_page_once(dana: Client, path: Path) -> None:
    handle = failed(path)
    first = words(dana.post(address(handle, "referrer/")))
    assert "Who told us of them: +1 503-555-0144" in first
    assert "503-555-0144" not in words(dana.get(address(handle)))
    again = dana.post(address(handle, "referrer/"))
    assert (again.status_code, "it was shown already" in words(again)) == (400, True)


def test_too_many_looks_ask_once_more_before_who_told_us_is_shown(dana: Client, path: Path) -> None:
    handle = failed(path)
    for _ in range(20):
        dana.post(address(path.matched().handle, "name/"))
        actions.pass_on(handle=path.handle, by=path.people.supporter.member, at=path.at)
    once_more = words(dana.post(address(handle, "referrer/")))
    assert ("503-555-0144" in once_more, "Please confirm that you need this one, too." in once_more) == (
        False,
        True,
    )
    assert f'action="{address(handle, "referrer/")}"' in once_more[: once_more.index("Show it anyway")]
    assert "503-555-0144" in words(dana.post(address(handle, "referrer/"), {"confirmed": "yes"}))


def test_another_contact_opens_the_way_to_a_peer(dana: Client, path: Path) -> None:
    handle = failed(path)
    form = words(dana.get(address(handle, "contact/")))
    assert (FINCH.phone in form, 'autocomplete="off"' in form) == (False, True)
    bad = dana.post(address(handle, "contact/"), {"channel": "email", "contact": "nobody"})
    assert (bad.status_code, "Enter one email address" in words(bad)) == (422, True)
    new = {"channel": "email", "contact": FINCH.email}
    page = words(dana.post(address(handle, "contact/"), new, follow=True))
    assert "Replaced. The old one is gone." in page
    assert "Ask this peer" in page


def twice(path: Path) -> tuple[str, str]:
    older = path.received().handle
    return older, path.received().handle


def test_the_board_and_the_panel_say_maybe_and_a_press_joins(dana: Client, path: Path) -> None:
    one, other = twice(path)
    page = words(dana.get(address(one)))
    assert page.count(f"Maybe the same person as Ref {reference(other)}") == 2
    stays = dana.post(address(one, "join/"), {"other": other})["Location"].rstrip("/").rpartition("/")[2]
    ended = ({one, other} - {stays}).pop()
    assert Referral.objects.get(handle=ended).state == State.CLOSING
    assert "Maybe the same person" not in words(dana.get(address(stays)))
    assert "Joined with their other request. It is erased now." in words(dana.get(address(ended)))


def test_a_press_keeps_them_apart(dana: Client, path: Path) -> None:
    one, other = twice(path)
    page = words(dana.post(address(one, "keep-apart/"), {"other": other}, follow=True))
    assert "Kept as two people." in page
    assert "Maybe the same person" not in words(dana.get("/harbor/desk/board/"))


def test_a_made_up_other_is_nothing(dana: Client, path: Path) -> None:
    handle = path.received().handle
    answer = dana.post(address(handle, "join/"), {"other": "0" * 26})
    assert (answer.status_code, "nothing in common" in words(answer)) == (400, True)


def test_somebody_is_sent_elsewhere_after_a_look_at_what_they_will_read(dana: Client, path: Path) -> None:
    handle = path.received().handle
    otherwise = path.here.policy.eligibility.otherwise
    assert otherwise in words(dana.get(address(handle, "elsewhere/")))
    assert Referral.objects.get().state == State.RECEIVED
    dana.post(address(handle, "elsewhere/"))
    assert (Referral.objects.get().state, Act.objects.get(verb="redirect").n) == (State.CLOSING, 1)
    assert otherwise in words(dana.get(address(handle)))
    own = Client().get(f"/t/{path.token}/", follow=True)
    assert "Somebody else is there for this." in words(own)
    assert otherwise in words(own)


def test_it_can_be_undone_and_then_counts_as_usual(dana: Client, path: Path) -> None:
    handle = path.received().handle
    dana.post(address(handle, "elsewhere/"))
    dana.post(address(handle, "undo/"))
    held = path.held()
    assert (held.state, held.course.elsewhere) == (State.RECEIVED, False)


def test_it_is_counted_as_sent_elsewhere_and_by_nothing_else(dana: Client, path: Path) -> None:
    handle = path.received().handle
    dana.post(address(handle, "elsewhere/"))
    run_once(path.at + timedelta(hours=1))
    assert not Referral.objects.filter(handle=handle).exists()
    assert set(Pool.objects.values_list("measure", "category", "n")) == {
        ("elsewhere", "elsewhere", 1), ("people", "people", 1),
    }  # fmt: skip
