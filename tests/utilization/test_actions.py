"""Adding up and releasing: once each, whatever is repeated or comes late."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.programs import policy_text
from tests.utilization.crowd import counted, people
from touchbase.programs import actions as programs
from touchbase.programs.models import Program
from touchbase.programs.queries import program_at
from touchbase.utilization import actions, queries
from touchbase.utilization.models import Counter, Flush, Release

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

JANUARY = date(2027, 1, 1)


def add(here, number, *, batch="first", half_year="2026-H2", **facts):
    counts = counted(people(number, **facts))
    return actions.add(program_id=here.id, batch=batch, half_year=half_year, counts=counts)


def release(here, today=JANUARY, *, floor=11, headcounts=None):
    return actions.release_due(program_id=here.id, today=today, floor=floor, headcounts=headcounts or {})


def counters(here):
    return {
        (row.half_year, row.measure, row.category): row.n
        for row in Counter.objects.filter(program_id=here.id)
    }


def test_a_batch_is_added_to_its_half_year(here):
    assert add(here, 12, source="team") is True
    assert counters(here) == {
        ("2026-H2", measure, category): n
        for (measure, category), n in counted(people(12, source="team")).items()
    }


def test_batches_of_a_half_year_add_up(here):
    add(here, 12, source="team")
    add(here, 11, source="team", batch="second")
    add(here, 13, batch="third")
    assert counters(here)["2026-H2", "source", "team"] == 23
    assert counters(here)["2026-H2", "source", "self"] == 13
    assert counters(here)["2026-H2", "people", "people"] == 36


def test_the_same_batch_again_changes_nothing(here):
    add(here, 12)
    before = counters(here)
    assert add(here, 12) is False
    assert add(here, 40, source="team") is False
    assert counters(here) == before
    assert list(Flush.objects.values_list("batch", "program_id")) == [("first", here.id)]


def test_a_batch_that_fails_halfway_leaves_nothing(here):
    add(here, 11, source="team", batch="earlier")
    broken = {("source", "self"): 12, ("source", "team"): None}
    with pytest.raises(TypeError):
        actions.add(program_id=here.id, batch="first", half_year="2026-H2", counts=broken)  # type: ignore[arg-type]
    assert counters(here)["2026-H2", "source", "team"] == 11
    assert list(Flush.objects.values_list("batch", flat=True)) == ["earlier"]
    assert add(here, 12) is True


def test_a_program_that_is_not_there_is_refused(here):
    with pytest.raises(Program.DoesNotExist):
        actions.add(program_id="0" * 26, batch="first", half_year="2026-H2", counts={})


def test_programs_are_counted_apart(here, elsewhere):
    add(here, 12)
    add(elsewhere, 15, batch="second")
    assert release(here) == ("2026-H2",)
    assert queries.latest(elsewhere.id) is None
    assert counters(elsewhere)["2026-H2", "people", "people"] == 15


def test_a_half_year_is_released_once_it_is_over(here):
    add(here, 12)
    assert release(here, date(2026, 12, 31)) == ()
    assert release(here, JANUARY) == ("2026-H2",)
    found = queries.latest(here.id)
    assert found is not None
    assert (found.half_year, found.made_day, found.sheet.people) == ("2026-H2", JANUARY, 12)


def test_a_release_is_made_once_and_stays_as_it_was_made(here):
    add(here, 12)
    release(here)
    before = Release.objects.get().table
    add(here, 30, batch="late")
    assert release(here, date(2027, 6, 30)) == ()
    assert Release.objects.get().table == before


def test_what_comes_late_counts_in_the_first_half_year_that_is_open(here):
    add(here, 12)
    release(here)
    add(here, 30, batch="late", half_year="2026-H2")
    assert release(here, date(2027, 7, 1)) == ("2027-H1",)
    assert [(found.half_year, found.sheet.people) for found in queries.releases(here.id)] == [
        ("2027-H1", 30),
        ("2026-H2", 12),
    ]


def test_what_comes_in_time_counts_in_its_own_half_year(here):
    add(here, 12)
    release(here)
    add(here, 30, batch="next", half_year="2027-H2")
    assert counters(here)["2027-H2", "people", "people"] == 30


def test_a_half_year_with_too_few_people_waits_for_the_next(here):
    add(here, 10)
    assert release(here) == ()
    add(here, 10, batch="second", half_year="2027-H1")
    assert release(here, date(2027, 7, 1)) == ("2027-H1",)
    found = queries.latest(here.id)
    assert found is not None
    assert (found.sheet.first, found.sheet.last, found.sheet.people) == ("2026-H2", "2027-H1", 20)


def test_the_floor_is_the_one_of_the_policy(here):
    add(here, 12)
    assert release(here, floor=13) == ()
    assert release(here, floor=12) == ("2026-H2",)


def test_those_sent_elsewhere_dont_make_a_release(here):
    add(here, 20, elsewhere=True)
    assert release(here) == ()


def test_releases_missed_while_nobody_looked_are_made_one_by_one(here):
    for place, half in enumerate(("2026-H1", "2026-H2", "2027-H1")):
        add(here, 12, batch=str(place), half_year=half)
    assert release(here, date(2027, 9, 1)) == ("2026-H1", "2026-H2", "2027-H1")


def test_nothing_is_made_of_nothing(here):
    assert release(here) == ()
    assert queries.releases(here.id) == []


def test_a_release_names_professions_and_minutes_as_the_policy_does_when_it_is_made(here):
    add(here, 24, profession="nurse", talks=(("phone", "up to 15"),))
    release(here, headcounts={"nurse": 300})
    later = policy_text(words='headline = "Somebody to talk to"').replace('label = "Nurse"', 'label = "RN"')
    programs.apply(text=later, file="harbor.toml", by="tests", day=JANUARY)
    assert program_at(here.slug).version == 2
    found = queries.latest(here.id)
    assert found is not None
    labels = {cell.category: cell.label for table in found.sheet.tables for cell in table.cells if cell.label}
    assert (labels["nurse"], labels["up to 15"]) == ("Nurse", "up to 15")


def queries_of(act):
    with CaptureQueriesContext(connection) as found:
        act()
    return len(found)


def test_adding_costs_the_same_number_of_queries_for_few_counts_and_for_many(here):
    add(here, 12)
    few = queries_of(lambda: add(here, 12, batch="few", source="team"))
    many = queries_of(
        lambda: add(here, 90, batch="many", profession="nurse", talks=(("phone", ""),), safety=True)
    )
    assert few == many


def test_looking_for_a_release_costs_little_when_none_is_due(here):
    add(here, 12)
    assert queries_of(lambda: release(here, date(2026, 12, 1))) == 2
