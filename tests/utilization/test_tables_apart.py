"""Rows that would speak about other tables are shown with others, of fewer people, or not at all."""

from tests.utilization.crowd import counted, people
from tests.utilization.test_releases import cells, drawn, table
from touchbase.utilization.counters import Facts
from touchbase.utilization.suppression import Kind


def test_whom_a_peer_began_with_is_shown_with_those_who_asked():
    sheet = drawn(counted([*people(20), *people(13, source="peer"), *people(12, source="team")]))
    assert cells(sheet, "source") == [
        ("self", Kind.SHOWN, 33),
        ("colleague", Kind.SHOWN, 0),
        ("team", Kind.SHOWN, 12),
    ]


def test_professions_divide_those_who_were_asked_and_only_where_their_number_is_shown():
    nurses, team = people(30, profession="nurse"), people(14, source="team")
    found = table(drawn(counted([*nurses, *team])), "profession")
    assert found is not None
    assert (found.total, [cell.n for cell in found.cells]) == (30, [0, 30])
    assert table(drawn(counted([*nurses, *team[:4]])), "profession") is None
    assert table(drawn(counted(team)), "profession") is None
    talk = Facts(source="peer", profession=None, talks=(("phone", ""),))
    assert table(drawn(counted([*nurses, talk])), "profession") is None
