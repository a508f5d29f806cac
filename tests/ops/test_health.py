"""Health names what isn't well, and can be asked when nothing works."""

from datetime import timedelta

import pytest
from django.db import connections

from touchbase.kernel.clock import now
from touchbase.ops import health, heartbeat
from touchbase.vault import rotation

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def lose(alias: str, table: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_lost")


@pytest.fixture(autouse=True)
def _well():
    """Everything is well until a test takes something away."""
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
