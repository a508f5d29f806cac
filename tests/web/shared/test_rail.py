"""The rail leads where a member's roles open, and nowhere else."""

import pytest

from touchbase.web.shared.rail import rail_of

pytestmark = pytest.mark.django_db

DESK = ["Board", "Nominations", "Training", "Meetings", "Care", "Outreach", "Resources"]
OF_COORDINATORS = [*DESK, "People", "Settings", "Acts at the desk"]
MINE = ["Today", "Availability", "Profile", "Your training", "Your meetings", "Care for you"]
WAYS = {
    "coordinator": OF_COORDINATORS,
    "backup": [*DESK, "Settings"],
    "supporter": MINE,
    "other_supporter": MINE,
    "leader": ["Numbers"],
    "operator": [],
    "faculty": [],
    "elsewhere": OF_COORDINATORS,
}


def ways_of(people, *, roster):
    return {
        part: [way[0] for way in rail_of(person.member, slug="harbor", path="/", roster=roster)]
        for part, person in people.everyone()
        if person
    }


def marked(member, place):
    ways = rail_of(member, slug="harbor", path=f"/harbor/{place}", roster=True)
    return [way[0] for way in ways if way[2]]


def test_everyone_sees_the_ways_of_their_roles(people):
    assert ways_of(people, roster=False) == WAYS


def test_the_roster_is_a_way_only_where_one_is_kept(people):
    found = ways_of(people, roster=True)
    assert found["coordinator"] == ["Board", "Roster", *OF_COORDINATORS[1:]]
    assert found["supporter"] == ["Today", "First to call", *MINE[1:]]
    assert found["leader"] == ["Numbers"]


def test_a_collaborative_is_a_way_only_for_the_desk_of_a_program_that_takes_part(people):
    found = {
        part: [way[0] for way in rail_of(person.member, slug="harbor", path="/", together=True)]
        for part, person in people.everyone()
        if person
    }
    assert found == WAYS | {
        "coordinator": [*OF_COORDINATORS[:-1], "Together", OF_COORDINATORS[-1]],
        "elsewhere": [*OF_COORDINATORS[:-1], "Together", OF_COORDINATORS[-1]],
        "backup": [*WAYS["backup"], "Together"],
    }


def test_the_page_one_is_on_is_marked_also_below_it(people):
    assert marked(people.coordinator.member, "desk/board/abc/") == ["Board"]
    assert marked(people.supporter.member, "mine/asks/abc/") == ["Today"]


@pytest.mark.parametrize(
    ("place", "way"),
    [
        ("mine/", "Today"),
        ("mine/duty/", "First to call"),
        ("mine/profile/", "Profile"),
        ("mine/training/", "Your training"),
    ],
)
def test_of_two_ways_that_hold_a_page_only_the_nearer_is_marked(people, place, way):
    assert marked(people.supporter.member, place) == [way]


def test_a_page_that_isnt_ones_own_marks_nothing(people):
    assert marked(people.supporter.member, "desk/board/") == []
