"""The pages of the whole installation: who is here, what can be checked, whether it is well."""

import json
from datetime import timedelta

import pytest
from django.db import connections

from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import words
from touchbase.kernel.clock import now
from touchbase.ops import heartbeat
from touchbase.programs.models import Program
from touchbase.vault import generations, rotation

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


NO_HOURS = "Not said: it can’t be measured right now, or nobody stands for it"


@pytest.fixture
def well():
    """An installation whose clock turns and whose vault has a key to seal with."""
    rotation.rotate(at=now())
    heartbeat.beat(now())


def lose(alias: str, table: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_lost")


def test_the_first_page_lists_the_programs_plainly(visitor, here):
    make_program(policy_text("island"))
    page = visitor.get("/")
    assert page.content.decode().count('class="peer"') == 2
    assert "Harbor Peer Support Harbor Hospital. For clinicians at Harbor Hospital." in words(page)
    assert dict(visitor.cookies) == {}


@pytest.mark.parametrize(("state", "listed"), [("open", 1), ("paused", 1), ("draft", 0), ("retired", 0)])
def test_a_program_is_listed_while_people_may_turn_to_it(visitor, here, state, listed):
    Program.objects.filter(pk=here.id).update(state=state)
    assert visitor.get("/").content.decode().count('class="peer"') == listed


def test_without_programs_the_first_page_says_so_and_still_has_a_number(visitor):
    page = visitor.get("/")
    assert "No program is here yet." in words(page)
    assert 'href="tel:988"' in page.content.decode()


def test_well_is_one_word(visitor, well):
    answer = visitor.get("/healthz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"


def test_unwell_names_what_and_nothing_else(visitor, well):
    heartbeat.beat(now() - timedelta(hours=1))
    lose("vault", "vault_epoch")
    answer = visitor.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"status": "unwell", "failing": ["vault", "sweep"]}


def test_what_can_be_checked_shows_tier_window_and_day(visitor, well):
    generations.attest(on=now().date(), at=now())
    said = words(visitor.get("/trust/"))
    assert "In files on this machine (tier 0)" in said
    assert f"Attested by an operator on {now():%Y-%m-%d}" in said
    assert "48 hours after erasing, while the service runs" in said
    assert f"Looked at {now():%Y-%m-%d}" in said


def test_a_key_that_should_be_gone_takes_the_window_back(visitor, well):
    later = now() + timedelta(hours=25)
    rotation.rotate(at=later)
    with connections["vault"].cursor() as cursor:
        cursor.execute(
            "UPDATE vault_epoch SET ends_at = '2026-01-01T00:00:00+00:00' WHERE state = 'retiring'"
        )
    generations.attest(on=now().date(), at=now())
    assert NO_HOURS in words(visitor.get("/trust/"))
    assert json.loads(visitor.get("/healthz").content)["failing"] == ["vault"]


def test_without_an_operators_word_no_hours_are_named(visitor, well):
    said = words(visitor.get("/trust/"))
    assert NO_HOURS in said
    assert "Keys are in no machine backup Not attested" in said
    assert "48 hours" not in said


def test_a_vault_that_does_not_answer_is_said_plainly(visitor):
    lose("vault", "vault_epoch")
    answer = visitor.get("/trust/")
    assert answer.status_code == 200
    assert "The key store doesn’t answer just now." in words(answer)


@pytest.mark.parametrize("address", ["/", "/trust/", "/healthz"])
def test_they_are_only_read(visitor, address):
    assert visitor.post(address).status_code == 405
