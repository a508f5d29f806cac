"""A program's open pages say what its policy says, set no cookie, and change nothing."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import title, words
from touchbase.kernel import clock
from touchbase.programs import actions, statements
from touchbase.programs.models import Program
from touchbase.vault import generations, rotation
from touchbase.web.public.sentences import all_questions, first_questions

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PAGES = ["", "talk/", "urgent/", "promise/", "questions/", "resources/", "brand.css"]
EXAMPLES = sorted(Path("programs").glob("*.toml"))


def with_second_number() -> str:
    """A policy with a number of its own beside the one everybody knows."""
    table = """
[[safety.urgent]]
label = "Counselor on call"
number = "207-555-0165"
hours = "nights"
checked_on = 2026-11-02
"""
    return policy_text().replace("\n[legal]", f"{table}\n[legal]")


@pytest.fixture(autouse=True)
def _program(here):
    """Every test is about Harbor."""


def test_the_first_page_says_what_the_policy_says(visitor, here):
    said = words(visitor.get("/harbor/"))
    policy = here.policy
    for sentence in (
        policy.words.headline,
        policy.words.introduction,
        statements.clock_sentence(policy),
        statements.department_sentence(policy),
        f"{statements.ways_sentence(policy)} {policy.words.afterwards}",
        statements.exceptions_sentence(policy),
        policy.words.for_whom,
        "Call 207-555-0160 (Program coordinator), weekdays 8 to 5.",
    ):
        assert sentence in said
    for row in statements.who_knows_rows(policy):
        assert f"{row.who} {row.what}" in said


def test_the_first_page_is_kept_by_no_browser_since_each_form_has_its_own_number(visitor):
    assert visitor.get("/harbor/")["Cache-Control"] == "no-store"


def test_the_page_follows_its_file_alone(visitor):
    make_program(
        policy_text(
            clock="match_within_hours = 7\nweekend_match_within_hours = 7", matching='own_department = "fine"'
        )
    )
    said = words(visitor.get("/harbor/"))
    assert "We find a peer within 7 hours; they usually write the same or the next day." in said
    assert "Your peer may come from any team, your own too." in said


def test_a_hold_on_erasing_is_said_where_the_promise_is(visitor):
    make_program(policy_text(legal='erase_paused = "Counsel asked for it until June."'))
    for page in ("", "promise/"):
        said = words(visitor.get(f"/harbor/{page}"))
        assert "Right now nothing is erased. Counsel asked for it until June." in said


def test_without_a_hold_nothing_is_said_of_one(visitor):
    assert "nothing is erased" not in words(visitor.get("/harbor/promise/"))


def test_the_promise_tells_how_long_from_the_policy(visitor):
    make_program(policy_text(clock="rest_days = 5\nidle_days = 20\nlongest_days = 60"))
    said = words(visitor.get("/harbor/promise/"))
    kept = "5 days after “not now”, 20 days after the last step, and 60 days after you asked at the latest."
    assert kept in said


def test_hours_are_promised_only_while_they_are_measured_and_an_operator_stands_for_the_rest(visitor):
    make_program(
        policy_text(
            legal='court = "not-protected"\napproved_by = "General counsel"\napproved_on = 2026-10-01'
        )
    )
    rotation.rotate(at=clock.now())
    without = words(visitor.get("/harbor/promise/"))
    assert "so we promise no hours" in without
    assert "48" not in without
    generations.attest(on=clock.now().date(), at=clock.now())
    said = words(visitor.get("/harbor/promise/"))
    assert "48 hours later at most, nobody can read it" in said
    assert "Nobody who was erased more than 48 hours before." in said
    generations.note_put_back(what=generations.PutBack.VAULT, at=clock.now())
    assert words(visitor.get("/harbor/promise/")) == without


def test_who_approved_the_court_statement_is_named_by_role(visitor):
    make_program(
        policy_text(
            legal='court = "not-protected"\napproved_by = "General counsel"\napproved_on = 2026-10-01'
        )
    )
    assert "Approved by: General counsel, Oct 1, 2026." in words(visitor.get("/harbor/promise/"))


def test_questions_begin_with_the_four_that_decide(visitor, here):
    every = all_questions(here.policy)
    assert every[:4] == first_questions(here.policy)
    said = words(visitor.get("/harbor/questions/"))
    for question in every:
        assert " ".join([question.asked, *question.answer]) in said


def test_advice_and_legal_duties_are_said_only_where_the_policy_has_them(visitor):
    said = words(visitor.get("/harbor/questions/"))
    assert "lawsuit is likely" not in said
    advice, duty = 'advice = "If a lawsuit is likely, get legal help first."', 'reporting = ["child abuse"]'
    policy = make_program(policy_text(legal=advice, safety=duty)).policy
    said = words(visitor.get("/harbor/questions/"))
    assert "Keep it to how you are, not what happened. If a lawsuit is likely, get legal help first." in said
    assert "child abuse" in statements.reporting_sentence(policy)
    assert statements.reporting_sentence(policy) in said


def test_the_urgent_page_is_kept_by_the_browser_and_holds_its_numbers(visitor):
    answer = visitor.get("/harbor/urgent/")
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert re.findall(r'href="tel:([^"]+)"', answer.content.decode())[:2] == ["988", "911"]


def test_another_country_is_not_told_to_call_ours(visitor):
    make_program(policy_text(program='country = "SE"\ntime_zone = "Europe/Stockholm"'))
    assert "tel:911" not in visitor.get("/harbor/urgent/").content.decode()


def test_a_number_is_named_with_its_hours_and_dialed_as_digits(visitor):
    make_program(with_second_number())
    page = visitor.get("/harbor/urgent/")
    assert 'href="tel:2075550165"' in page.content.decode()
    assert "Counselor on call 207-555-0165, nights" in words(page)


def test_in_the_demo_an_invented_number_can_not_be_called_and_every_page_says_so(visitor, settings):
    settings.DEMO = True
    make_program(with_second_number())
    page = visitor.get("/harbor/urgent/")
    assert "tel:2075550165" not in page.content.decode()
    assert "tel:988" in page.content.decode()
    assert "Counselor on call example, not a real number" in words(page)
    for part in PAGES[:-1]:
        answer = visitor.get(f"/harbor/{part}")
        assert "Example. Not run by Harbor Hospital. This form reaches nobody." in words(answer)
        assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


def test_outside_the_demo_nothing_is_an_example(visitor):
    page = visitor.get("/harbor/")
    assert "Example." not in words(page)
    assert "noindex" not in page.content.decode()


@pytest.mark.parametrize("part", PAGES)
def test_reading_sets_no_cookie_and_asks_the_database_the_same_each_time(visitor, part):
    visitor.get(f"/harbor/{part}")
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.get(f"/harbor/{part}")
    assert answer.status_code == 200
    assert dict(visitor.cookies) == {}
    # Which program stands at the address; for a form, whether one may go around the coordinator;
    # for the promise, whether database and vault go together.
    assert len(asked) == (2 if part in {"", "talk/", "promise/"} else 1)


@pytest.mark.parametrize("part", [part for part in PAGES if part != "talk/"])
def test_nothing_can_be_sent_to_a_page_that_is_only_read(visitor, part):
    assert visitor.post(f"/harbor/{part}").status_code == 405


@pytest.mark.parametrize("part", PAGES)
def test_a_program_that_is_not_there_has_no_pages(visitor, part):
    assert visitor.get(f"/nowhere/{part}").status_code == 404


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_has_all_its_pages(visitor, file):
    actions.apply(text=file.read_text(), file=file.name, by="tests", day=date(2026, 11, 1))
    for part in PAGES:
        answer = visitor.get(f"/{file.stem}/{part}")
        assert answer.status_code == 200
        assert "{" not in words(answer) or part == "brand.css"


def test_there_are_five_examples():
    assert len(EXAMPLES) == 5


def test_every_page_but_the_first_has_a_title_of_its_own(visitor):
    titles = {title(visitor.get(f"/harbor/{part}")) for part in PAGES[:-1]}
    assert titles == {
        "Harbor Peer Support, Harbor Hospital", "Ask for a peer", "Urgent help", "How we protect you",
        "Fair questions", "Help besides a peer",
    }  # fmt: skip
    assert settings.DEMO is False


def test_help_besides_a_peer_stands_by_tier_and_the_urgent_numbers_under_it(visitor):
    page = words(visitor.get("/harbor/resources/"))
    assert "The first days after a hard case" in page
    assert page.index("On your own") < page.index("Need someone right now?")
    assert "988" in page


def test_a_program_without_other_help_says_so(visitor):
    make_program(policy_text().partition("[[resources]]")[0])
    assert "This program lists no other help yet." in words(visitor.get("/harbor/resources/"))


def test_a_program_that_has_ended_says_so_kindly_and_where_to_turn(here, visitor):
    Program.objects.update(state="retired", ends_on=date(2126, 6, 30))
    for page in ("", "talk/", "nominate/"):
        answer = visitor.get(f"/harbor/{page}")
        said = words(answer)
        assert (answer.status_code, "This program has ended." in said) == (200, True)
        assert "Whoever has a peer here keeps them until June 30, 2126." in said
        assert "the coordinator knows where else to turn" in said
        assert b'href="/harbor/urgent/"' in answer.content
    assert visitor.post("/harbor/talk/", {"name": "x"}).status_code == 409
    Program.objects.update(ends_on=date(2026, 1, 1))
    assert "Whoever has a peer here" not in words(visitor.get("/harbor/talk/"))
