"""A program's part in a collaborative, at its desk."""

import pytest

from tests.factories.collaboratives import make_member
from touchbase.collaborative import actions
from touchbase.collaborative.models import Member

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
