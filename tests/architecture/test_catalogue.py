"""The catalogues hold all that visitors, recipients and supporters read, and say no more than the English.

What the product marks is gathered here from the parsed templates and modules themselves; `just words` gathers
it with the tools of Django, for whoever translates.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from django.template import Node
from django.template.base import FilterExpression, Template, Variable, VariableNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from tests.architecture.source import ROOT, dotted, parsed, python_files
from touchbase.programs.languages import LOCALES, NAMES

CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))
# Read by the desk, leaders, faculty and operators alone: in English, so far (ux.md, section 4).
ENGLISH = re.compile(
    r"web/(templates/)?(coordinator|faculty|leadership)/|(utilization|matching|collaborative|ops|demo|vault)/"
    r"|web/shared/(pooled_page|readiness)\.py|web/templates/shared/pooled\.html|web/(templates/)?site/(demo|doors)"
)
ONE = {"_", "gettext", "gettext_lazy", "say"}
MANY = {"ngettext", "ngettext_lazy"}
MARKS = re.compile(r"%\([a-z_0-9]+\)[sd]|%%|\{[a-z_0-9]*\}|<[^>]+>|&[a-z]+;")
NOT_USTED = re.compile(r"\b(tú|tu|tus|te|ti|contigo|vos)\b", re.IGNORECASE)


@cache
def catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path))


def english_of(entry: polib.POEntry) -> list[str]:
    return [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]


def spoken_by(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def read_by_others(place: str) -> bool:
    """Whether a file of ours is read by visitors, recipients or supporters."""
    return not ENGLISH.match(place)


def marked_in_modules() -> Iterator[tuple[str, str]]:
    """Each text that a module marks, with the module."""
    for path in python_files("touchbase"):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            name = dotted(node.func).rsplit(".", 1)[-1]
            if name in ONE | MANY and node.args and isinstance(node.args[0], ast.Constant):
                yield str(path.relative_to("touchbase")), str(node.args[0].value)


def marked_in_templates() -> Iterator[tuple[str, str]]:
    """Each text that a template marks, with the template."""
    folder = ROOT / "touchbase/web/templates"
    for path in sorted(folder.rglob("*.html")):
        name = str(path.relative_to(folder))
        nodes = Template(path.read_text()).nodelist
        for text in marked_in(nodes.get_nodes_by_type(Node)):
            yield f"web/templates/{name}", text


def marked_in(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, BlockTranslateNode):
            said, _names = node.render_token_list(node.singular)
            yield " ".join(said.split()) if node.trimmed else said
            expressions = [*node.extra_context.values(), node.counter]
        elif isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal)
            expressions = []
        else:
            expressions = [node.filter_expression] if isinstance(node, VariableNode) else []
        for expression in expressions:
            yield from marked_by(expression)


def marked_by(expression: FilterExpression | None) -> Iterator[str]:
    """A constant that is translated. What a filter is given can't be: Django reads that once and for all."""
    if expression is not None and isinstance(expression.var, Variable) and expression.var.translate:
        yield str(expression.var.literal)


def marked() -> set[tuple[str, str]]:
    return {*marked_in_modules(), *marked_in_templates()}


def test_there_is_spanish_and_a_name_for_each_language():
    assert [path.parts[-3] for path in CATALOGUES] == ["es"]
    assert {path.parts[-3] for path in CATALOGUES} <= set(NAMES)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_all_that_others_read_is_in_it_and_translated(path):
    there = {entry.msgid: entry for entry in catalogue(path) if not entry.obsolete}
    wanted = {text for place, text in marked() if read_by_others(place) and text.strip()}
    assert len(wanted) > 1000  # else nothing was gathered
    assert sorted(text for text in wanted if text not in there) == []
    assert sorted(text for text in wanted if not there[text].translated()) == []


def test_no_filter_is_given_a_text_to_translate():
    """Django would translate it when it reads the template, into the language of whoever came first."""
    templates = (ROOT / "touchbase/web/templates").rglob("*.html")
    assert [path.name for path in templates if re.search(r"\|[a-z]+:_\(", path.read_text())] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_nothing_in_it_is_a_guess_or_left_over(path):
    assert [entry.msgid for entry in catalogue(path) if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_merged_into_a_sentence_and_its_markup_stay(path):
    odd = [
        said
        for entry in catalogue(path).translated_entries()
        for said in spoken_by(entry)
        if sorted(MARKS.findall(said)) not in [sorted(MARKS.findall(text)) for text in english_of(entry)]
        or said[:1].isspace() != entry.msgid[:1].isspace()
    ]
    assert odd == []


def test_spanish_says_usted_and_straight_signs():
    (spanish,) = CATALOGUES
    said = [text for entry in catalogue(spanish).translated_entries() for text in spoken_by(entry)]
    assert [text for text in said if NOT_USTED.search(text) or re.search("[\u2013\u2014]", text)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_read_at_run_time_is_what_the_catalogue_says(path):
    """`just words` compiles it. A catalogue that was changed and not compiled would say the old words."""
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    there = {(entry.msgid, entry.msgid_plural): entry for entry in compiled}
    said = {(entry.msgid, entry.msgid_plural): entry for entry in catalogue(path).translated_entries()}
    assert set(there) == set(said)
    assert [key for key, one in said.items() if there[key].msgstr != one.msgstr] == []
    assert [key for key, one in said.items() if there[key].msgstr_plural != one.msgstr_plural] == []
    for head in ("Language", "Plural-Forms", "X-Reviewed-By", "X-Reviewed-On"):
        assert compiled.metadata[head] == catalogue(path).metadata[head]
