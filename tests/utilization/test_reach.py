"""How many of a team were offered a peer: counted of those of a list alone, shown where it tells no more."""

import pytest

from tests.utilization.crowd import counted, people
from tests.utilization.test_releases import TALKED, cells, drawn, table
from touchbase.utilization.counters import Facts
from touchbase.utilization.suppression import Kind


def team_of(offered: int, not_offered: int) -> list[Facts]:
    """People of lists, of whom some were offered a peer. Nothing else about them is rare."""
    reached = {**TALKED, "source": "team", "profession": "nurse", "talks": (("phone", "up to 15"),)}
    return [*people(offered, **reached), *people(not_offered, source="team", profession="nurse")]


def test_the_reach_of_teams_is_shown_where_nothing_else_is_hidden():
    found = table(drawn(counted(team_of(20, 12))), "reach")
    assert found is not None
    assert [(cell.category, cell.n, cell.percent) for cell in found.cells] == [
        ("offered", 20, 63),
        ("not-offered", 12, 38),
    ]


def test_everybody_offered_is_shown_as_that():
    assert cells(drawn(counted(team_of(30, 0))), "reach") == [
        ("offered", Kind.SHOWN, 30),
        ("not-offered", Kind.SHOWN, 0),
    ]


@pytest.mark.parametrize(
    "crowd",
    [
        team_of(20, 3),  # three without an answer are hidden, and would be told by this
        [*team_of(20, 12), *people(5, source="colleague", profession="nurse")],
        [*people(20, source="self", profession="nurse")],
    ],
)
def test_the_reach_of_teams_is_not_shown_beside_a_hidden_number_or_without_a_team(crowd):
    assert table(drawn(counted(crowd)), "reach") is None


def test_the_reach_of_teams_is_not_shown_where_it_would_be_hidden_itself():
    reached = {**TALKED, "profession": "nurse", "talks": (("phone", "up to 15"),)}
    sheet = drawn(counted([*team_of(10, 19), *people(11, **reached)]))
    assert {cell.kind for found in sheet.tables for cell in found.cells} == {Kind.SHOWN}
    assert table(sheet, "reach") is None


def test_only_people_of_a_list_are_counted_as_offered_or_not():
    reach = {count for facts in people(1, **TALKED) for count in counted([facts]) if count[0] == "reach"}
    assert reach == set()
    assert counted(team_of(1, 1)).items() >= {("reach", "offered"): 1, ("reach", "not-offered"): 1}.items()
