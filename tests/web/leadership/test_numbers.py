"""The leader's page: frozen counts for leaders, the same in the file, and nothing for anybody else."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import papers
from tests.utilization.crowd import counted
from tests.utilization.crowd import people as crowd
from touchbase.utilization import actions

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

TALKED = {"match_hours": 3.0, "touch_hours": 9.0, "talks": (("phone", "up to 15"),)}
PEOPLE = [*crowd(20, **TALKED), *crowd(14, source="team", answer="not-now"), *crowd(4, source="colleague")]
ADDRESSES = ["", "csv/", "pdf/", "definitions/", "2026-H2/", "2026-H2/csv/", "2026-H2/pdf/"]


class Tables(HTMLParser):
    """The cells of all tables of a page, a row a list."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._inside = tag in {"td", "th"}
        if tag == "tr":
            self.rows.append([])
        if self._inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self._inside = self._inside and tag not in {"td", "th"}

    def handle_data(self, data):
        if self._inside:
            self.rows[-1][-1] += data.strip()


def release(here, half_year="2026-H2", facts=PEOPLE, today=date(2027, 1, 2)):
    actions.add(program_id=here.id, batch=half_year, half_year=half_year, counts=counted(facts))
    return actions.release_due(program_id=here.id, today=today, floor=11, headcounts={})


@pytest.fixture
def leader(people, visitor_of, noon):
    return visitor_of(people.leader.account)


def page(browser, address=""):
    return browser.get(f"/harbor/numbers/{address}").content.decode()


def test_before_the_first_release_the_page_says_when_numbers_appear(leader):
    found = page(leader)
    assert "Nothing to show yet." in found
    assert "Numbers appear when at least 11 people have reached out" in found
    assert Tables(found).rows == []
    files = [leader.get(f"/harbor/numbers/{kind}/").status_code for kind in ("csv", "pdf")]
    assert files == [404, 404]


def test_a_leader_reads_sentences_first_and_then_tables(here, leader):
    release(here)
    found = page(leader)
    assert found.index("38 people reached out between July and December 2026.") < found.index("<table")
    assert "20 of 38 people talked with a peer." in found
    assert ["After a team event", "not shown", ""] in Tables(found).rows
    assert ["A colleague asked", "fewer than 11", ""] in Tables(found).rows
    assert ["Within 24 hours", "20", "53%"] in Tables(found).rows


def test_every_table_has_a_chart_over_it_that_hides_the_same(here, leader):
    release(here)
    found = page(leader)
    charts = found.split('<div class="bars"')[1:]
    assert len(charts) == found.count("<table")
    assert all("<table" in chart for chart in charts)
    assert found.count('<svg class="cell-few"') == sum("fewer than 11" in row for row in Tables(found).rows)
    assert found.count('<svg class="cell-kept"') == sum("not shown" in row for row in Tables(found).rows)


def test_the_file_equals_the_tables_cell_by_cell(here, leader):
    release(here, facts=[*PEOPLE, *crowd(2, elsewhere=True)])
    answer = leader.get("/harbor/numbers/csv/")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    shown = page(leader)
    rows = [row for row in Tables(shown).rows if row != ["Group", "People", "Share"]]
    assert [line[1:] for line in lines[2:]] == rows
    questions = re.findall(r'<section class="number".*?<p class="small soft">(.*?)</p>', shown, re.DOTALL)
    assert list(dict.fromkeys(line[0] for line in lines[2:])) == questions
    assert lines[:2] == [
        ["Question", "Group", "People", "Share"],
        ["People who reached out", "July to December 2026", "38", ""],
    ]


def test_the_file_is_named_after_program_and_half_year(here, leader):
    release(here)
    answer = leader.get("/harbor/numbers/2026-H2/csv/")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="harbor-numbers-2026-H2.csv"'
    assert answer.content == leader.get("/harbor/numbers/csv/").content


def test_the_sheet_says_the_page_cell_by_cell_and_no_more(here, leader):
    release(here, facts=[*PEOPLE, *crowd(2, elsewhere=True)])
    answer = leader.get("/harbor/numbers/2026-H2/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="harbor-numbers-2026-H2.pdf"'
    assert answer.content == leader.get("/harbor/numbers/pdf/").content
    lines = csv.reader(io.StringIO(leader.get("/harbor/numbers/csv/").content.decode("utf-8-sig")))
    head, _everybody, *rows = list(lines)
    shown = [row for row in papers.tables(answer.content) if row != head[1:]]
    assert shown == [line[1:] for line in rows]
    said = papers.texts(answer.content)
    assert said[:3] == [
        "Harbor Peer Support, Harbor Hospital",
        "38 people reached out between July and December 2026.",
        "July to December 2026",
    ]


def test_earlier_releases_stay_as_links_and_as_they_were(here, leader):
    release(here)
    before = page(leader, "2026-H2/")
    assert "All numbers so far" not in before
    release(here, "2027-H1", crowd(60), date(2027, 7, 1))
    now = page(leader)
    assert "60 people reached out between January and June 2027." in now
    assert '<a href="/harbor/numbers/2026-H2/">July to December 2026</a>' in now
    assert '<a href="/harbor/numbers/2027-H1/" aria-current="page">January to June 2027</a>' in now
    assert Tables(page(leader, "2026-H2/")).rows == Tables(before).rows


def test_a_release_over_several_half_years_says_why(here, leader):
    release(here, "2026-H1", crowd(4))
    release(here)
    found = page(leader)
    assert "42 people reached out between January and December 2026." in found
    assert "until the last of them, fewer than 11 people had reached out" in found


def test_a_half_year_without_a_release_is_not_there(here, leader):
    release(here)
    for address in ("2026-H1/", "2026-H1/csv/", "2026-H1/pdf/", "2026-H3/", "all/"):
        assert leader.get(f"/harbor/numbers/{address}").status_code == 404


def test_the_meanings_name_the_programs_own_floor(leader):
    found = page(leader, "definitions/")
    assert "A number from 1 to 10 reads “fewer than 11”." in found
    assert "From the moment a request arrived until the first peer took it" in found


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_but_a_leader_of_the_program_may_look(here, people, visitor_of, address):
    release(here)
    answers = {
        part: visitor_of(person.account).get(f"/harbor/numbers/{address}").status_code
        for part, person in people.everyone()
        if person is not None
    }
    assert {part for part, status in answers.items() if status != 404} == {"leader"}


def test_the_stranger_is_led_to_the_sign_in_or_finds_nothing(here, people, visitor):
    release(here)
    for address in ("", "csv/", "definitions/"):
        answer = visitor.get(f"/harbor/numbers/{address}")
        assert (answer.status_code, b"reached out" in answer.content) == (302, False)
    assert visitor.get("/harbor/numbers/2026-H2/").status_code == 404


def test_a_leader_of_another_program_sees_their_own_numbers_alone(here, leader, elsewhere):
    release(here)
    release(elsewhere, facts=crowd(77))
    assert leader.get("/inland/numbers/").status_code == 404
    assert "77" not in page(leader)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_looking_is_all_that_can_be_done(here, leader, method):
    release(here)
    for address in ADDRESSES:
        assert getattr(leader, method)(f"/harbor/numbers/{address}").status_code == 405


def test_nothing_of_it_is_kept_by_a_browser(here, leader):
    release(here)
    for address in ADDRESSES:
        assert leader.get(f"/harbor/numbers/{address}").headers["Cache-Control"] == "no-store"


def test_the_page_has_no_style_of_its_own_and_asks_nobody_else(here, leader):
    release(here)
    found = page(leader)
    assert (found.count("style="), found.count("<style"), found.count("https://")) == (0, 0, 0)


def test_the_page_costs_the_same_number_of_queries_for_one_release_and_for_many(here, leader):
    def queries():
        with CaptureQueriesContext(connection) as found:
            page(leader)
        return len(found)

    release(here)
    one = queries()
    for year in range(2027, 2032):
        release(here, f"{year}-H1", crowd(50), date(year, 7, 1))
    assert queries() == one
