"""After the database was put back from a copy: nothing goes on for anybody until the desk has looked."""

from datetime import timedelta
from html import unescape

import pytest

from tests.canary import FINCH
from touchbase.audit.models import Act
from touchbase.kernel.ids import reference
from touchbase.notifications.models import Outgoing
from touchbase.outreach.sweep import run_once
from touchbase.referrals import restoring
from touchbase.referrals.models import Referral
from touchbase.vault import generations
from touchbase.vault.generations import PutBack

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

BOARD, PAGE = "/harbor/desk/board/", "/harbor/desk/restored/"


@pytest.fixture
def dana(people, visitor_of):
    return visitor_of(people.coordinator.account)


@pytest.fixture
def one(path):
    """Robin had said yes when the copy was made."""
    path.accepted()
    Outgoing.objects.all().delete()
    generations.note_put_back(what=PutBack.DATABASE, at=path.at)
    restoring.confirm(path.at)
    return path


def words(answer) -> str:
    return unescape(answer.content.decode())


def test_the_board_says_that_somebody_may_have_come_further_and_leads_there(dana, one):
    said = words(dana.get(BOARD))
    assert "The database was put back from a copy." in said
    assert "1 person may have come further than it says here." in said
    assert f'href="{PAGE}"' in said


def test_without_a_copy_the_board_says_nothing_of_one(dana, path):
    path.accepted()
    assert "put back from a copy" not in words(dana.get(BOARD))


def test_the_page_says_by_reference_where_the_copy_has_them_and_names_nobody(dana, one):
    said = words(dana.get(PAGE))
    assert "1 person to look at." in said
    assert f"Ref {reference(one.handle)}" in said
    assert "A peer said yes" in said
    assert FINCH.name not in said


def test_the_clock_leaves_them_alone_until_somebody_has_looked(dana, one):
    later = one.at + timedelta(days=3)
    assert run_once(later).events == 0
    assert Outgoing.objects.count() == 0
    answer = dana.post(f"{PAGE}{one.handle}/", follow=True)
    assert "It goes on from here." in words(answer)
    assert "Nobody to look at." in words(answer)
    assert list(Act.objects.filter(verb="restored").values_list("n", flat=True)) == [1]
    assert run_once(later).events > 0


def test_a_second_press_changes_nothing_and_says_so(dana, one):
    dana.post(f"{PAGE}{one.handle}/")
    assert "Somebody has looked at it already." in words(dana.post(f"{PAGE}{one.handle}/", follow=True))
    assert list(Act.objects.filter(verb="restored").values_list("n", flat=True)) == [1]


def test_nobody_is_asked_for_somebody_who_was_not_looked_at(dana, path):
    path.received()
    Referral.objects.update(unsure=True)
    asked = {"supporter": path.people.supporter.member.supporter}
    refused = words(dana.post(f"{BOARD}{path.handle}/match/", asked))
    assert "This came out of a copy of the database." in refused
    assert Referral.objects.get().state == "received"
    dana.post(f"{PAGE}{path.handle}/")
    dana.post(f"{BOARD}{path.handle}/match/", asked)
    assert Referral.objects.get().state == "matched"


def test_what_waited_to_be_sent_when_the_copy_was_made_is_never_sent(path):
    path.matched()
    assert Outgoing.objects.count() > 0
    generations.note_put_back(what=PutBack.DATABASE, at=path.at)
    restoring.confirm(path.at)
    assert Outgoing.objects.count() == 0


def test_nobody_of_another_program_and_no_stranger_sees_or_moves_one(one, people, visitor_of, visitor):
    elsewhere = visitor_of(people.elsewhere.account)
    for who in (elsewhere, visitor):
        assert who.get(PAGE).status_code in {302, 404}
        assert who.post(f"{PAGE}{one.handle}/").status_code in {302, 404}
    assert Referral.objects.get().unsure is True
