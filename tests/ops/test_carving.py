"""Rows are found where no database shows them any more: in freed places and in logs that lie alone."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from tests.ops.piling import Pile, is_postgresql, store_file
from tests.ops.test_shred_check import check, numbers, pile, room
from touchbase.ops import carving
from touchbase.ops.contents import Contents

__all__ = ["check", "pile", "room"]
pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


def raw_files(pile: Pile, store: str, *tables: str) -> None:
    """Bytes without their database: PostgreSQL's files of these tables, or SQLite's log alone."""
    if is_postgresql():
        with connections[store].cursor() as cursor:
            cursor.execute("CHECKPOINT")
            for table in tables:
                cursor.execute(
                    "SELECT current_setting('data_directory'), pg_relation_filepath(%s::regclass)", [table]
                )
                folder, file = cursor.fetchone()
                shutil.copyfile(Path(folder, file), pile.folder / f"{store}-{table}")
    else:
        shutil.copyfile(f"{store_file(store)}-wal", pile.folder / f"{store}.log")


def test_raw_files_of_an_engine_are_searched_at_every_byte(pile, check):
    people = pile.come(3)
    raw_files(pile, "default", "referrals_capsule")
    raw_files(pile, "vault", "vault_key", "vault_epoch")
    shutil.copytree(pile.vault() / "provider", pile.folder / "provider")
    shutil.rmtree(pile.folder / "vault-1")
    assert numbers(check(pile.folder)) == (3, 0, 0, 0)
    pile.erase(people[0])
    assert numbers(check(pile.folder)) == (2, 0, 1, 0)


def test_what_was_deleted_and_not_written_over_is_found_in_a_copy(pile, check):
    """The mechanism switched off: a copy of the stores in which deleting doesn't write over."""
    (one,) = pile.come(1)
    if is_postgresql():
        raw_files(pile, "default", "referrals_capsule")
    else:
        with closing(sqlite3.connect(pile.database())) as copy, copy:
            copy.execute("PRAGMA secure_delete = OFF")
            copy.execute("DELETE FROM referrals_capsule")
    assert numbers(check(pile.folder)) == (1, 0, 0, 0)
    pile.erase(one)
    assert numbers(check(pile.folder)) == (0, 0, 0, 1)


def test_a_row_that_was_cut_in_two_is_not_taken_for_one(pile, check):
    """SQLite's, in the middle of which something else was written."""
    pile.come(3)
    pile.folder.joinpath("rows").write_bytes(b"".join(_rows(b"handle is gone")))
    assert numbers(check(pile.folder)) == (0, 0, 0, 0)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_row_is_found_whatever_its_keys_begin_with(tmp_path, engine):
    """Also with bytes that are a length elsewhere."""
    file = tmp_path / "raw"
    handle = b"7" + b"0" * 25
    file.write_bytes(b"".join(_rows(handle) if engine == "sqlite" else _rows_of_postgresql(handle)))
    found = Contents()
    carving.carve(file, "here", found)
    (copy,) = found.copies()
    assert {(row.handle, row.program, row.wrapped) for row in copy.keys} == {
        ("7" + "0" * 25, "7" + "1" * 25, b"S" * 40)
    }
    assert {(row.n, row.wrapped) for row in copy.epochs} == {(12, b"S" * 40)}
    (value,) = found.found()
    assert (value.handle, len(value.sealed.blob)) == ("7" + "0" * 25, 1024)


def _rows(handle: bytes) -> list[bytes]:
    """One of each, as SQLite lays them out."""
    return [
        b"AA\\\x01\0\0\0\x01" + handle + b"7" + b"1" * 25 + b"S" * 40 + b"\x01\x01",
        b"epoch-12" + b"S" * 40 + b"live",
        b"A\x1d\t\t$\x90\x0cA" + b"2" * 26 + b"identity" + bytes(12) + b"S" * 1024 + handle,
    ]


def _rows_of_postgresql(handle: bytes) -> list[bytes]:
    """The same with its lengths, filled up to even addresses."""
    return [
        b"7" + handle + b"77" + b"1" * 25 + b"S" + b"S" * 40,
        b"\x13epoch-12S" + b"S" * 40 + b"\x0blive",
        b"7" + b"2" * 26 + b"\x13identity\0\x01\0\x01\0\x1b" + bytes(12) + b"\0\x10\x10\0\0" + b"S" * 1024,
        b"7" + handle,
    ]
