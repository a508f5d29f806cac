"""Somebody in a hard hour can read our pages: grade 6 or lower, in every example (ux.md section 3, F15)."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.programs.readability import grade
from touchbase.programs import actions

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

EXAMPLES = sorted(Path("programs").glob("*.toml"))
READ_IN_A_HARD_HOUR = ("", "talk/", "urgent/", "promise/", "questions/")
# What isn't a sentence: choices, buttons, names and numbers of places.
_NOT_SENTENCES = r"<(title|select|legend|button|label|h1|footer|nav|head)\b.*?</\1>"


def sentences(page: str) -> str:
    """The running text of a page, each paragraph, list entry or heading ended like a sentence."""
    text = re.sub(_NOT_SENTENCES, " ", page, flags=re.DOTALL)
    text = re.sub(r"</(p|li|dd|dt|h2|summary|div|span)>", ". ", text)
    text = re.sub(r"<[^>]*>", " ", text).replace("&#x27;", "'").replace("’", "'")
    text = re.sub(r"[0-9][0-9-]{6,}", "", text)
    return re.sub(r"(\s*[.?:;]\s*)(?:[.:;]\s*)+", ". ", " ".join(text.split()))


@pytest.mark.parametrize("part", READ_IN_A_HARD_HOUR)
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_open_page_reads_at_grade_six_or_lower(visitor, file, part):
    actions.apply(text=file.read_text(), file=file.name, by="tests", day=date(2026, 11, 1))
    said = sentences(visitor.get(f"/{file.stem}/{part}").content.decode())
    assert grade(said) <= 6, said


@pytest.mark.parametrize("address", ["/", "/trust/"])
def test_the_pages_of_the_installation_do_too(visitor, here, address):
    said = sentences(visitor.get(address).content.decode())
    assert grade(said) <= 6, said
