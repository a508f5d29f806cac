"""Every text column has a written reason; what people type freely says above itself what not to write."""

import tomllib
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.source import ROOT

TEXTS = tomllib.loads((ROOT / "tests/architecture/texts.toml").read_text())
KINDS = {"key", "word", "number", "who", "file", "data", "free"}
TEMPLATES = ROOT / "touchbase/web/templates"
MOST = 400  # characters of anything people type freely
OURS = {
    model._meta.db_table: model for model in apps.get_models() if model.__module__.startswith("touchbase.")
}
FREE = {
    f"{table}.{column}": line[1:]
    for table, columns in TEXTS.items()
    for column, line in columns.items()
    if line[0] == "free"
}


def holds_text(field: "models.Field[Any, Any]") -> bool:
    """Whether letters can stand in a column; of a foreign key it is what the other table's key holds."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def field_of(place: str) -> "models.Field[Any, Any]":
    table, column = place.split(".")
    return next(field for field in OURS[table]._meta.local_concrete_fields if field.column == column)


def led_to(start: str) -> set[str]:
    """Every table that a row of this one leads to by foreign keys, itself included."""
    found, ahead = {start}, [start]
    while ahead:
        for field in OURS[ahead.pop()]._meta.local_concrete_fields:
            table = field.related_model._meta.db_table if isinstance(field, models.ForeignKey) else None
            if table and table not in found:
                found.add(table)
                ahead.append(table)
    return found


def test_every_text_column_has_a_kind_and_a_reason():
    there = {
        table: {field.column for field in model._meta.local_concrete_fields if holds_text(field)}
        for table, model in OURS.items()
    }
    said = {table: set(columns) for table, columns in TEXTS.items()}
    assert {table: columns for table, columns in there.items() if columns} == said
    lines = [line for columns in TEXTS.values() for line in columns.values()]
    assert {line[0] for line in lines} == KINDS
    assert [line for line in lines if len(line) != (5 if line[0] == "free" else 2) or not all(line)] == []


def test_little_is_typed_freely():
    assert set(FREE) == {
        "awareness_bulletin.text",
        "collaborative_document.title",
        "collaborative_event.place",
        "collaborative_session.place",
        "collaborative_version.address",
        "supporters_meeting.place",
        "supporters_training.place",
        "supporters_supporter.title",
        "supporters_supporter.own_words",
    }


@pytest.mark.parametrize("place", FREE)
def test_what_is_typed_freely_is_capped_in_its_column_and_on_its_page(place):
    _reason, page, name, _above = FREE[place]
    most = field_of(place).max_length
    assert most is not None
    assert most <= MOST
    box = box_of(page, name)
    assert f'most="{most}"' in box or f'maxlength="{most}"' in box or 'maxlength="{{ longest }}"' in box


def box_of(page: str, name: str) -> str:
    """The tags that draw one box, from what stands above it to its end."""
    lines = (TEMPLATES / page).read_text().splitlines()
    drawn = [
        line
        for line in lines
        if f'id="{name}"' in line and any(box in line for box in ("input", "textarea", "_field"))
    ]
    assert len(drawn) == 1, f"{page} draws {name} {len(drawn)} times"
    return drawn[0]


@pytest.mark.parametrize("place", FREE)
def test_above_what_is_typed_freely_stands_what_not_to_write(place):
    _reason, page, name, above = FREE[place]
    text = (TEMPLATES / page).read_text()
    assert above in text, f"{page} doesn't say it"
    assert text.index(above) < text.index(box_of(page, name)) + box_of(page, name).index(f'id="{name}"')
    assert any(word in above for word in ("No names", "no one"))
    assert "nothing that happened" in above


def test_no_referral_leads_to_what_is_typed_freely():
    touched = {name for name in OURS if name.split("_")[0] in {"referrals", "notifications", "vault"}}
    reached = set().union(*(led_to(table) for table in touched))
    assert {place for place in FREE if place.split(".")[0] in reached} == set()
    # Of the tables people's words stand in, it leads to who works here alone.
    assert reached - touched == {"accounts_account", "accounts_membership", "programs_program"}


def test_whatever_a_referral_leads_to_holds_no_more_than_who_works_here():
    reached = led_to("referrals_referral") - {"referrals_referral"}
    kinds = {line[0] for table in reached for line in TEXTS[table].values()}
    assert kinds == {"key", "word", "who", "data"}


@pytest.mark.parametrize("kind", [models.CharField(max_length=9), models.TextField(), models.JSONField()])
def test_a_planted_text_column_is_noticed(kind):
    assert holds_text(kind)
    assert not holds_text(models.DateField())
