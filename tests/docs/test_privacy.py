"""The page of what each compromise gives away names, for each line, tests that are there."""

import re
from pathlib import Path

from touchbase.web.public.compromises import compromises

PAGE = Path("docs/privacy.md")


def rows() -> list[list[str]]:
    """The lines of the table, cell by cell."""
    table = PAGE.read_text().partition("## What each compromise gives away")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_line_names_a_test_that_is_there_or_says_that_it_is_outside_our_reach():
    assert len(rows()) == 13
    for who, _open, _after, shown in rows():
        named = re.findall(r"`(tests/[^`]+)`", shown)
        assert named or shown == "outside our reach", who
        assert [file for file in named if not Path(file).is_file()] == []


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:tests|touchbase)/[^`*]+)`", PAGE.read_text()))
    assert [file for file in named if not Path(file).exists()] == []


def test_the_public_page_says_no_hours_while_they_are_not_measured():
    assert not re.search(r"[0-9]", " ".join(one.who_gets + one.learns for one in compromises(None)))
    assert "48 hours" in " ".join(one.learns for one in compromises(48))
