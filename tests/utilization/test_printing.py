"""A release on paper: a sheet for everybody, that holds no hidden number and no moment."""

import re

import pytest

from tests.factories import papers
from tests.factories.programs import make_program
from tests.utilization.crowd import counted, people
from touchbase.utilization import paper, words
from touchbase.utilization.figures import page_of
from touchbase.utilization.printing import printed
from touchbase.utilization.releases import Period, Words, draw

pytestmark = pytest.mark.django_db

TALKED = {"match_hours": 3.0, "touch_hours": 9.0, "talks": (("phone", "up to 15"),)}


def sheet(*crowds, **changes) -> bytes:
    """The file of a release of these people."""
    counts = counted(person for crowd in crowds for person in crowd)
    drawn = draw(
        Period("2026-H2", "2026-H2", counts), floor=11, headcounts={}, words=Words({}, ("up to 15",))
    )
    return paper.pdf(printed(page_of(drawn), make_program().policy))


def team(few: int) -> bytes:
    """Sixty people, of whom so few came by a colleague."""
    return sheet(people(20, **TALKED), people(few, source="colleague"), people(40 - few, source="team"))


def test_releases_that_show_the_same_are_the_same_bytes_whatever_they_hide():
    assert team(4) == team(7)
    assert team(4) != team(12)


def test_the_same_release_makes_the_same_file_so_that_it_holds_no_moment():
    file = team(0)
    assert file == team(0)
    assert re.findall(rb"/(?:Creation|Mod)Date|xmp:(?:Create|Modify)Date", file) == []


def test_a_screen_reader_is_told_title_language_headings_and_the_heads_of_tables():
    file = team(0)
    assert (b"/Lang(en)" in file, b"<pdfuaid:part>1</pdfuaid:part>" in file) == (True, True)
    assert b"/DisplayDocTitle true" in file
    assert b"/Title(60 people reached out between July and December 2026.)" in file
    kinds = papers.kinds(file)
    assert (kinds.count("H1"), kinds.count("H2")) == (1, 2)
    assert kinds.count("H3") == kinds.count("Table") == kinds.count("THead") > 5


def test_what_is_on_it_is_explained_and_nothing_else():
    said = papers.texts(team(0))
    after = said[said.index("What these numbers mean") + 1 :]
    asked = [str(one.question) for one in words.ASKED.values()]
    on_it = [question for question in asked if question in said]
    assert [next(q for q in asked if one.startswith(q)) for one in after] == sorted(on_it, key=said.index)
    assert ("Teams: who was offered a peer" in on_it, "Feedback: did it help?" in on_it) == (True, False)


def test_each_page_has_program_months_and_its_number_at_its_foot():
    assert papers.feet(team(0)) == [
        f"Harbor Peer Support, July to December 2026 {page} / 2" for page in (1, 2)
    ]


def test_words_are_text_and_never_a_formula():
    odd = '#panic() *x* $y$ \\ [z] "q" (a'
    block = paper.Block(odd, odd, (odd, "n"), ((odd, "1"),))
    section = paper.Section(odd, (odd,), (odd,), (block,), ((odd, odd),))
    file = paper.pdf(paper.Paper(odd, odd, odd, odd, odd, (section,), "a4"))
    assert papers.tables(file) == [[odd, "n"], [odd, "1"]]
    assert sum(odd in one for one in papers.texts(file)) == 11
