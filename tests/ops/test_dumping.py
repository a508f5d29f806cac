"""A copy is tried without a trace, and takes the place of a store whole or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.vault.processes import empty
from tests.vault.scene import arrivals
from touchbase.kernel import clock
from touchbase.ops import copies, dumping
from touchbase.ops.dumping import NotCopied
from touchbase.referrals import restoring
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    empty(settings, tmp_path / "installation")
    settings.VAULT_COPIES = tmp_path / "copies"


def _the_log_is_empty(store: Path) -> None:
    log = store.with_name(f"{store.name}-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_the_old_store_is_whole_without_its_log_when_a_restore_is_cut_off(tmp_path, monkeypatch):
    """The log goes just before the copy takes the store's place. PostgreSQL changes names in one step."""
    files = [tmp_path / "new", copies.VAULT.file]
    files[0].write_bytes(b"")

    def cut_off(*_: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(dumping, "_put_back_file", cut_off)
    monkeypatch.setattr(dumping, "_put_back_database", cut_off)
    with closing(sqlite3.connect(files[1] if copies.VAULT.on_sqlite else ":memory:")) as other:
        other.execute(
            "SELECT count(*) FROM sqlite_master"
        ).fetchall()  # the last to leave would empty the log
        arrivals(3)
        with pytest.raises(InterruptedError):
            dumping.put_back(copies.VAULT, files[0])
        _the_log_is_empty(files[1])
    assert Key.objects.count() == 3


def test_a_copy_that_was_tried_is_written_over_where_it_was_tried(tmp_path, monkeypatch):
    last: dict[str, bytes] = {}
    unlink = Path.unlink

    def seen(file: Path, *, missing_ok: bool = False) -> None:
        if file.exists() and file.parent.name.startswith("touchbase-try-"):
            last[file.name] = file.read_bytes()
        unlink(file, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", seen)
    copies.back_up_vault(at=clock.now())
    assert [name for name, data in last.items() if data.startswith(b"SQLite")] == []
    assert bool(last) is copies.VAULT.on_sqlite


def test_a_role_that_may_not_make_a_database_is_told_how_it_may(tmp_path, monkeypatch):
    """On PostgreSQL a copy is tried in a database of its own."""

    class Server:
        def __enter__(self) -> "Server":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def execute(self, _query: object) -> None:
            raise psycopg.errors.InsufficientPrivilege

    # Taken back at once: the stores themselves are reached by the same function.
    with monkeypatch.context() as patched:
        patched.setattr("psycopg.connect", lambda **_: Server())
        patched.setattr(dumping.Store, "on_sqlite", False)
        copy = dumping.opened(copies.DATABASE, tmp_path, tmp_path)
        with pytest.raises(NotCopied, match="CREATEDB"):
            copy.__enter__()


def test_without_postgresqls_programs_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(dumping, "_PROGRAMS", tmp_path)
    monkeypatch.setattr(dumping.Store, "on_sqlite", False)
    monkeypatch.setattr(dumping, "_PEOPLES", frozenset())
    restoring.keep_pace(clock.now())
    with pytest.raises(NotCopied, match="Install PostgreSQL's client"):
        dumping._program("pg_dump", copies.DATABASE)


def test_what_was_never_written_is_not_written_over(tmp_path):
    """A copy that failed before its first byte leaves nothing, and its cleaning makes nothing."""
    dumping.write_over(tmp_path / "never")
    assert not (tmp_path / "never").exists()
