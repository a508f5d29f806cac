"""A collaborative opens to its faculty; to everybody else nothing is there."""

import pytest

pytestmark = pytest.mark.django_db


def test_faculty_see_their_collaborative(people, together, visitor_of):
    page = visitor_of(people.faculty.account).get("/c/coast/").content.decode()

    assert ("Peers on the Coast" in page, 'href="/c/coast/"' in page) == (True, True)


@pytest.mark.parametrize("part", ["coordinator", "backup", "supporter", "leader", "operator", "elsewhere"])
def test_to_everybody_else_it_is_not_there(people, together, visitor, visitor_of, part):
    assert visitor_of(getattr(people, part).account).get("/c/coast/").status_code == 404
    assert visitor.get("/c/coast/").headers["Location"].startswith("/account/sign-in/")


def test_faculty_have_no_page_of_the_program_at_the_center(people, together, visitor_of):
    faculty = visitor_of(people.faculty.account)

    opened = [faculty.get(f"/harbor/{part}/").status_code for part in ("desk/board", "mine", "numbers")]
    assert opened == [404, 404, 404]
