"""A page that is drawn once and filled in for each."""

import pytest
from django.template.loader import render_to_string

from tests.factories.programs import make_program, policy_text
from touchbase.web.shared import mould
from touchbase.web.shared.context import around
from touchbase.web.shared.mould import filled

pytestmark = pytest.mark.django_db
PAGE = "public/thanks.html"
ROBIN = {
    "name": "Robin Vale",
    "due": "Thu, May 14, 3:10 pm",
    "link": "https://example.org/t/r0/",
    "token": "r0",
}
QUINN = {"name": "Quinn Ash", "due": "today, 3:10 pm", "link": "https://example.org/t/q0/", "token": "q0"}


def page(here, words) -> str:
    return filled(PAGE, here, words).content.decode()


def test_a_filled_page_is_the_page_that_would_be_drawn_anew(here):
    assert page(here, ROBIN) == render_to_string(PAGE, {**around(here), **ROBIN})


def test_the_next_person_gets_their_own_words_and_nothing_of_the_one_before(here):
    page(here, ROBIN)
    said = page(here, QUINN)
    assert said == render_to_string(PAGE, {**around(here), **QUINN})
    assert not [word for word in ROBIN.values() if f">{word}<" in said or f'"{word}"' in said]


def test_what_is_kept_of_a_page_holds_no_word_of_anybody(here):
    page(here, ROBIN)
    kept = mould._drawn(PAGE, here, tuple(sorted(ROBIN)))
    assert not [word for word in ("Robin", "Vale", "May 14", "/t/") if word in kept]


def test_without_a_link_the_page_says_that_somebody_calls(here):
    words = ROBIN | {"link": ""}
    assert page(here, words) == render_to_string(PAGE, {**around(here), **words})
    assert "They will call you." in page(here, words)


@pytest.mark.parametrize("typed", ["<b>Robin</b>", "Robin & Quinn", 'Ro"bin', "%(due)s", r"\1 \g<0>"])
def test_what_was_typed_stays_what_was_typed(here, typed):
    words = ROBIN | {"name": typed}
    assert page(here, words) == render_to_string(PAGE, {**around(here), **words})


def test_a_word_that_looks_like_a_blank_is_not_filled_in(here):
    words = ROBIN | {"name": f"{mould._SIGN}token-"}
    assert page(here, words) == render_to_string(PAGE, {**around(here), **words})


def test_rules_that_changed_are_on_the_page_at_once(here):
    before = page(here, ROBIN)
    number = here.policy.coordinator.phone
    now = make_program(policy_text("harbor").replace(number, "503-555-0177"))
    assert (number in before, "503-555-0177" in page(now, ROBIN)) == (True, True)
