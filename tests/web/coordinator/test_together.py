"""A program's part in a collaborative, at its desk."""

import pytest

from tests.factories.collaboratives import make_member
from tests.web.public.asking import words
from touchbase.collaborative import actions
from touchbase.collaborative.models import Member
from touchbase.programs.models import Program

pytestmark = pytest.mark.django_db


def test_the_desk_of_a_member_comes_straight_to_its_one_collaborative(people, together, visitor_of):
    desk = visitor_of(people.elsewhere.account)

    assert desk.get("/inland/desk/together/").headers["Location"] == "/inland/desk/together/coast/"
    assert "Peers on the Coast" in desk.get("/inland/desk/together/coast/").content.decode()


def test_a_program_of_two_chooses_and_one_of_none_is_told(people, together, here, elsewhere, visitor_of):
    make_member(actions.found(slug="hills", name="Peers in the Hills", home=elsewhere.id), elsewhere)
    both = visitor_of(people.elsewhere.account).get("/inland/desk/together/").content.decode()
    none = visitor_of(people.coordinator.account).get("/harbor/desk/together/").content.decode()

    assert [name in both for name in ("Peers on the Coast", "Peers in the Hills")] == [True, True]
    assert "is in no collaborative" in none


def test_where_a_program_takes_no_part_nothing_is_there(people, together, visitor_of):
    coordinator = visitor_of(people.coordinator.account)
    assert coordinator.get("/harbor/desk/together/coast/").status_code == 404
    assert coordinator.get("/inland/desk/together/coast/").status_code == 404

    Member.objects.update(state="invited")
    assert visitor_of(people.elsewhere.account).get("/inland/desk/together/coast/").status_code == 404


COAST = "/inland/desk/together/coast/"


@pytest.fixture
def desk(people, together, visitor_of):
    """The browser of the member's coordinator."""
    return visitor_of(people.elsewhere.account)


@pytest.mark.parametrize(
    ("press", "leads_to", "left"), [("join", COAST, ["joined"]), ("not-now", "/inland/desk/together/", [])]
)
def test_an_invitation_is_answered_by_one_of_two_equal_presses(desk, press, leads_to, left):
    Member.objects.update(state="invited")
    page = desk.get("/inland/desk/together/").content.decode()
    assert page.count('<button class="btn answer" type="submit">') == 2
    assert desk.post(f"{COAST}{press}/").headers["Location"] == leads_to
    assert list(Member.objects.values_list("state", flat=True)) == left
    assert "Open" in words(desk.get("/inland/desk/together/", follow=True)) or not left


def test_a_member_leaves_by_one_press(desk):
    assert desk.post(f"{COAST}leave/").headers["Location"] == "/inland/desk/together/"
    assert Member.objects.count() == 0
    assert desk.post(f"{COAST}leave/").status_code == 404


def test_an_item_is_said_by_one_form_and_said_again_to_change_it(desk):
    typed = {"team-owner": "team", "team-next": "monthly", "team-evident": ""}
    assert desk.post(f"{COAST}ready/team/", typed).headers["Location"] == COAST
    assert "Team: Meet monthly, Team" in words(desk.get(COAST))
    desk.post(f"{COAST}ready/team/", typed | {"team-evident": "2026-01-02"})
    assert "Team: Since Jan 2, 2026" in words(desk.get(COAST))
    desk.post(f"{COAST}ready/team/", {})
    assert "Team: Not yet" in words(desk.get(COAST))


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"team-evident": "soon"}, "team-evident"),
        ({"team-evident": "2999-01-01"}, "team-evident"),
        ({"team-owner": "boss"}, "team-owner"),
        ({"team-next": "letter"}, "team-next"),
    ],
)
def test_what_cannot_be_is_said_beside_its_box(desk, typed, place):
    page = desk.post(f"{COAST}ready/team/", typed)
    assert (page.status_code, page.content.decode().count(f'id="{place}-error"')) == (422, 1)
    assert desk.post(f"{COAST}ready/nothing/", typed).status_code == 404


def test_the_form_opens_here_when_the_four_before_it_are_there(desk, elsewhere, visitor):
    Program.objects.filter(pk=elsewhere.id).update(state="draft")
    assert (
        "Open our form" in words(desk.get(COAST)),
        "opens here, by one press" in words(desk.get(COAST)),
    ) == (
        False,
        True,
    )
    assert "Enter it first" in words(desk.post(f"{COAST}launch/"))
    for item in ("endorsement", "coordinator", "team", "supporters"):
        desk.post(f"{COAST}ready/{item}/", {f"{item}-evident": "2026-01-02"})
    assert "Open our form" in words(desk.get(COAST))
    assert 'id="launch-evident"' not in desk.get(COAST).content.decode()

    assert desk.post(f"{COAST}launch/").headers["Location"] == COAST

    assert "Open our form" not in words(desk.get(COAST))
    assert 'id="launch-evident"' in desk.get(COAST).content.decode()
    assert visitor.get("/inland/talk/").content.decode().count('name="contact"') == 1
