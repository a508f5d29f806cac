"""A release in words and bars: what is said of each number, and of each that is hidden."""

import pytest

from tests.utilization.crowd import counted, people
from touchbase.utilization import figures, words
from touchbase.utilization.counters import MEASURES
from touchbase.utilization.figures import Card, Row, page_of
from touchbase.utilization.releases import Period, Sheet, Words, draw
from touchbase.utilization.suppression import Kind

WORDS = Words({"nurse": "Nurse"}, ("up to 15",))


def sheet_of(*crowds, first="2026-H2", floor=11, headcounts=None) -> Sheet:
    counts = counted(person for crowd in crowds for person in crowd)
    period = Period(first, "2026-H2", counts)
    return draw(period, floor=floor, headcounts=headcounts or {}, words=WORDS)


def card(sheet: Sheet, measure: str) -> Card:
    return next(found for found in page_of(sheet).cards if found.measure == measure)


TALKED = {"match_hours": 3.0, "touch_hours": 9.0, "talks": (("phone", "up to 15"),)}
USUAL = (people(20, **TALKED), people(14, source="team", answer="not-now", match_hours=30.0))


def test_the_first_sentence_says_how_many_reached_out_and_when():
    assert page_of(sheet_of(*USUAL)).heading == "34 people reached out between July and December 2026."
    longer = page_of(sheet_of(*USUAL, first="2025-H2"))
    assert longer.heading == "34 people reached out between July 2025 and December 2026."
    assert page_of(sheet_of(*USUAL, first="2026-H1")).heading == (
        "34 people reached out between January and December 2026."
    )
    assert words.period("2027-H1", "2027-H1") == "January to June 2027"


def test_a_release_of_several_half_years_says_so():
    assert page_of(sheet_of(*USUAL)).merged is False
    assert page_of(sheet_of(*USUAL, first="2026-H1")).merged is True


def test_what_can_be_shown_of_match_and_talk_is_said_at_the_top():
    assert page_of(sheet_of(*USUAL)).sentences == (
        "A peer said yes within 24 hours for 20 of 34 people.",
        "The first note went out within 24 hours for 20 of 34 people.",
        "20 of 34 people talked with a peer.",
    )


def test_what_is_hidden_or_zero_is_not_said_at_the_top():
    few_talked = (people(6, **TALKED), people(20, match_hours=2.0))
    assert page_of(sheet_of(*few_talked)).sentences == (
        "A peer said yes within 24 hours for 26 of 26 people.",
    )
    assert page_of(sheet_of(people(20))).sentences == ()


def test_a_card_has_a_question_a_finding_and_a_row_a_category():
    found = card(sheet_of(*USUAL), "source")
    assert (found.question, found.finding) == ("How people came in", "20 of 34 people asked for a peer.")
    assert found.rows == (
        Row("Asked for a peer", "20", "59%", Kind.SHOWN, "58.8"),
        Row("A colleague asked", "0", "0%", Kind.SHOWN, "0.0"),
        Row("After a team event", "14", "41%", Kind.SHOWN, "41.2"),
        Row("A peer began", "0", "0%", Kind.SHOWN, "0.0"),
    )


def test_hidden_numbers_are_words_without_a_share():
    found = card(sheet_of(people(31), people(4, source="team")), "source")
    assert found.rows[0] == Row("Asked for a peer", "not shown", "", Kind.KEPT, "0")
    assert found.rows[2] == Row("After a team event", "fewer than 11", "", Kind.FEW, "28.6")


def test_the_hatched_bar_is_as_long_whatever_the_number():
    bars = {
        card(sheet_of(people(40 - n), people(n, source="team")), "source").rows[2].length
        for n in range(1, 11)
    }
    assert bars == {"25.0"}


def test_a_hatched_bar_is_never_longer_than_the_chart():
    small = sheet_of(people(6), people(5, source="team"), people(1, source="colleague"), floor=12)
    assert {row.length for row in card(small, "source").rows} <= {"0", "0.0", "91.7", "100.0"}


def test_a_finding_passes_over_what_is_hidden_and_zero():
    found = card(sheet_of(people(4), people(31, source="colleague"), people(20, source="team")), "source")
    assert found.finding == "A colleague asked for 31 of 55 people."


def test_a_card_on_which_no_number_can_be_shown_says_so():
    found = card(sheet_of(people(9), people(9, source="team")), "source")
    assert found.finding == "These numbers are too small to show."
    assert {row.people for row in found.rows} == {"not shown", "0"}


def test_the_policys_own_words_are_used_for_its_own_lists():
    sheet = sheet_of(people(20, **TALKED, profession="nurse"), people(14), headcounts={"nurse": 200})
    assert card(sheet, "profession").finding == "Nurse: 20 of 34 people."
    assert [row.label for row in card(sheet, "profession").rows] == ["Nurse", "Other, or not said"]
    assert card(sheet, "minutes").finding == (
        "For 20 of 20 people the first talk took, in minutes: up to 15."
    )


def test_those_sent_elsewhere_are_said_without_a_chart():
    many = card(sheet_of(*USUAL, people(12, elsewhere=True)), "elsewhere")
    assert (many.finding, many.charted) == ("12 people were sent to another program.", False)
    few = card(sheet_of(*USUAL, people(2, elsewhere=True)), "elsewhere")
    assert few.finding == "Fewer than 11 people were sent to another program."
    assert few.rows == (Row("Sent elsewhere", "fewer than 11", "", Kind.FEW, "0"),)


def test_everybody_is_a_dot_and_those_who_talked_are_bright():
    dots = page_of(sheet_of(*USUAL)).dots
    assert (len(dots.dots), dots.each, dots.height, dots.talked) == (34, 1, 40, True)
    assert [dot.talked for dot in dots.dots] == [True] * 20 + [False] * 14
    assert (dots.dots[0].x, dots.dots[0].y, dots.dots[-1].x, dots.dots[-1].y) == (10, 10, 270, 30)


def test_dots_dont_tell_what_the_table_hides():
    dots = page_of(sheet_of(people(6, **TALKED), people(20))).dots
    assert dots.talked is False
    assert not any(dot.talked for dot in dots.dots)


@pytest.mark.parametrize(
    ("number", "dots", "each"), [(200, 200, 1), (201, 20, 10), (2000, 200, 10), (6000, 60, 100)]
)
def test_a_dot_stands_for_more_people_when_there_are_many(number, dots, each):
    found = page_of(sheet_of(people(number))).dots
    assert (len(found.dots), found.each) == (dots, each)


def test_the_file_has_the_same_cells_as_the_tables():
    page = page_of(sheet_of(*USUAL, people(3, source="team", answer="resources")))
    head, everybody, *rest = figures.lines(page)
    assert head == ("Question", "Group", "People", "Share")
    assert everybody == ("People who reached out", "July to December 2026", "37", "")
    assert rest == [
        (found.question, row.label, row.people, row.share) for found in page.cards for row in found.rows
    ]


UNSAID = {"people", "feedback"}  # the vault's own counts: of heads, and of answers


def test_everything_that_is_counted_can_be_said():
    for key, measure in MEASURES.items():
        if key in UNSAID:
            continue
        says = words.ASKED[key].says
        assert set(says) == {*measure.categories, measure.rest}
        sentences = [said.finding for said in says.values()] + [words.ASKED[key].listed] * measure.open
        for sentence in sentences:
            assert "12" in str(sentence) % {"n": 12, "of": 34, "label": "Nurse"}
    assert set(words.ASKED) == set(MEASURES) - UNSAID


JUDGING = {
    "best", "better", "worst", "worse", "good", "poor", "just", "already", "still", "most", "least",
    "more than", "less than", "low", "high", "rank", "score", "rate", "target", "goal", "success", "fail",
}  # fmt: skip


def test_no_sentence_ranks_or_judges():
    for asked in words.ASKED.values():
        for sentence in [said.finding for said in asked.says.values()]:
            assert JUDGING.isdisjoint(str(sentence).lower().replace(".", "").split()), sentence
