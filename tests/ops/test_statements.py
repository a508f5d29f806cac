"""Rows of ours are found in any text in which statements were written down, and nothing else is one."""

import io
from typing import Any

import pytest

from touchbase.ops.contents import NotOurs
from touchbase.ops.statements import Statements

ROW = {"handle": "h1", "program": "p", "wrapped": b"\x01\xff", "epoch_id": 7}


def read(*lines: str, note=None) -> tuple[list[Any], bool]:
    rows: list[Any] = []
    statements = Statements(note or (lambda table, row: rows.append((table, row))))
    statements.read(io.BytesIO("\n".join(lines).encode()))
    return rows, statements.odd


@pytest.mark.parametrize(
    "line",
    [
        """INSERT INTO vault_key (handle, program, wrapped, epoch_id) VALUES ('h1', 'p', X'01FF', 7);""",
        """INSERT INTO "vault_key" ("handle", "program", "wrapped", "epoch_id") VALUES('h1','p',x'01ff',7)""",
        """x INSERT INTO a."vault_key" (handle, program, wrapped, epoch_id) VALUES('h1','p',X'01ff',7.0)""",
    ],
)
def test_an_insert_is_read_wherever_it_was_written_down(line):
    rows, odd = read("something else", line, "and more")
    assert (rows[0], len({str(row) for row in rows}), odd) == (("vault_key", ROW), 1, False)


def test_without_names_columns_are_those_the_table_was_declared_with():
    postgresql = (
        "CREATE TABLE public.vault_key (",
        "    handle character varying(26) NOT NULL,",
        "    program character varying(26) NOT NULL,",
        "    wrapped bytea NOT NULL,",
        "    epoch_id integer NOT NULL,",
        "    CONSTRAINT some_check CHECK ((epoch_id >= 0))",
        ");",
        r"INSERT INTO public.vault_key VALUES ('h1', 'p', '\x01ff', 7);",
    )
    declared = (
        'CREATE TABLE "vault_key" ("handle" varchar(26) NOT NULL, "program" varchar, "wrapped" BLOB, '
        '"epoch_id" integer REFERENCES "vault_epoch" ("n") DEFERRABLE);'
    )
    sqlite = (
        declared,
        "INSERT INTO vault_key VALUES('h1','p',X'01ff',7);",
    )
    assert read(*postgresql) == ([("vault_key", ROW | {"wrapped": r"\x01ff"})], False)
    assert read(*sqlite) == ([("vault_key", ROW)], False)


def test_a_copy_block_ends_where_it_says_so():
    rows, odd = read(
        "COPY public.vault_key (handle, program, wrapped, epoch_id) FROM stdin;",
        "h1\tp\t\\\\x01ff\t7",
        "h2\tp\t\\N\t7",
        "\\.",
        "h3\tp\t\\N\t7",
    )
    assert [row["handle"] for _, row in rows] == ["h1", "h2"]
    assert (rows[0][1]["wrapped"], rows[1][1]["wrapped"], odd) == (r"\x01ff", None, False)


def test_values_with_quotes_nothing_and_truth_are_read():
    rows, odd = read(
        "INSERT INTO vault_key (handle, program, wrapped, epoch_id) VALUES ('it''s', NULL, true, -1)"
    )
    assert [list(row.values()) for _, row in rows] == [["it's", None, "true", -1]]
    assert not odd


@pytest.mark.parametrize(
    "line",
    [
        "INSERT INTO vault_key (handle, program, wrapped, epoch_id) VALUES (%s, %s, %s, %s)",
        "INSERT INTO vault_key (handle, program, wrapped, epoch_id) VALUES ($1, $2, $3::bytea, $4)",
        "INSERT INTO vault_keys (handle) VALUES ('h1')",
        "COPY public.vault_key (handle, program) TO stdout;",
        "SELECT * FROM vault_key",
    ],
)
def test_a_statement_without_values_of_ours_is_no_row(line):
    assert read(line, "h1\tp") == ([], False)


def test_what_looks_like_a_row_and_cant_be_one_is_odd():
    assert read("INSERT INTO vault_key VALUES ('h1', 'p')") == ([], True)
    assert read("COPY public.vault_key (handle, program) FROM stdin;", "one", "") == ([], True)

    def refuse(table, row):
        raise NotOurs

    assert read("INSERT INTO vault_key (handle) VALUES ('h1')", note=refuse) == ([], True)


@pytest.mark.parametrize(
    "text", [b"COPY public.vault_key (handle, program) FROM stdin;\none", b"CREATE TABLE vault_key (\n"]
)
def test_a_text_that_ends_in_the_middle_of_a_table_is_unfinished_and_not_odd(text):
    rows: list[Any] = []
    statements = Statements(lambda table, row: rows.append(row))
    statements.read(io.BytesIO(text))
    assert (rows, statements.odd, statements.unfinished) == ([], False, True)


def test_a_million_lines_and_one_without_an_end_are_read(monkeypatch):
    monkeypatch.setattr("touchbase.ops.statements._LONGEST", 1000)
    insert = "INSERT INTO vault_key (handle, program, wrapped, epoch_id) VALUES ('h1', 'p', X'01ff', 7)"
    rows, odd = read(*["GET / vault_ 200"] * 100_000, "x" * 10_000, insert)
    assert (rows, odd) == ([("vault_key", ROW)], False)
