"""The rail leads where a member's roles open, and nowhere else."""

import pytest

from touchbase.web.shared.rail import rail_of

pytestmark = pytest.mark.django_db

WAYS = {
    "coordinator": ["Board", "Acts at the desk"],
    "backup": ["Board"],
    "supporter": ["Today", "Availability", "Profile"],
    "other_supporter": ["Today", "Availability", "Profile"],
    "leader": ["Numbers"],
    "operator": [],
    "elsewhere": ["Board", "Acts at the desk"],
}


def test_everyone_sees_the_ways_of_their_roles(people):
    found = {
        part: [way[0] for way in rail_of(person.member, slug="harbor", path="/")]
        for part, person in people.everyone()
        if person
    }
    assert found == WAYS


def test_the_page_one_is_on_is_marked_also_below_it(people):
    member = people.coordinator.member
    marked = {way[0]: way[2] for way in rail_of(member, slug="harbor", path="/harbor/desk/board/abc/")}
    assert marked == {"Board": True, "Acts at the desk": False}


def test_the_roster_is_a_way_only_where_one_is_kept(people):
    found = {
        part: [way[0] for way in rail_of(person.member, slug="harbor", path="/", roster=True)]
        for part, person in people.everyone()
        if person
    }
    assert found["coordinator"] == ["Board", "Roster", "Acts at the desk"]
    assert found["supporter"] == ["Today", "First to call"]
    assert found["leader"] == ["Numbers"]


def test_of_two_ways_that_lead_to_a_page_the_nearer_is_marked(people):
    ways = rail_of(people.supporter.member, slug="harbor", path="/harbor/mine/duty/", roster=True)
    assert {way[0]: way[2] for way in ways} == {"Today": False, "First to call": True}


def test_a_page_with_a_way_of_its_own_is_not_marked_as_today(people):
    member = people.supporter.member
    marked = {way[0]: way[2] for way in rail_of(member, slug="harbor", path="/harbor/mine/profile/")}
    assert marked == {"Today": False, "Availability": False, "Profile": True}
    marked = {way[0]: way[2] for way in rail_of(member, slug="harbor", path="/harbor/mine/asks/abc/")}
    assert marked == {"Today": True, "Availability": False, "Profile": False}
