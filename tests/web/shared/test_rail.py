"""The rail leads where a member's roles open, and nowhere else."""

import pytest

from touchbase.web.shared.rail import rail_of

pytestmark = pytest.mark.django_db

DESK = ["Board", "Nominations", "Training", "Meetings", "Care"]
MINE = ["Today", "Your training", "Your meetings", "Care for you"]
WAYS = {
    "coordinator": [*DESK, "Acts at the desk"],
    "backup": DESK,
    "supporter": MINE,
    "other_supporter": MINE,
    "leader": ["Numbers"],
    "operator": [],
    "elsewhere": [*DESK, "Acts at the desk"],
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
    ways = rail_of(member, slug="harbor", path="/harbor/desk/board/abc/")
    assert [way[0] for way in ways if way[2]] == ["Board"]


def test_of_two_ways_that_hold_a_page_only_the_nearer_is_marked(people):
    member = people.supporter.member
    places = ("/harbor/mine/", "/harbor/mine/asks/abc/", "/harbor/mine/training/", "/harbor/desk/board/")
    marked = [[way[0] for way in rail_of(member, slug="harbor", path=place) if way[2]] for place in places]
    assert marked == [["Today"], ["Today"], ["Your training"], []]
