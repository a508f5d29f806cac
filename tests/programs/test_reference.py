import runpy
import sys

import pytest

from tests.programs.samples import ROOT
from touchbase.programs import kinds, reference

PAGE = ROOT / "docs" / "configuration.md"


def test_the_docs_say_what_the_models_say():
    page = PAGE.read_text()
    assert page == reference.placed(page)


def test_every_key_of_every_table_is_in_the_docs():
    page = reference.rendered()
    keys = {key for _, node in kinds.tables() for key in node.get("properties", {})}
    assert [key for key in sorted(keys) if f"| `{key}` |" not in page] == []


def test_every_key_has_a_meaning():
    tables = [
        node if node["type"] == "object" else kinds.resolved(node["items"]) for _, node in kinds.tables()
    ]
    nodes = [kinds.resolved(child) for table in tables for child in table["properties"].values()]
    assert [node for node in nodes if not node.get("description", "").endswith((".", ". "))] == []


def test_a_page_without_marks_is_not_guessed_at():
    with pytest.raises(ValueError, match="needs the marks"):
        reference.placed(f"Text {reference.BEGIN} and no end")


def test_the_page_is_written_anew_by_a_command(tmp_path, monkeypatch):
    page = tmp_path / "page.md"
    page.write_text(f"Before\n{reference.BEGIN}\nstale text\n{reference.END}\nAfter\n")
    monkeypatch.setattr(sys, "argv", ["reference", str(page)])
    monkeypatch.delitem(sys.modules, "touchbase.programs.reference")
    runpy.run_module("touchbase.programs.reference", run_name="__main__")
    assert page.read_text() == reference.placed(page.read_text())
    assert "stale text" not in page.read_text()
