"""One person becomes marginals, and nothing else."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchbase.utilization.counters import LONGEST, MEASURES, Facts, counts_of, half_year, next_half_year

REACHED = Facts(
    source="self",
    profession="physician",
    match_hours=20.0,
    touch_hours=26.0,
    answer="yes",
    touches=2,
    talks=(("phone", "15 to 30"), ("in-person", "30 to 60")),
    onward="inside",
    safety=True,
)


def test_a_person_is_counted_once_in_each_measure():
    assert counts_of(REACHED) == (
        ("source", "self"),
        ("profession", "physician"),
        ("match", "within-24"),
        ("note", "within-24"),
        ("touches", "two"),
        ("answer", "talked"),
        ("conversations", "two"),
        ("mode", "phone"),
        ("minutes", "15 to 30"),
        ("onward", "inside"),
        ("safety", "opened"),
    )


def test_somebody_nobody_reached_is_counted_as_well():
    assert counts_of(Facts(source="colleague")) == (
        ("source", "colleague"),
        ("profession", "not-said"),
        ("match", "later"),
        ("note", "later"),
        ("touches", "fewer"),
        ("answer", "none"),
    )


def test_a_profession_is_counted_only_of_those_who_were_asked():
    professions = [
        [count for count in counts_of(facts) if count[0] == "profession"]
        for facts in (
            Facts(source="self"),
            Facts(source="peer", profession=None),
            Facts(source="team", profession="nurse"),
        )
    ]
    assert professions == [[("profession", "not-said")], [], []]


def test_somebody_sent_to_another_program_is_counted_as_that_alone():
    assert counts_of(Facts(source="self", profession="nurse", elsewhere=True)) == (
        ("elsewhere", "elsewhere"),
    )


@pytest.mark.parametrize(
    ("hours", "band"),
    [(0.0, "within-24"), (24.0, "within-24"), (24.5, "within-48"), (48.0, "within-48"), (48.5, "later")],
)
def test_the_time_to_a_match_is_counted_in_bands(hours, band):
    assert ("match", band) in counts_of(Facts(source="self", match_hours=hours))


def test_the_time_to_the_note_runs_from_the_yes_of_a_peer():
    assert ("note", "within-24") in counts_of(Facts(source="self", match_hours=90.0, touch_hours=100.0))
    assert ("note", "later") in counts_of(Facts(source="self", match_hours=1.0, touch_hours=100.0))
    assert ("note", "later") in counts_of(Facts(source="self", match_hours=1.0))


@pytest.mark.parametrize(("touches", "category"), [(0, "fewer"), (1, "fewer"), (2, "two"), (3, "two")])
def test_a_second_note_is_counted(touches, category):
    assert ("touches", category) in counts_of(Facts(source="self", touches=touches))


@pytest.mark.parametrize(("talks", "category"), [(1, "one"), (2, "two"), (3, "more"), (7, "more")])
def test_conversations_are_counted_by_the_person_who_had_them(talks, category):
    counted = counts_of(Facts(source="self", talks=(("", ""),) * talks))
    assert counted[-4:] == (
        ("answer", "talked"),
        ("conversations", category),
        ("mode", "not-said"),
        ("minutes", "not-said"),
    )


def test_what_is_not_in_the_table_falls_into_the_rest():
    odd = Facts(source="owl", answer="maybe", talks=(("letter", ""),), onward="moon", safety=False)
    assert {
        ("source", "other"),
        ("answer", "talked"),
        ("mode", "not-said"),
        ("onward", "none"),
        ("safety", "not-opened"),
    } <= set(counts_of(odd))
    assert ("answer", "none") in counts_of(Facts(source="self", answer="maybe"))


ANY_FACTS = st.builds(
    Facts,
    source=st.text(),
    profession=st.text(),
    match_hours=st.none() | st.floats(0, 5000),
    touch_hours=st.none() | st.floats(0, 5000),
    answer=st.text(),
    touches=st.integers(0, 9),
    talks=st.lists(st.tuples(st.text(), st.text()), max_size=4).map(tuple),
    onward=st.none() | st.text(),
    safety=st.none() | st.booleans(),
    elsewhere=st.booleans(),
)


@given(ANY_FACTS)
def test_no_odd_value_stops_a_count_or_widens_the_table(facts):
    counted = counts_of(facts)
    assert len({measure for measure, _ in counted}) == len(counted)
    for measure, category in counted:
        assert MEASURES[measure].open or category in MEASURES[measure].categories
        assert 0 < len(category) <= LONGEST


def test_every_measure_has_its_rest_among_its_categories():
    for key, measure in MEASURES.items():
        assert key == measure.key
        assert measure.rest in measure.categories or measure.open
        assert all(len(category) <= LONGEST for category in (*measure.categories, measure.rest))


def test_facts_hold_no_name_no_day_and_no_department():
    assert [field.name for field in fields(Facts)] == [
        "source", "profession", "match_hours", "touch_hours", "answer", "touches", "talks", "onward",
        "safety", "elsewhere",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2026, 1, 1), "2026-H1"),
        (date(2026, 6, 30), "2026-H1"),
        (date(2026, 7, 1), "2026-H2"),
        (date(2026, 12, 31), "2026-H2"),
    ],
)
def test_a_year_has_two_halves(day, half):
    assert half_year(day) == half


def test_half_years_follow_each_other():
    assert next_half_year("2026-H1") == "2026-H2"
    assert next_half_year("2026-H2") == "2027-H1"
