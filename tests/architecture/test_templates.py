"""What every template keeps to: nothing inline, nothing from elsewhere, every word marked for translation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, tracked

TEMPLATES = [file for file in tracked("touchbase/*.html") if "templates" in file.parts]

# What the strict content policy would refuse in a browser, and what this product does in another way.
BANNED = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style[\s>]"),
    "a script without a file": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.DOTALL),
    "htmx code": re.compile(r"\shx-(on|vals\s*=\s*['\"]js:|headers\s*=\s*['\"]js:)"),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "a token in a form": re.compile(r"csrf_token"),
    "a base address": re.compile(r"<base[\s>]"),
    "a frame": re.compile(r"<i?frame[\s>]"),
    "a page that moves on by itself": re.compile(r"http-equiv\s*=\s*['\"]?refresh", re.IGNORECASE),
    "a form that sends itself": re.compile(r"hx-trigger\s*=\s*['\"][^'\"]*\bload\b"),
    "an autofocus": re.compile(r"<[^>]*\sautofocus[\s>=]", re.DOTALL),
    "a mark as safe": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
    "an address elsewhere": re.compile(r"(?:src|href|action)\s*=\s*['\"](?:https?:)?//"),
}
SYNTAX = re.compile(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b[^%]*%}.*?{%\s*endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}", re.DOTALL
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
READ_ALOUD = re.compile(
    r"\s(?:alt|title|placeholder|aria-label|aria-description)\s*=\s*(['\"])(.*?)\1", re.DOTALL
)
# Said the same in every language.
NAMES = {"Touchbase"}
ENTITY = re.compile(r"&[a-z]+;|&#\d+;")


def untranslated(text: str) -> list[str]:
    """Words of a template that somebody reads and no translator would see."""
    text = TRANSLATED.sub(" ", SYNTAX.sub(" ", text))
    aloud = [found.group(2) for found in READ_ALOUD.finditer(text)]
    said = " ".join([ENTITY.sub(" ", TAG.sub(" ", text)), *aloud])
    return [word for word in re.findall(r"[A-Za-z][A-Za-z'’-]+", said) if word not in NAMES]


def without_press(text: str) -> Iterator[str]:
    """htmx elements that would do nothing where no script runs (ux.md rule 6)."""
    for tag in re.findall(r"<[a-z][^>]*\shx-(?:get|post|put|patch|delete)\b[^>]*>", text, re.DOTALL):
        name = tag[1:].split()[0]
        works = {"a": "href=", "form": "action=", "button": "", "input": "", "select": ""}
        if name not in works or works[name] not in tag:
            yield tag


def forms_without_method(text: str) -> list[str]:
    """Forms that don't say whether they change anything."""
    return [tag for tag in re.findall(r"<form\b[^>]*>", text, re.DOTALL) if "method=" not in tag]


def source(file: Path) -> str:
    return (ROOT / file).read_text()


@pytest.mark.parametrize("what", BANNED)
def test_no_template_holds(what):
    assert [str(file) for file in TEMPLATES if BANNED[what].search(SYNTAX.sub(" ", source(file)))] == []


def test_every_word_is_marked_for_translation():
    assert {str(file): words for file in TEMPLATES if (words := untranslated(source(file)))} == {}


def test_everything_works_without_a_script():
    assert {str(file): found for file in TEMPLATES if (found := list(without_press(source(file))))} == {}


def test_every_form_says_whether_it_changes_anything():
    assert {str(file): found for file in TEMPLATES if (found := forms_without_method(source(file)))} == {}


@pytest.mark.parametrize(
    ("what", "planted"),
    [
        ("a style attribute", '<p style="color: red">'),
        ("a style element", "<style>p {}</style>"),
        ("a script without a file", "<script>go()</script>"),
        ("a handler", '<button\n  onclick="go()">'),
        ("htmx code", '<a href="/" hx-on:click="go()">'),
        ("a javascript address", '<a href="javascript:go()">'),
        ("a token in a form", "{% csrf_token %}"),
        ("a base address", '<base href="/">'),
        ("a frame", '<iframe src="/x">'),
        ("a page that moves on by itself", '<meta http-equiv="refresh" content="0">'),
        ("a form that sends itself", '<form hx-post="/" hx-trigger="load">'),
        ("an autofocus", '<input name="x" autofocus>'),
        ("a mark as safe", "{{ words|safe }}"),
        ("an address elsewhere", '<script src="//example.org/x.js">'),
    ],
)
def test_each_is_noticed_when_it_is_planted(what, planted):
    assert [name for name, pattern in BANNED.items() if pattern.search(planted)] == [what]


def test_planted_words_are_noticed():
    text = '{% load i18n %}<p title="Hello">{% translate "Hi" %} there{# not this #}</p>&nbsp;{{ name }}'
    assert untranslated(text) == ["there", "Hello"]
    assert untranslated("{% blocktranslate with n=1 %}All {{ n }} <b>fine</b>{% endblocktranslate %}") == []


def test_planted_presses_are_noticed():
    assert list(without_press('<div hx-get="/more/">')) == ['<div hx-get="/more/">']
    assert list(without_press('<a href="/more/" hx-get="/more/"><form action="/x" hx-post="/x">')) == []
    assert forms_without_method('<form action="/x">') == ['<form action="/x">']
