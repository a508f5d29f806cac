"""A list at the desk: the board leads there, one press checks all, one press asks all."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.canary import FINCH
from tests.factories.paths import NOON
from tests.factories.people import People
from tests.outreach.gathered import came
from touchbase.accounts.models import Account
from touchbase.kernel import clock
from touchbase.outreach import gathering
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def dana(people: People, visitor_of: Callable[[Account], Client], noon) -> Client:
    return visitor_of(people.coordinator.account)


def words(answer) -> str:
    return unescape(answer.content.decode())


def event(batch: str, rest: str = "") -> str:
    return f"/harbor/desk/events/{batch}/{rest}"


def proposed(dana, here, people, batch) -> dict[str, str]:
    found = gathering.together(batch, here=here, by=people.coordinator.member, at=clock.now())
    return {f"peer-{each.one.held.handle}": each.chosen for each in found.people}


def test_the_board_leads_to_a_list_of_which_several_wait(dana, here, people, noon):
    batch = came(here, 2, at=NOON)
    page = words(dana.get("/harbor/desk/board/"))
    assert event(batch) in page
    assert "2 people came in one list." in page
    assert "Match these 2 at once" in page


def test_one_alone_is_no_list(dana, here, people, noon):
    batch = came(here, 1, at=NOON)
    assert event(batch) not in words(dana.get("/harbor/desk/board/"))


def test_the_page_names_them_and_proposes_a_peer_with_reasons(dana, here, people, noon):
    answer = dana.get(event(came(here, 2, at=NOON, department="icu", site="west")))
    page = words(answer)
    assert "2 people came together." in page
    assert FINCH.name in page
    assert "Different site" in page or "Has room for one more" in page or "Different department" in page
    assert page.count("<select") == 2
    assert FINCH.name not in page[page.index("<title>") : page.index("</title>")]
    assert "no-store" in answer["Cache-Control"]


def test_one_press_says_they_look_real(dana, here, people, noon):
    batch = came(here, 2, at=NOON)
    assert "Do they look real?" in words(dana.get(event(batch)))
    after = dana.post(event(batch, "release/"), follow=True)
    assert "Checked: 2 people." in words(after)
    assert "Do they look real?" not in words(after)
    assert not Referral.objects.filter(held=True).exists()


def test_one_press_asks_all_and_leads_back_to_the_board(dana, here, people, noon):
    batch = came(here, 3, at=NOON)
    answer = dana.post(event(batch, "ask/"), proposed(dana, here, people, batch), follow=True)
    assert answer.redirect_chain == [("/harbor/desk/board/", 302)]
    assert "Asked for 3 people." in words(answer)
    assert Referral.objects.filter(state="matched").count() == 3


def test_another_peer_can_be_picked_and_somebody_left_for_later(dana, here, people, noon):
    batch = came(here, 2, at=NOON)
    first, second = proposed(dana, here, people, batch)
    ari = people.other_supporter.member.supporter
    answer = dana.post(event(batch, "ask/"), {first: ari, second: ""}, follow=True)
    assert answer.redirect_chain == [(event(batch), 302)]
    assert "Asked for one person." in words(answer)
    assert "One person came in this list." in words(answer)
    assert Referral.objects.get(state="matched").assignee_id == ari


def test_whoever_has_no_room_any_more_is_said(dana, here, people, noon):
    batch = came(here, 3, at=NOON)
    robin = people.supporter.member.supporter
    answer = dana.post(
        event(batch, "ask/"), dict.fromkeys(proposed(dana, here, people, batch), robin), follow=True
    )
    assert "Asked for 2 people." in words(answer)
    assert "One couldn't be asked: their peer has no room any more." in words(answer)


def test_who_presses_second_reads_that_a_peer_had_been_asked_already(dana, here, people, noon):
    batch = came(here, 3, at=NOON)
    form = proposed(dana, here, people, batch)
    first, peer = next(iter(form.items()))
    dana.post(event(batch, "ask/"), {first: peer})
    dana.get("/harbor/desk/board/")
    said = words(dana.post(event(batch, "ask/"), form, follow=True))
    assert "Asked for 2 people." in said
    assert "For one person a peer had been asked already. Nobody was asked twice." in said
    assert "no room any more" not in said


def test_where_nobody_could_be_asked_nothing_is_said_to_have_been(dana, here, people, noon):
    batch = came(here, 1, at=NOON)
    someone = proposed(dana, here, people, batch)
    Supporter.objects.update(limit=0)
    answer = dana.post(event(batch, "ask/"), someone, follow=True)
    assert ("Asked for" in words(answer), "One couldn't be asked" in words(answer)) == (False, True)
    assert Referral.objects.get().state == "received"


def test_who_finds_nobody_is_listed_with_what_can_be_done(dana, here, people, noon):
    page = words(dana.get(event(came(here, 5, at=NOON))))
    assert "Nobody is left for one person" in page
    assert "Ask a peer to take one more than their limit. It adds 2 peers" in page
    assert "Ask the backup coordinator to call" in page


def test_a_list_that_is_over_is_not_there(dana, here, people, noon):
    assert dana.get(event("a" * 26)).status_code == 404
    assert dana.post(event("a" * 26, "ask/")).status_code == 404


def test_who_is_here_already_is_told_to_the_desk_alone(dana, here, people, noon):
    came(here, 1, at=NOON)
    first = Referral.objects.get().handle
    Referral.objects.filter(handle=first).update(held=False)
    batch = came(here, 2, at=NOON, language="es", name="Lark")
    page = words(dana.get(event(batch)))
    assert "Perhaps here already" in page
    assert page.count("<select") == 1
