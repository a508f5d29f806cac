"""The five files that ship: invented people, real facts, and no code that knows them."""

import re
import tomllib

import pytest

from tests.programs.readability import grade
from tests.programs.samples import EXAMPLES, ROOT
from touchbase.programs.brand import contrast
from touchbase.programs.files import read

SLUGS = [path.stem for path in EXAMPLES]
CODE = [
    path
    for path in (ROOT / "touchbase").rglob("*")
    if path.suffix in {".py", ".html", ".txt", ".css", ".js", ".svg"} and "demo" not in path.parts
]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_code_names_a_program(slug):
    name = re.compile(rf"\b{slug}\b", re.IGNORECASE)
    assert [path for path in CODE if name.search(path.read_text())] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=SLUGS)
def test_numbers_are_invented_and_addresses_are_examples(path):
    text = path.read_text()
    numbers = re.findall(r"\d{3}-\d{3}-\d{4}", text)
    assert len(numbers) >= 5
    assert [number for number in numbers if not re.fullmatch(r"\d{3}-555-01\d\d", number)] == []
    assert set(re.findall(r"@([a-z.]+)", text)) == {"example.org"}
    assert set(re.findall(r"https://([a-z.]+)", text)) == {"example.org"}


@pytest.mark.parametrize("path", EXAMPLES, ids=SLUGS)
def test_above_every_group_a_comment_says_what_it_is_for(path):
    blocks = path.read_text().split("\n\n")
    tables = [block for block in blocks if re.search(r"^\[(?!\[)", block, re.MULTILINE)]
    assert [block for block in tables if not block.startswith("#") and "[backup]" not in block] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=SLUGS)
def test_somebody_in_danger_finds_988_first(path):
    first = read(path).urgent[0]
    assert (first.number, first.dialed) == ("988", "988")


@pytest.mark.parametrize("path", EXAMPLES, ids=SLUGS)
def test_a_recipient_reads_the_page_with_ease(path):
    policy = read(path)
    words = policy.words
    text = " ".join([words.headline, words.introduction, words.for_whom, words.afterwards, *words.about])
    assert grade(text) <= 6
    assert grade(words.introduction) <= 6
    assert grade(words.afterwards) <= 6
    assert grade(policy.eligibility.otherwise) <= 6


def test_the_programs_look_different():
    colors = {tomllib.loads(path.read_text())["program"]["brand_color"] for path in EXAMPLES}
    assert len(colors) == 5
    assert [color for color in colors if contrast(color, "#FFFFFF") < 7] == []
