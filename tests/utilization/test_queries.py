"""Reading releases: only one's own program's, the newest first."""

from datetime import date

import pytest

from tests.utilization.crowd import counted, people
from touchbase.kernel.errors import NotFound
from touchbase.utilization import actions, queries

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def released(here):
    for number, half in ((12, "2026-H1"), (30, "2026-H2")):
        actions.add(program_id=here.id, batch=half, half_year=half, counts=counted(people(number)))
    actions.release_due(program_id=here.id, today=date(2027, 1, 4), floor=11, headcounts={})
    return here


def test_releases_come_newest_first(released):
    assert [found.half_year for found in queries.releases(released.id)] == ["2026-H2", "2026-H1"]
    assert queries.latest(released.id) == queries.releases(released.id)[0]


def test_a_release_is_found_by_the_half_year_it_ends_with(released):
    assert queries.release_of(released.id, "2026-H1").sheet.people == 12


def test_another_programs_release_is_not_there(released, elsewhere):
    with pytest.raises(NotFound):
        queries.release_of(elsewhere.id, "2026-H1")
    assert queries.latest(elsewhere.id) is None
    assert queries.releases(elsewhere.id) == []


def test_a_half_year_that_was_not_released_is_not_there(released):
    for half_year in ("2025-H2", "2027-H1", "never"):
        with pytest.raises(NotFound):
            queries.release_of(released.id, half_year)


def test_counts_wait_by_half_year_until_they_are_released(released):
    assert queries.last_released(released.id) == "2026-H2"
    assert queries.counts_since(released.id, after="", before="2026-H2") == {"2026-H1": counted(people(12))}
    assert queries.counts_since(released.id, after="2026-H2", before="2030-H1") == {}
