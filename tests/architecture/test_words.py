"""The words people read are the product's own (product.md section 2, ux.md section 3, ruling B36)."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT, dotted, parsed, python_files, tracked
from tests.architecture.test_templates import SYNTAX, TEMPLATES

# Never said to anybody: the right word stands in product.md section 2.
NOT = [
    r"(?<!hard )cases?", r"tickets?", r"clients?", r"victims?",
    r"(?<!reason, )(?<!of a )(?<!Journal of )patients?",
    r"adverse events?", r"incidents?", r"declin(e|es|ed|ing)", r"refus(e|es|ed|ing)", r"opt(ing)?[ -]out",
    r"no-shows?",
    r"interven(e|es|tion)", r"engag(e|es|ement)", r"intakes?", r"confidentiality policy", r"purg(e|es|ed)",
    r"archiv(e|es|ed)", r"requesters?", r"responders?", r"second victims?",
]  # fmt: skip
# Besides these, never said to somebody who is reached.
NOT_TO_RECIPIENTS = [*NOT, r"counsell?ors?", r"mentors?", r"volunteers?", r"errors?"]
# In what operators and developers read these words have their own, technical, meaning.
IN_DOCS = [
    r"second victims?",
    r"confidentiality policy",
    r"no-shows?",
    r"adverse events?",
    r"tickets?",
    r"requesters?",
]
MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
EXCLAIMED = re.compile(r"[A-Za-z’'\")]!(?!=)")


def pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def marked(tree: ast.AST) -> Iterator[str]:
    """Texts of a Python file that are marked for translation, and the messages of refusals."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).rsplit(".", 1)[-1] in MARKERS:
            yield from (str(part.value) for part in node.args if isinstance(part, ast.Constant))


def texts(value: Any) -> Iterator[str]:
    """Every text of a policy file."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


def in_templates(files: list[Path]) -> Iterator[tuple[str, str]]:
    """What a template says: its words without the names of tags and values."""
    for file in files:
        text = SYNTAX.sub(" ", (ROOT / file).read_text())
        yield str(file), re.sub(r"{%(?!\s*translate).*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL)


def read_by_people() -> Iterator[tuple[str, str]]:
    """Where a sentence stands, and the sentence."""
    yield from in_templates(TEMPLATES)
    for file in python_files("touchbase"):
        yield from ((str(file), text) for text in marked(parsed(file)))
    for file in tracked("programs/*.toml"):
        yield from ((str(file), text) for text in texts(tomllib.loads((ROOT / file).read_text())))
    for file in tracked("touchbase/notifications/*.txt", "touchbase/notifications/*.toml"):
        yield str(file), (ROOT / file).read_text()


def found(sentences: Iterator[tuple[str, str]], words: re.Pattern[str]) -> set[str]:
    """Each use as "place: word"."""
    return {f"{place}: {use.group(0)}" for place, text in sentences for use in words.finditer(text)}


def test_nobody_reads_a_word_of_the_list():
    assert found(read_by_people(), pattern(NOT)) == set()


def test_nobody_who_is_reached_reads_a_word_that_weighs():
    theirs = [file for file in TEMPLATES if {"public", "private"} & set(file.parts)]
    assert found(in_templates(theirs), pattern(NOT_TO_RECIPIENTS)) == set()


def test_the_docs_speak_the_same_language():
    pages = ((str(file), (ROOT / file).read_text()) for file in tracked("*.md") if file.name != "glossary.md")
    assert found(pages, pattern(IN_DOCS)) == set()


def test_nothing_is_exclaimed():
    pages = ((str(file), (ROOT / file).read_text()) for file in tracked("*.md"))
    exclaimed = {place for place, text in [*read_by_people(), *pages] if EXCLAIMED.search(text)}
    assert exclaimed == set()


def test_no_code_names_a_program():
    """A program's rules are its file's; code that knew a slug would hold one back (ruling F16)."""
    slugs = {file.stem for file in tracked("programs/*.toml")}
    quoted = re.compile(rf"""["'/](?:{"|".join(sorted(slugs))})["'/]""")
    files = [*python_files("touchbase"), *tracked("touchbase/*.html", "touchbase/*.js", "touchbase/*.css")]
    named = {str(file) for file in files if quoted.search((ROOT / file).read_text())}
    assert {file for file in named if not file.startswith("touchbase/demo/")} == set()
    assert len(slugs) == 5


@pytest.mark.parametrize(
    "word", ["case", "Client", "patients", "declined", "opt-out", "second victim", "archived"]
)
def test_a_planted_word_is_noticed(word):
    assert found(iter([("here", f"This {word} is planted")]), pattern(NOT)) == {f"here: {word}"}


def test_a_hard_case_may_be_said():
    assert found(iter([("here", "after a hard case")]), pattern(NOT)) == set()
    assert EXCLAIMED.search("Thank you!")
    assert not EXCLAIMED.search("if a != b")
