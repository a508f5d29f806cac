"""Copies of the stores are read in every form that engines, operators and machines give them."""

import bz2
import gzip
import lzma
import shutil
import sqlite3
import tarfile
import zipfile
from collections.abc import Mapping
from contextlib import closing

import pytest
from django.db import connections

from tests.factories.walking import HOUR, NOON
from tests.ops.piling import Pile, dump, is_postgresql, store_file
from tests.ops.test_shred_check import check, numbers, pile, room
from touchbase.ops.contents import TABLES, Value
from touchbase.ops.database_copies import read_sqlite
from touchbase.referrals.models import Capsule, Referral

__all__ = ["check", "pile", "room"]
pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


def packed_with(opener):
    def pack(pile: Pile) -> None:
        file = pile.database()
        with opener(file.with_name(f"{file.name}.packed"), "wb") as out:
            out.write(file.read_bytes())
        file.unlink()

    return pack


def as_tar(pile: Pile) -> None:
    file = pile.database()
    with tarfile.open(pile.folder / "night.tar.gz", "w:gz") as archive:
        archive.add(file, "var/backups/touchbase")
    file.unlink()


def as_zip(pile: Pile) -> None:
    file = pile.database()
    with zipfile.ZipFile(pile.folder / "night.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, "touchbase")
    file.unlink()


def as_text(pile: Pile) -> None:
    pile.text()


def as_packed_text(pile: Pile) -> None:
    file = pile.text()
    file.with_name("dump.sql.gz").write_bytes(gzip.compress(file.read_bytes()))
    file.unlink()


def as_inserts(pile: Pile) -> None:
    """Of PostgreSQL by its option; SQLite writes nothing else, here with Windows' ends of lines."""
    file = pile.text("inserts.sql", "default", "--inserts")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def as_named_inserts(pile: Pile) -> None:
    pile.text("columns.sql", "default", "--column-inserts")


def as_folder_or_raw(pile: Pile) -> None:
    """A dump that is a folder; on SQLite the live file with its log."""
    if is_postgresql():
        dump("default", pile.folder / "many", "--format=directory")
    else:
        for file in store_file("default").parent.glob(f"{store_file('default').name}*"):
            shutil.copy(file, pile.folder)


KINDS = [
    Pile.database, packed_with(gzip.open), packed_with(bz2.open), packed_with(lzma.open), as_tar, as_zip,
    as_text, as_packed_text, as_inserts, as_named_inserts, as_folder_or_raw,
]  # fmt: skip


@pytest.mark.parametrize("make", KINDS)
def test_a_copy_of_the_database_is_read_in_every_form_it_may_have(pile, check, make):
    people = pile.come(3)
    make(pile)
    pile.erase(people[0])
    said = check(pile.folder)
    assert (said["values"], numbers(said), said["left_out"]) == (12, (2, 0, 0, 1), [])


@pytest.mark.parametrize("pack", [False, True])
def test_a_copy_of_the_vault_is_read_as_text_and_in_an_archive_too(pile, check, pack):
    (one,) = pile.come(1)
    pile.database()
    folder = pile.vault()
    pile.text("vault-1/vault.sql", "vault")
    for file in folder.glob("vault.[!s]*"):
        file.unlink()
    (folder / "vault.sqlite3").unlink(missing_ok=True)
    pile.erase(one)
    if pack:
        with tarfile.open(pile.folder / "night.tar", "w") as archive:
            archive.add(folder, "vault-1")
        shutil.rmtree(folder)
    said = check(pile.folder)
    place = pile.folder / ("night.tar/vault-1" if pack else "vault-1")
    assert (numbers(said), [copy["name"] for copy in said["copies"]]) == ((0, 0, 1, 0), [str(place)])


def test_steps_taken_after_a_copy_dont_keep_it_from_opening(pile, check):
    """The course alone is sealed with the row's version, which went on."""
    handle = pile.walk.accepted()
    Capsule.objects.filter(referral=handle).exclude(purpose="course").delete()
    pile.database()
    pile.walk.touch(handle, NOON + HOUR * 3)
    assert numbers(check(pile.folder)) == (1, 0, 0, 0)


def test_a_course_without_its_row_is_tried_at_every_step(pile, check):
    handle = pile.walk.accepted()
    Capsule.objects.filter(referral=handle).exclude(purpose="course").delete()
    assert Referral.objects.get(handle=handle).row_version > 0
    lines = pile.text().read_text().splitlines()
    kept = [line for line in lines if "referrals_capsule" in line or "\tcourse\t" in line or line == "\\."]
    (pile.folder / "dump.sql").write_text("\n".join(kept))
    assert numbers(check(pile.folder)) == (1, 0, 0, 0)


def test_a_store_of_another_version_is_said(pile, check):
    with closing(sqlite3.connect(pile.folder / "old.sqlite3")) as old, old:
        old.execute("CREATE TABLE referrals_capsule (id, sealed)")
        old.execute("CREATE TABLE vault_key (handle, program, wrapped, epoch_id)")
        old.execute("INSERT INTO vault_key VALUES (1, 2, 3, 4)")
        old.executemany("INSERT INTO vault_key VALUES ('h', 'p', ?, ?)", [("text", 1), (b"", None), (b"", 1)])
    (pile.folder / "old.sql").write_text("INSERT INTO vault_key VALUES ('h', 'p');")
    (pile.folder / "older.sql").write_text(
        "INSERT INTO vault_key (handle, program, wrapped, epoch_id) VALUES ('h', 'p', 'not bytes', 1);"
    )
    said = check(pile.folder)
    assert said["looked_at"] == {"database files": 1, "texts": 2}
    assert {one["why"] for one in said["left_out"]} == {
        "some of its rows are of another version, and weren't understood"
    }
    assert len(said["left_out"]) == 3


def test_a_dump_of_another_version_is_said(pile, check):
    """Of PostgreSQL in its own format, which only its programs can write."""
    pile.come(1)
    if is_postgresql():
        with connections["vault"].cursor() as cursor:
            cursor.execute("ALTER TABLE vault_key RENAME COLUMN handle TO other")
        try:
            pile.vault()
        finally:
            with connections["vault"].cursor() as cursor:
                cursor.execute("ALTER TABLE vault_key RENAME COLUMN other TO handle")
    else:
        (pile.folder / "vault.dump").write_bytes(b"PGDMP\x01\x0e\x00 of which nothing follows")
    assert check(pile.folder)["looked_at"].get("dumps") == 1
    assert len(check(pile.folder)["left_out"]) == 1


def test_what_stands_in_the_log_beside_a_database_file_alone_is_read_and_so_is_what_it_replaces(tmp_path):
    """A copy is taken while the service runs: what was written last is in no page of the file yet."""
    columns = ", ".join(TABLES["vault_key"])
    live, copied, empty = tmp_path / "live.sqlite3", tmp_path / "copied.sqlite3", tmp_path / "empty"
    with closing(sqlite3.connect(live, isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute(f"CREATE TABLE vault_key ({columns})")
        store.execute("INSERT INTO vault_key VALUES ('before', 'harbor', x'00', 1)")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.execute("UPDATE vault_key SET handle = 'after'")
        for file in (live, live.with_name(f"{live.name}-wal")):
            shutil.copyfile(file, copied.with_name(file.name.replace("live", "copied")))
    empty.mkdir()
    found = Noted()
    assert read_sqlite(copied, "a copy", empty, found) == ""  # type: ignore[arg-type]
    assert [row["handle"] for row in found.rows] == ["before", "after"]


class Noted:
    """Takes rows, as what a check gathers does."""

    def __init__(self) -> None:
        self.rows: list[Mapping[str, Value]] = []

    def row(self, _place: str, _table: str, row: Mapping[str, Value]) -> None:
        """One more."""
        self.rows.append(row)
