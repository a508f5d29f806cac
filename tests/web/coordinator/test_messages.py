"""The page of messages: each of the catalogue, with to whom and when, for every program."""

import re
from pathlib import Path

import pytest

from tests.factories.people import make_person
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import words
from touchbase.accounts.roles import Role
from touchbase.notifications.messages import Template
from touchbase.web.coordinator.message_words import about

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

OF_A_COLLABORATIVE = (Template.TOGETHER, Template.CONSULT)
FILES = sorted(Path("programs").glob("*.toml"))


def test_every_message_says_to_whom_and_when():
    said = about()
    assert set(said) == set(Template)
    assert len({one.name for one in said.values()}) == len(Template)
    assert [one.name for one in said.values() if not one.when.endswith(".")] == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_each_program_s_page_shows_every_message_in_its_own_words(file, visitor_of, noon):
    here = make_program(file.read_text())
    desk = visitor_of(make_person(here, Role.COORDINATOR, "Dana Quill").account)
    answer = desk.get(f"/{here.slug}/desk/settings/messages/")
    page, html = words(answer), answer.content.decode()
    sent = [one for template, one in about().items() if template not in OF_A_COLLABORATIVE]
    assert html.count('<details class="preview"') == len(sent)
    assert [one.name for one in sent if one.name not in page] == []
    assert f"I'm with {here.policy.program.name}." in page
    assert "Dana Quill" not in re.sub(r'<div class="me">.*?</div>', "", html, flags=re.DOTALL)


def test_the_backup_may_look_as_well_and_nobody_else(people, visitor_of, noon):
    place = "/harbor/desk/settings/messages/"
    found = {part: visitor_of(who.account).get(place).status_code for part, who in people.everyone() if who}
    assert {part for part, status in found.items() if status == 200} == {"coordinator", "backup"}
    assert set(found.values()) == {200, 404}


def test_what_a_collaborative_sends_is_shown_to_its_members_and_its_center_alone(
    people, together, visitor_of, noon
):
    """Harbor is at its center, and Inland takes part."""
    apart = make_program(policy_text("apart"))
    someone = visitor_of(make_person(apart, Role.COORDINATOR, "Kim Apart").account)
    desks = {
        "harbor": visitor_of(people.coordinator.account),
        "inland": visitor_of(people.elsewhere.account),
        "apart": someone,
    }

    def shown(program: str) -> list[bool]:
        page = words(desks[program].get(f"/{program}/desk/settings/messages/"))
        return [about()[template].name in page for template in OF_A_COLLABORATIVE]

    assert {program: shown(program) for program in desks} == {
        "harbor": [False, True], "inland": [True, False], "apart": [False, False],
    }  # fmt: skip


def test_a_program_with_another_language_shows_its_messages_in_that_too(bilingual, people, visitor_of, noon):
    desk = visitor_of(people.coordinator.account)
    place = "/harbor/desk/settings/messages/"
    english, spanish = desk.get(place).content.decode(), desk.get(f"{place}?language=es").content.decode()
    assert ('<a href="?language=es" lang="es">Español</a>' in english, "Hi Alex Example" in english) == (
        True,
        True,
    )
    assert ('lang="es" aria-current="page"' in spanish, "Hola, Alex Example:" in spanish) == (True, True)
    assert ('<html lang="en">' in spanish, "This is what people read." in spanish) == (True, True)
    assert "Hi Alex Example, it" not in spanish
    assert desk.get(f"{place}?language=fr").content.decode() == english


def test_a_program_of_one_language_shows_no_choice(here, people, visitor_of, noon):
    page = visitor_of(people.coordinator.account).get("/harbor/desk/settings/messages/?language=es")
    assert "?language=" not in page.content.decode()
