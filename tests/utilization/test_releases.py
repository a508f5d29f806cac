"""A release: which half-years, which tables, and nothing that is hidden."""

import json
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.utilization.attack import reach
from tests.utilization.crowd import counted, people, people_with
from touchbase.utilization.counters import MEASURES, Of
from touchbase.utilization.releases import Cell, Period, Sheet, Table, Words, draw, people_in, ripe
from touchbase.utilization.suppression import Kind

WORDS = Words({"physician": "Physician", "nurse": "Nurse"}, ("up to 15", "over an hour"))
STAFF = {"physician": 400, "nurse": 900}


def drawn(counts, *, floor=11, headcounts=STAFF) -> Sheet:
    return draw(Period("2026-H2", "2026-H2", counts), floor=floor, headcounts=headcounts, words=WORDS)


def table(sheet: Sheet, measure: str) -> Table | None:
    return next((found for found in sheet.tables if found.measure == measure), None)


def cells(sheet: Sheet, measure: str) -> list[tuple[str, Kind, int | None]]:
    found = table(sheet, measure)
    assert found is not None
    return [(cell.category, cell.kind, cell.n) for cell in found.cells]


TALKED = {"answer": "yes", "match_hours": 3.0, "touch_hours": 9.0, "touches": 1}
MANY = counted(
    [
        *people(14, **TALKED, profession="nurse", talks=(("phone", "up to 15"),)),
        *people(
            12, **TALKED, profession="physician", source="colleague", talks=(("video", "over an hour"),) * 2
        ),
        *people(20, source="team", answer="not-now", touches=2),
        *people(4, source="self", elsewhere=True),
    ]
)


def test_a_release_says_how_many_reached_out_and_for_which_half_year():
    sheet = drawn(MANY)
    assert (sheet.people, sheet.first, sheet.last, sheet.floor) == (46, "2026-H2", "2026-H2", 11)


def test_each_measure_is_a_table_of_the_people_it_divides():
    assert [(found.measure, found.total) for found in drawn(MANY).tables] == [
        ("source", 46), ("profession", 26), ("match", 46), ("note", 46), ("touches", 46), ("answer", 46),
        ("conversations", 26), ("mode", 26), ("minutes", 26), ("reach", 20), ("elsewhere", None),
    ]  # fmt: skip


def test_numbers_from_the_floor_up_and_zeros_are_shown_with_their_share():
    found = table(drawn(MANY), "answer")
    assert found is not None
    assert found.cells == (
        Cell(category="talked", kind=Kind.SHOWN, n=26, percent=57),
        Cell(category="yes", kind=Kind.SHOWN, n=0, percent=0),
        Cell(category="not-now", kind=Kind.SHOWN, n=20, percent=43),
        Cell(category="resources", kind=Kind.SHOWN, n=0, percent=0),
        Cell(category="none", kind=Kind.SHOWN, n=0, percent=0),
    )


def test_a_hidden_cell_has_neither_number_nor_share():
    sheet = drawn(counted([*people(35), *people(7, source="team")]))
    assert cells(sheet, "source") == [
        ("self", Kind.KEPT, None),
        ("colleague", Kind.SHOWN, 0),
        ("team", Kind.FEW, None),
    ]
    stored = json.dumps(sheet.model_dump(mode="json")["tables"][0]).replace('"total": 42', "")
    assert {character for character in stored if character.isdigit()} == {"0"}


def test_a_share_of_a_half_is_rounded_up():
    found = table(drawn(counted([*people(25), *people(15, source="team")])), "source")
    assert found is not None
    assert [cell.percent for cell in found.cells] == [63, 0, 38]


def test_a_profession_is_shown_only_where_many_more_could_have_been_counted():
    hundred = counted([*people(60, profession="nurse"), *people(40, profession="physician")])
    assert cells(drawn(hundred, headcounts={"physician": 111, "nurse": 900}), "profession") == [
        ("physician", Kind.SHOWN, 40),
        ("nurse", Kind.SHOWN, 60),
    ]
    # All but a few of a group would be told of a group that isn't much larger than all who reached out.
    assert cells(drawn(hundred, headcounts={"physician": 110, "nurse": 900}), "profession") == [
        ("nurse", Kind.SHOWN, 60),
        ("not-said", Kind.SHOWN, 40),
    ]
    assert table(drawn(hundred, headcounts={"physician": 110, "nurse": None}), "profession") is None
    assert table(drawn(hundred, headcounts={}), "profession") is None


def test_the_smallest_headcount_is_twenty_whatever_the_floor():
    eleven = counted(people(11, profession="nurse"))
    assert table(drawn(eleven, headcounts={"nurse": 22}), "profession") is not None
    assert table(drawn(eleven, headcounts={"nurse": 21}), "profession") is None


def test_a_profession_and_minutes_are_named_as_the_policy_names_them():
    sheet = drawn(MANY)
    assert [cell.label for cell in sheet.tables[1].cells] == ["Physician", "Nurse"]
    minutes = table(sheet, "minutes")
    assert minutes is not None
    assert [cell.label for cell in minutes.cells] == ["up to 15", "over an hour"]
    unnamed = draw(Period("2026-H2", "2026-H2", MANY), floor=11, headcounts=STAFF, words=Words({}, ()))
    assert [cell.label for cell in unnamed.tables[1].cells] == ["physician", "nurse"]


def test_what_a_policy_no_longer_lists_counts_as_the_rest():
    changed = Words(WORDS.professions, ("up to 15",))
    sheet = draw(Period("2026-H2", "2026-H2", MANY), floor=11, headcounts=STAFF, words=changed)
    assert cells(sheet, "minutes") == [("up to 15", Kind.SHOWN, 14), ("not-said", Kind.SHOWN, 12)]


def test_tables_of_those_who_talked_need_their_number_to_be_shown():
    few = drawn(counted([*people(6, talks=(("phone", ""),)), *people(30)]))
    assert {"conversations", "mode", "minutes"}.isdisjoint(found.measure for found in few.tables)
    nobody = drawn(counted(people(30)))
    assert {"conversations", "mode", "minutes"}.isdisjoint(found.measure for found in nobody.tables)


def test_a_measure_that_was_not_counted_for_everybody_is_left_out():
    half = counted([*people(20, safety=False, onward="none"), *people(20)])
    assert {"safety", "onward"}.isdisjoint(found.measure for found in drawn(half).tables)
    whole = counted(people(20, safety=False, onward="none"))
    assert {"safety", "onward"} <= {found.measure for found in drawn(whole).tables}


def test_those_sent_elsewhere_are_a_number_by_itself():
    crowd = people(20)
    assert cells(drawn(counted([*crowd, *people(12, elsewhere=True)])), "elsewhere") == [
        ("elsewhere", Kind.SHOWN, 12)
    ]
    assert cells(drawn(counted([*crowd, *people(3, elsewhere=True)])), "elsewhere") == [
        ("elsewhere", Kind.FEW, None)
    ]
    assert table(drawn(counted(crowd)), "elsewhere") is None


def test_each_shared_question_is_a_table_of_its_answers_from_eleven_on():
    answered = {
        ("feedback", "feedback"): 29,
        ("feedback-reach", "yes"): 12, ("feedback-reach", "some"): 3, ("feedback-reach", "skipped"): 4,
        ("feedback-help", "yes"): 10,
    }  # fmt: skip
    sheet = drawn(counted(people(20)) | answered)
    reach = table(sheet, "feedback-reach")
    assert reach is not None
    assert reach.total == 19
    assert cells(sheet, "feedback-reach") == [
        ("yes", Kind.KEPT, None), ("some", Kind.FEW, None),
        ("not-really", Kind.SHOWN, 0), ("skipped", Kind.FEW, None),
    ]  # fmt: skip
    assert table(sheet, "feedback-help") is None  # ten answers
    assert sheet.people == 20


def test_a_release_is_stored_and_read_back_as_it_was():
    sheet = drawn(MANY)
    assert Sheet.model_validate(json.loads(json.dumps(sheet.model_dump(mode="json")))) == sheet


# ------------------------------------------------------------------------------------------- half-years

A_FEW, ENOUGH = counted(people(5)), counted(people(11))


def periods(halves, *, after="", before="2028-H1"):
    found = ripe(halves, after=after, before=before, floor=11)
    return [(period.first, period.last, people_in(period.counts)) for period in found]


def test_each_half_year_that_is_over_is_released_by_itself():
    assert periods({"2026-H1": ENOUGH, "2026-H2": ENOUGH, "2027-H1": ENOUGH}, before="2027-H1") == [
        ("2026-H1", "2026-H1", 11),
        ("2026-H2", "2026-H2", 11),
    ]


def test_a_half_year_with_too_few_is_released_with_the_next():
    assert periods({"2026-H1": A_FEW, "2026-H2": A_FEW, "2027-H1": ENOUGH}) == [("2026-H1", "2027-H1", 21)]
    assert periods({"2026-H1": A_FEW}) == []


def test_an_empty_half_year_looks_like_one_with_a_few():
    assert periods({"2026-H1": ENOUGH, "2027-H1": ENOUGH}) == [
        ("2026-H1", "2026-H1", 11),
        ("2026-H2", "2027-H1", 11),
    ]
    assert periods({"2027-H1": ENOUGH}, after="2026-H1") == [("2026-H2", "2027-H1", 11)]


def test_nothing_is_released_of_a_program_without_counts():
    assert periods({}) == []
    assert periods({}, after="2026-H1") == []


HALVES = [f"{year}-H{half}" for year in range(2026, 2032) for half in (1, 2)]


@given(st.lists(st.integers(0, 25), max_size=len(HALVES)))
def test_releases_never_overlap_and_never_fall_short_of_the_floor(numbers):
    halves = {half: counted(people(n)) for half, n in zip(HALVES, numbers, strict=False) if n}
    found = periods(halves, before="2032-H1")
    edges = [edge for first, last, _ in found for edge in (first, last)]
    assert edges == sorted(edges)
    assert len({last for _, last, _ in found}) == len(found)
    assert all(first > before[1] for before, (first, _, _) in pairwise(found))
    assert all(number >= 11 for _, _, number in found)
    assert sum(numbers) - sum(number for _, _, number in found) < 11


@given(st.lists(st.integers(0, 25), max_size=len(HALVES)))
def test_releases_are_the_same_made_in_time_or_all_at_once(numbers):
    halves = {half: counted(people(n)) for half, n in zip(HALVES, numbers, strict=False) if n}
    in_time: list[tuple[str, str, int]] = []
    after = ""
    for now in HALVES[1:]:
        made = periods(halves, after=after, before=now) if after or halves else []
        in_time += made
        after = made[-1][1] if made else after
    assert in_time == periods(halves, before=HALVES[-1])


# ------------------------------------------------------------------------- the attack on a whole release


def categories(measure: str) -> tuple[str, ...]:
    listed = {"profession": tuple(STAFF), "minutes": WORDS.minutes}
    known = MEASURES[measure]
    return (*listed[measure], known.rest) if known.open else known.categories


@st.composite
def marginals(draw_value):
    """Any lists of categories: one for each person, and one for each who talked."""
    number = draw_value(st.integers(11, 90))

    def some(measure, most):
        return draw_value(st.lists(st.sampled_from(categories(measure)), min_size=most, max_size=most))

    found = {key: some(key, number) for key, measure in MEASURES.items() if measure.of is Of.PEOPLE}
    found["profession"] = some("profession", number - found["source"].count("team"))
    talked = found["answer"].count("talked")
    return found | {key: some(key, talked) for key, measure in MEASURES.items() if measure.of is Of.TALKED}


@settings(max_examples=60)
@given(marginals())
def test_any_tables_of_one_total_can_be_those_of_the_same_people(wanted):
    """So no table of a release bounds another one, and each may be judged by itself.

    All but the reach of teams, which is why that is shown only where nothing else is hidden.
    """
    found = {count: n for count, n in counted(people_with(wanted)).items() if count[0] != "reach"}
    expected = Counter((measure, category) for measure, all_ in wanted.items() for category in all_)
    assert found == {**expected, ("people", "people"): len(wanted["source"])}


@settings(max_examples=60)
@given(marginals(), st.integers(11, 20))
def test_no_number_of_a_release_is_small_and_none_that_is_hidden_can_be_told(wanted, floor):
    counts = counted(people_with(wanted))
    shown = json.loads(json.dumps(drawn(counts, floor=floor).model_dump(mode="json")))
    assert shown["people"] == len(wanted["source"])
    for found in shown["tables"]:
        look = tuple(Kind(cell["kind"]) if cell["n"] is None else cell["n"] for cell in found["cells"])
        for place, cell in enumerate(found["cells"]):
            if cell["n"] is None:
                low, high = reach(look, place, total=found["total"], floor=floor)
                assert high - low >= 4
            else:
                assert cell["n"] == 0 or cell["n"] >= floor
                assert cell["percent"] == int(100 * cell["n"] / found["total"] + 0.5)
