"""Every column has a reason; nothing a referral touches counts its rows or keeps the minute (C1, A13)."""

import tomllib
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, models

from tests.architecture.source import ROOT

REASONS = tomllib.loads((ROOT / "tests/architecture/columns.toml").read_text())
CLASSES = {"sealed", "plain", "time", "none"}
TABLES = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}

# A referral's life passes through these.
TOUCHED = {name for name in TABLES if name.split("_")[0] in {"referrals", "notifications", "vault", "audit"}}
# Apps whose rows say whom somebody helped, or that they help.
PEOPLE = {"referrals", "supporters"}
MOMENTS = {
    "referrals_referral.next_at",
    "notifications_outgoing.not_before",
    "notifications_outgoing.lock_until",
    # Of an epoch, of a clock, of a key without a row: none is a person's.
    "vault_epoch.ends_at",
    "vault_mark.high_water",
    "vault_key.orphan_since",
}


def fields(table: str) -> list["models.Field[Any, Any]"]:
    return list(TABLES[table]._meta.local_concrete_fields)


def test_every_column_has_a_class_and_a_reason():
    assert {table: set(columns) for table, columns in REASONS.items()} == {
        table: {field.column for field in fields(table)} for table in TABLES
    }
    assert {kind for columns in REASONS.values() for kind, _reason in columns.values()} == CLASSES
    assert [
        table for table, columns in REASONS.items() if not all(reason for _, reason in columns.values())
    ] == []


def test_every_day_and_moment_is_known_as_one():
    kept = {f"{table}.{field.column}" for table in TABLES for field in fields(table) if holds_time(field)}
    said = {
        f"{table}.{column}"
        for table, row in REASONS.items()
        for column, (kind, _) in row.items()
        if kind == "time"
    }
    assert kept - said == set()


def holds_time(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.DateField | models.TimeField | models.DurationField)


def test_what_a_referral_touches_keeps_no_moment_but_the_next_thing_due():
    kept = {
        f"{table}.{field.column}"
        for table in TOUCHED
        for field in fields(table)
        if isinstance(field, models.DateTimeField | models.TimeField)
    }
    assert kept == MOMENTS


def test_nothing_a_referral_touches_counts_its_rows():
    counted = {table for table in TOUCHED if isinstance(TABLES[table]._meta.pk, models.AutoField)}
    assert counted == set()


def test_our_own_tables_have_random_keys():
    ours = {name for name, model in TABLES.items() if model.__module__.startswith("touchbase.")}
    assert {name for name in ours if isinstance(TABLES[name]._meta.pk, models.AutoField)} == set()


@pytest.mark.django_db(databases=["default", "vault"])
def test_no_sequence_of_the_database_tells_how_many_there_were():
    counted = {table for alias in connections for table in counting_tables(alias)}
    assert counted & TOUCHED == set()


def counting_tables(alias: str) -> set[str]:
    """Tables whose rows the engine itself numbers."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
            return {name for (name,) in cursor.fetchall()}
        names = connection.introspection.table_names(cursor)
        return {name for name in names if connection.introspection.get_sequences(cursor, name)}


def test_no_way_back_leads_from_a_program_or_a_member_to_people():
    """A reverse relation is an import nobody sees: counts could walk it (architecture.md section 1)."""
    ways = {
        f"{model._meta.label}.{relation.get_accessor_name()}"
        for model in apps.get_models()
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in PEOPLE
        and model._meta.app_label not in PEOPLE
        and not relation.hidden
    }
    assert ways == set()


def test_sealed_columns_hold_bytes_or_hashes():
    odd = {
        f"{table}.{field.column}"
        for table in TABLES
        for field in fields(table)
        if TABLES[table].__module__.startswith("touchbase.") and REASONS[table][field.column][0] == "sealed"
        if not isinstance(field, models.BinaryField) and not str(field.column).endswith("_hash")
    }
    assert odd == set()
