"""All members together: once a half-year, from what each released of exactly that half-year, and frozen."""

import pytest

from tests.collaborative.crowds import counts, days_after, joined, released
from touchbase.collaborative import pooling
from touchbase.collaborative.models import Member, PooledRelease
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.outreach import sweep
from touchbase.utilization.actions import drop_counters
from touchbase.utilization.releases import Sheet

pytestmark = pytest.mark.django_db
HALF = "2026-H1"
DUE = days_after(HALF, 8)


@pytest.fixture
def three(together):
    """Three members that released the half-year."""
    programs = [joined(together, slug) for slug in ("cape", "dune", "fen")]
    for program, n in zip(programs, (18, 20, 22), strict=True):
        released(program, HALF, counts(n, colleague=n // 2, talked=n - 1, later=1))
    return programs


def pooled(together) -> list[pooling.PooledHalf]:
    return pooling.pooled_releases(together)


def due(together, day=DUE) -> bool:
    return pooling.release_due(collaborative=together.id, today=day)


def sheet_of(half: pooling.PooledHalf) -> Sheet:
    assert half.sheet
    return half.sheet


def shown(half: pooling.PooledHalf) -> dict[str, list[int | None]]:
    return {table.measure: [cell.n for cell in table.cells] for table in sheet_of(half).tables}


def test_what_three_members_released_is_added_up_and_what_tells_too_much_is_kept(together, three):
    assert [due(together), due(together)] == [True, False]

    (half,) = pooled(together)
    assert (half.half_year, half.made_day, half.members) == (HALF, DUE, 3)
    assert (sheet_of(half).people, sheet_of(half).floor) == (60, 11)
    assert shown(half) == {
        "source": [30, 30, 0],
        "match": [None, 0, None],
        "answer": [None, 0, None, 0, 0],
    }
    assert [cell.percent for cell in sheet_of(half).tables[0].cells] == [50, 50, 0]


def test_how_people_talked_is_shown_beside_their_number_alone(together):
    for slug, n in (("cape", 40), ("dune", 40), ("fen", 40)):
        released(joined(together, slug), HALF, counts(n, talked=20))
    due(together)

    (half,) = pooled(together)
    assert shown(half)["answer"] == [60, 0, 60, 0, 0]
    assert shown(half) | {"conversations": [60, 0, 0], "mode": [60, 0, 0]} == shown(half)
    assert "profession" not in shown(half)


def test_a_release_waits_a_week_for_every_members_own(together, three):
    assert due(together, days_after(HALF, 7)) is False
    assert due(together) is True
    assert due(together, days_after("2026-H2", 8)) is False, "nobody released it"


def test_two_members_are_never_added_up(together, three):
    Member.objects.filter(program_id=three[0].id).delete()
    assert (due(together), pooled(together)) == (False, [])
    Member.objects.filter(program_id=three[1].id).delete()
    assert (due(together), pooled(together)) == (False, [])


def test_one_whose_release_covers_two_half_years_is_left_out_of_both(together, three):
    late = joined(together, "gulf")
    released(late, "2025-H2", counts(5))
    released(late, HALF, counts(30))
    due(together)

    (half,) = pooled(together)
    assert (half.members, sheet_of(half).people) == (3, 60)


def test_who_joins_leaves_or_ends_later_changes_nothing(together, three):
    due(together)
    (before,) = pooled(together)
    Member.objects.filter(program_id=three[0].id).delete()
    drop_counters(program_id=three[1].id)
    released(joined(together, "gulf"), HALF, counts(300))

    assert due(together) is False
    assert pooled(together) == [before]
    assert pooling.pooled_release(together, HALF) == before
    with pytest.raises(NotFound):
        pooling.pooled_release(together, "2025-H2")


def test_one_that_ended_before_has_nothing_to_add(together, three):
    drop_counters(program_id=three[2].id)
    assert due(together) is False


def test_what_may_not_be_shown_is_not_tried_again_with_others(together):
    for slug, n in (("cape", 12), ("dune", 12), ("fen", 300)):
        released(joined(together, slug), HALF, counts(n))
    assert due(together) is True
    released(joined(together, "gulf"), HALF, counts(200))

    assert due(together) is False
    assert [(half.members, half.sheet) for half in pooled(together)] == [(3, None)]


def test_the_strictest_members_floor_holds_for_all(together, three):
    strict = joined(together, "gulf", reporting="floor = 20")
    released(strict, HALF, counts(30, colleague=15, talked=29, later=1))
    due(together)

    (half,) = pooled(together)
    assert (half.members, half.sheet) == (4, None), "one of them has 18 people, fewer than 20"


def test_the_rows_are_those_of_a_members_own_release(together):
    for slug in ("cape", "dune", "fen"):
        began = {("source", "self"): 31, ("source", "peer"): 4, ("source", "other"): 15}
        released(joined(together, slug), HALF, counts(50) | began)
    due(together)

    source = sheet_of(pooled(together)[0]).tables[0]
    assert {cell.category: cell.n for cell in source.cells} == {
        "self": 105, "colleague": 0, "team": 0, "other": 45,
    }  # fmt: skip


def test_a_measure_that_was_not_counted_for_everybody_is_left_out(together):
    for slug, extra in (("cape", {}), ("dune", {}), ("fen", {("touches", "two"): 9})):
        released(joined(together, slug), HALF, counts(30) | extra)
    due(together)
    assert "touches" not in shown(pooled(together)[0])


@pytest.mark.django_db(databases=["default", "vault"])
def test_the_clock_makes_what_is_due(together, three):
    at = clock.now().replace(year=2026, month=7, day=8)
    sweep._count(at)
    assert PooledRelease.objects.get().half_year == HALF
