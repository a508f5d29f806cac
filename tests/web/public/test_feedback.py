"""Two questions for whoever comes by: two presses, nothing typed, nothing kept but one more in a count."""

import re
from html import unescape

import pytest

from tests.factories.full_stores import full_store
from tests.web.public.asking import title, values, words
from touchbase.accounts.models import StaffSession
from touchbase.programs.models import Program
from touchbase.vault.models import Pool
from touchbase.web.public import cap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PAGE = "/harbor/feedback/"


@pytest.fixture(autouse=True)
def _program(here):
    """Every test is about Harbor."""


def press(visitor, page, said: str):
    """Press one answer of the page that is shown."""
    return visitor.post(PAGE, values(page) | {"said": said})


def pooled() -> dict[tuple[str, str], int]:
    rows = Pool.objects.values_list("measure", "category", "n")
    return {(measure, category): n for measure, category, n in rows}


def test_two_presses_answer_both_questions_and_leave_two_counts(visitor):
    first = visitor.get(PAGE)
    assert "Was it easy to reach someone?" in words(first)
    second = press(visitor, first, "some")
    assert (second.status_code, "Did it help?" in words(second)) == (200, True)
    thanks = press(visitor, second, "yes")
    assert (thanks.status_code, title(thanks)) == (200, "Thank you")
    assert pooled() == {
        ("feedback", "feedback"): 2, ("feedback-reach", "some"): 1, ("feedback-help", "yes"): 1,
    }  # fmt: skip


def test_nothing_can_be_typed_and_nothing_says_who_came_by(visitor):
    page = visitor.get(PAGE)
    boxes = re.findall(r'<(?:input|select|textarea)\b[^>]*\sname="([^"]+)"', page.content.decode())
    assert boxes == ["question", "once"]
    press(visitor, press(visitor, page, "yes"), "yes")
    assert not visitor.cookies
    assert not StaffSession.objects.exists()
    assert page["Cache-Control"] == "no-store"


def test_the_page_is_the_same_for_everybody_and_says_that_who_answers_twice_counts_twice(visitor):
    one, other = (re.sub(values(page)["once"], "", page.content.decode()) for page in _pages(visitor))
    assert one == other
    assert "If you answer twice, both count" in unescape(one)
    for page in _pages(visitor):
        press(visitor, page, "yes")
    assert pooled()["feedback-reach", "yes"] == 2


def _pages(visitor):
    return visitor.get(PAGE), visitor.get(PAGE)


def test_a_press_that_arrives_twice_counts_once(visitor):
    page = visitor.get(PAGE)
    for _time in range(2):
        assert "Did it help?" in words(press(visitor, page, "yes"))
    assert pooled() == {("feedback", "feedback"): 1, ("feedback-reach", "yes"): 1}


@pytest.mark.parametrize(
    "sent",
    [
        {"question": "feedback-reach", "said": "a long night"},
        {"question": "source", "said": "self"},
        {"question": "feedback-reach"},
        {},
    ],
)
def test_what_isnt_asked_is_not_counted_and_the_page_says_what_to_do(visitor, sent):
    answer = visitor.post(PAGE, sent)
    assert (answer.status_code, title(answer)) == (422, "Needs another look: Two questions")
    assert "Please press one of the answers." in words(answer)
    assert "a long night" not in words(answer)
    assert not Pool.objects.exists()


def test_an_hour_takes_many_answers_and_then_no_more(visitor, here, noon):
    for _answer in range(cap.ANSWERS_AN_HOUR):
        cap.count(here.id, noon, of=cap.ANSWERS)
    answer = press(visitor, visitor.get(PAGE), "yes")
    assert (answer.status_code, "We can't count this just now." in words(answer)) == (429, True)
    assert not Pool.objects.exists()
    assert not cap.is_full(here.id, noon)  # people who ask for a peer aren't kept out by it


def test_when_the_store_is_full_it_says_so_and_the_same_press_counts_later(visitor):
    page = visitor.get(PAGE)
    with full_store("vault"):
        answer = press(visitor, page, "yes")
        assert (answer.status_code, "Nothing was stored." in words(answer)) == (503, True)
    press(visitor, page, "yes")
    assert pooled() == {("feedback", "feedback"): 1, ("feedback-reach", "yes"): 1}


def test_a_program_that_is_closed_asks_nothing(visitor):
    page = visitor.get(PAGE)
    Program.objects.update(state="paused")
    assert "Did it help?" not in words(visitor.get(PAGE))
    answer = press(visitor, page, "yes")
    assert (answer.status_code, "The form is closed for now." in words(answer)) == (409, True)
    assert not Pool.objects.exists()
