"""The desk's page of places to turn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.programs import make_program, policy_text
from tests.resources.test_checking import CLINIC, MORE
from tests.web.public.asking import words
from touchbase.resources import checking

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PAGE = "/harbor/desk/resources/"


@pytest.fixture
def desk(people, visitor_of, noon):
    """The coordinator's browser."""
    return visitor_of(people.coordinator.account)


def listing(text: str = policy_text() + MORE):
    return make_program(text)


def test_it_says_how_many_need_a_look_and_when_each_was_reviewed(desk):
    listing()
    said = words(desk.get(PAGE))
    assert "2 places to turn need a look." in said
    assert "A clinic Its page: not checked yet. Reviewed on Feb 1, 2026. Read" in said
    assert "Assistance 207-555-0162. Reviewed on May 10, 2025. Needs a look" in said
    assert "Its page: not checked yet. Never reviewed. Needs a look" in said


@pytest.mark.parametrize(
    ("opened", "said"), [(True, "page: opened on May 11, 2026"), (False, "page: didn't open on May")]
)
def test_it_says_when_a_page_was_looked_at_and_whether_it_opened(desk, noon, opened, said):
    checking.check(listing(), CLINIC, today=noon.date(), opens=lambda _link: opened)
    assert said in words(desk.get(PAGE))


def test_a_link_from_the_desk_tells_the_other_side_nothing(desk):
    listing()
    assert f'<a href="{CLINIC}" rel="noreferrer">' in desk.get(PAGE).content.decode()


def test_it_says_when_all_is_well_and_when_nothing_is_listed(desk):
    fresh = policy_text().replace(
        '[[resources]]\nkind = "self-help"', '[[resources]]\nreviewed_on = 2026-05-01\nkind = "self-help"'
    )
    listing(fresh)
    assert "Every place to turn was looked at within a year." in words(desk.get(PAGE))
    listing(policy_text().partition("[[resources]]")[0])
    assert "No place to turn is listed yet." in words(desk.get(PAGE))


def test_thirty_places_cost_no_more_queries_than_one(desk):
    def cost(n: int) -> int:
        one = '\n[[resources]]\nkind = "outside"\ntitle = "A page {0}"\nwhere = "There."\nlink = "https://example.org/{0}"\n'
        here = listing(policy_text() + "".join(one.format(each) for each in range(n)))
        for link in checking.links_of(here):
            checking.check(here, link, today=here.policy.safety.urgent[0].checked_on, opens=bool)
        desk.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            desk.get(PAGE)
        return len(seen)

    assert cost(30) == cost(1)
