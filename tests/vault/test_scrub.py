"""What was deleted is in no file of the vault's store any more (vault.md, pitfalls 2 and 3)."""

from pathlib import Path

import pytest
from django.conf import settings as here
from django.db import connections, transaction

from tests.vault.processes import empty
from tests.vault.scene import AT, DAY, HARBOR, Kept, arrivals, arrive, erase
from touchbase.vault import erasing, rotation, scrub, store
from touchbase.vault.models import Epoch, Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)
STORE = connections["vault"]


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    empty(settings, tmp_path)


def traces(kept: Kept) -> set[bytes]:
    """What the store keeps of a referral, byte for byte."""
    row = Key.objects.get(handle=kept.handle)
    return {bytes(row.wrapped), bytes(row.dup_tag or b""), bytes(row.dup_src or b""), row.handle.encode()}


def found(needles: set[bytes]) -> set[bytes]:
    """Which of these are in the store: in its files and logs, or on a server, in its rows."""
    with STORE.cursor() as cursor:
        if STORE.vendor == "sqlite":
            folder = here.DATABASES["vault"]["NAME"]
            hay = [path.read_bytes() for path in _files(folder)]
        else:
            cursor.execute("SELECT * FROM vault_key")
            hay = [_raw(value) for row in cursor.fetchall() for value in row]
    return {needle for needle in needles if any(needle in straw for straw in hay)}


def _files(name: str) -> list[Path]:
    return sorted(Path(name).parent.glob(f"{Path(name).name}*"))


def _raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_of_somebody_erased_no_byte_of_a_key_is_left():
    kept, gone = arrivals(20), arrivals(15)
    there, away = [set().union(*map(traces, group)) for group in (kept, gone)]
    away -= there  # the tag of somebody who came twice, and is still there
    assert found(there | away) == there | away
    for one in gone:
        erase(one)
    # The random handle stays for two days as a tombstone.
    assert found(away) <= {one.handle.encode() for one in gone}
    assert found(there) == there


def test_without_the_scrubbing_it_would_be():
    """In SQLite's log; a server keeps dead rows where only its administrator sees them."""
    one = arrive()
    away = traces(one) - {one.handle.encode()}
    with transaction.atomic(using="vault"):
        erasing.erase(Key.objects.all(), one.handle, AT)
    assert found(away) == (away if STORE.vendor == "sqlite" else set())
    scrub.scrub()
    assert found(away) == set()


def test_the_keys_of_a_destroyed_epoch_are_gone_as_well():
    arrivals(3)
    before = {bytes(row.wrapped) for row in Key.objects.all()}
    before.add(bytes(Epoch.objects.get().wrapped_ek or b""))
    rotation.rotate(at=AT + DAY)
    rotation.rotate(at=AT + 2 * DAY)
    assert found(before) == set()


@pytest.fixture
def said():
    """The statements the store gets, without reads and savepoints."""
    statements: list[str] = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            statements.append(sql.split(" SET ")[0])
        return execute(sql, params, many, context)

    with STORE.execute_wrapper(note):
        yield statements


SCRUBBING = {
    "sqlite": "PRAGMA wal_checkpoint(TRUNCATE)",
    "postgresql": "VACUUM vault_key, vault_epoch, vault_buried, vault_pool",
}


def test_scrubbing_comes_after_the_commit_and_after_each_deletion(said):
    erase(arrive())
    assert said[-1] == SCRUBBING[STORE.vendor]
    arrive()
    del said[:]
    rotation.rotate(at=AT + DAY)
    assert said.count(SCRUBBING[STORE.vendor]) == 1


def test_where_nothing_was_deleted_nothing_is_scrubbed(said):
    one = arrive()
    rotation.rotate(at=AT)
    store.destroy(handle="nobody", program=HARBOR, counts=[], at=AT)
    store.mark_orphans(known={one.handle}, at=AT)
    store.destroy_orphans(known={one.handle}, at=AT)
    assert SCRUBBING[STORE.vendor] not in said


def test_inside_a_transaction_it_waits(said):
    one = arrive()
    with transaction.atomic(using="vault"):
        erase(one)
        scrub.scrub()
        assert SCRUBBING[STORE.vendor] not in said
    assert said[-1] == SCRUBBING[STORE.vendor]


def test_a_server_leaves_no_dead_row_of_an_erasing_or_a_rotation():
    """Its own count of them. SQLite keeps none: it writes over."""
    for one in arrivals(11):
        erase(one)
    arrive()
    rotation.rotate(at=AT + DAY)
    with STORE.cursor() as cursor:
        if STORE.vendor == "postgresql":
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pgstattuple")
            for table in ("vault_key", "vault_buried", "vault_pool"):
                cursor.execute("SELECT dead_tuple_count FROM pgstattuple(%s::regclass)", [table])
                assert (table, cursor.fetchone()) == (table, (0,))
        else:
            assert found({b"dead"}) == set()


def test_a_server_cleans_by_itself_what_was_not_scrubbed():
    """After each single deletion, should a process end before it could."""
    with STORE.cursor() as cursor:
        if STORE.vendor == "postgresql":
            cursor.execute(
                "SELECT relname, reloptions FROM pg_class WHERE relname LIKE 'vault_%' AND relkind = 'r'"
            )
            tables = {
                name
                for name, options in cursor.fetchall()
                if "autovacuum_vacuum_threshold=1" in (options or ())
            }
            assert tables == {"vault_key", "vault_epoch", "vault_buried", "vault_pool", "vault_taken"}
        else:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)


def test_a_scrubbing_that_fails_takes_nothing_back(caplog):
    one = arrive()

    def fail(execute, sql, params, many, context):
        if sql == SCRUBBING[STORE.vendor]:
            raise OSError
        return execute(sql, params, many, context)

    with STORE.execute_wrapper(fail):
        assert erase(one) is True
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert Key.objects.count() == 0
