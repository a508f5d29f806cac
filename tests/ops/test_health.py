"""Health names what isn't well, and can be asked when nothing works."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories.full_stores import full_store
from touchbase.kernel.clock import now
from touchbase.ops import health, heartbeat, mailing
from touchbase.vault import generations, rotation

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def lose(alias: str, table: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_lost")


@pytest.fixture(autouse=True)
def _well(settings, tmp_path):
    """Everything is well until a test takes something away."""
    settings.DATA_DIR = tmp_path
    health._written.clear()
    rotation.rotate(at=now())
    heartbeat.beat(now())


def test_all_is_well():
    found = health.check(at=now())
    assert (found.failing, found.ok) == ((), True)


def test_a_lost_database_is_named():
    lose("default", "programs_program")
    assert health.check(at=now()).failing == ("database",)


def test_a_lost_vault_is_named():
    lose("vault", "vault_epoch")
    assert health.check(at=now()).failing == ("vault",)


def test_a_clock_that_stands_is_named():
    assert health.check(at=now() + timedelta(minutes=3)).failing == ("sweep",)


def test_a_key_that_should_be_gone_makes_the_vault_unwell():
    late = now() + timedelta(hours=73)
    heartbeat.beat(late)
    with connections["vault"].cursor() as cursor:
        cursor.execute("UPDATE vault_epoch SET state = 'retiring'")
    assert health.check(at=late).failing == ("vault",)


@pytest.mark.parametrize(("alias", "name"), [("default", "database"), ("vault", "vault")])
def test_a_store_that_takes_no_writes_is_named(alias, name):
    with full_store(alias):
        assert health.check(at=now()).failing == (name,)


def rewritten(captured) -> int:
    return sum("django_migrations" in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("alias", ["default", "vault"])
def test_a_store_is_written_once_in_two_seconds_and_holds_what_it_held(alias, monkeypatch):
    moment = iter([10.0, 10.0, 10.0, 10.0, 11.9, 11.9, 12.1, 12.1, 12.1, 12.1])
    monkeypatch.setattr(health, "monotonic", lambda: next(moment))
    query = "SELECT id, app, name FROM django_migrations ORDER BY id"
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        before = cursor.fetchall()
    with CaptureQueriesContext(connections[alias]) as captured:
        found = [health.check(at=now()).ok for _ in range(3)]
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchall() == before
    assert (found, rewritten(captured)) == ([True] * 3, 4)


def test_a_key_that_cannot_be_read_makes_the_vault_unwell(settings, tmp_path):
    settings.ROOT_KEY_FILE = tmp_path / "gone.key"
    assert health.check(at=now()).failing == ("vault",)


def test_a_mail_server_that_is_away_is_named():
    mailing.note(unreachable=True, sent=0)
    assert health.check(at=now()).failing == ("mail",)


def test_a_store_that_was_put_back_and_not_confirmed_is_not_well():
    generations.note_put_back(what=generations.PutBack.DATABASE, at=now())
    assert health.check(at=now()).failing == ("together",)


def test_a_vault_that_cannot_be_asked_is_said_once():
    lose("vault", "vault_mark")
    assert health.check(at=now()).failing == ("vault",)
