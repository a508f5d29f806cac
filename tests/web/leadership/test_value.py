"""What the program might be worth, on the page: a range with its assumptions, its source, and no promise."""

import re
from datetime import date

import pytest

from tests.utilization.crowd import counted
from tests.utilization.crowd import people as crowd
from tests.web.public.asking import words
from touchbase.utilization import actions

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

VALUE = "/harbor/numbers/value/"


@pytest.fixture
def leader(people, visitor_of):
    return visitor_of(people.leader.account)


@pytest.fixture
def released(here):
    """Forty people in half a year."""
    actions.add(program_id=here.id, batch="b", half_year="2026-H2", counts=counted(crowd(40)))
    actions.release_due(program_id=here.id, today=date(2027, 1, 2), floor=11, headcounts={})


def heading(answer) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode())
    assert found is not None
    return found[1]


def boxes(answer) -> dict[str, str]:
    """What stands in each box."""
    return dict(
        re.findall(r'<input class="input"[^>]* name="(\w+)"[^>]* value="([^"]*)"', answer.content.decode())
    )


def test_it_begins_with_the_newest_release_and_the_published_figure(leader, released):
    page = leader.get(VALUE)
    assert heading(page) == "Between 0 and 903,040 US dollars a year."
    assert boxes(page) == {"people": "40", "each": "22,576", "most": "100", "cost": "0"}
    assert "It pays for itself" not in words(page)


def test_it_says_that_it_is_a_range_where_the_figure_is_from_and_no_promise(leader, released):
    said = words(leader.get(VALUE))
    assert "This is a range from the assumptions below, not a measurement and not a promise." in said
    assert "One hospital modeled what its program for nurses saved in a year: 22,576 US dollars" in said
    assert "Nobody has measured it elsewhere." in said
    assert "Journal of Patient Safety 16(4), 2020." in said


def test_before_a_release_it_asks_how_many_people_there_were(leader):
    page = leader.get(VALUE)
    assert heading(page) == "Say how many people used support in a year."
    assert boxes(page)["people"] == "0"


@pytest.mark.parametrize(
    ("typed", "sentence", "even"),
    [
        (
            "cost=120,000&most=25",
            "Between −120,000 and 105,760 US dollars a year.",
            "It pays for itself if it made the difference for 6 people.",
        ),
        (
            "people=1&cost=9",
            "Between −9 and 22,567 US dollars a year.",
            "It pays for itself if it made the difference for 1 person.",
        ),
        ("each=0&cost=500", "Between −500 and −500 US dollars a year.", ""),
        ("cost=&most=+", "Between 0 and 903,040 US dollars a year.", ""),
    ],
)
def test_what_is_typed_makes_the_range(leader, released, typed, sentence, even):
    page = leader.get(f"{VALUE}?{typed}")
    assert heading(page) == sentence
    assert re.findall(r"It pays for itself if .*? (?:person|people)\.", words(page)) == [even] * bool(even)


def test_what_cant_be_used_comes_back_beside_its_box_and_the_rest_counts(leader, released):
    page = leader.get(VALUE, {"people": "<many>", "most": "101", "cost": "9"})
    html = page.content.decode()
    assert heading(page) == "Between −9 and 903,031 US dollars a year."
    assert boxes(page) == {"people": "&lt;many&gt;", "each": "22,576", "most": "101", "cost": "9"}
    assert "2 things need another look" in words(page)
    most = "For how many of 100 it made the difference, at most: enter a whole number up to 100."
    assert words(page).count(most) == 2
    assert re.findall(r'aria-describedby="([^"]+)" aria-invalid', html) == [
        "people-hint people-error",
        "most-hint most-error",
    ]


def test_nothing_that_was_typed_is_kept(leader, released):
    leader.get(VALUE, {"people": "77"})
    assert boxes(leader.get(VALUE))["people"] == "40"


def test_nobody_but_a_leader_looks_and_nothing_can_be_sent(people, visitor_of, leader, released):
    answers = {
        part: visitor_of(person.account).get(VALUE).status_code
        for part, person in people.everyone()
        if person is not None
    }
    assert {part for part, status in answers.items() if status != 404} == {"leader"}
    assert leader.post(VALUE).status_code == 405
