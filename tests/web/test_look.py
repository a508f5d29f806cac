"""The stylesheet keeps what ux.md promises of it: layers, contrast in both themes, nothing forced."""

import re
from pathlib import Path

import pytest

from touchbase.programs.brand import contrast

CSS = (Path(__file__).parents[2] / "touchbase/web/static/touchbase/app.css").read_text()
TOKEN = re.compile(r"(--[a-z0-9-]+): (#[0-9A-Fa-f]{6})")

# Pairs of text and ground: WCAG 2.2's enhanced contrast (1.4.6).
TEXT = [
    *[("--ink", ground) for ground in ("--bg", "--surface", "--sunk", "--raised")],
    *[("--soft", ground) for ground in ("--bg", "--surface", "--sunk", "--raised")],
    *[("--brand", ground) for ground in ("--bg", "--surface", "--sunk", "--brand-tint")],
    ("--act-ink", "--act"), ("--act-ink", "--act-hover"),
    ("--night-ink", "--night"), ("--night-soft", "--night"),
    ("--lamp-ink", "--lamp-tint"), ("--lamp-ink", "--surface"),
    ("--rose", "--rose-tint"), ("--rose", "--surface"), ("--rose", "--bg"),
    ("--leaf", "--leaf-tint"), ("--leaf", "--surface"), ("--iris", "--iris-tint"),
]  # fmt: skip
# Edges of controls and marks that mean something: ux.md section 5 asks for more than 1.4.11 does.
MARKS = [
    ("--edge", "--surface"), ("--edge", "--bg"), ("--mark", "--surface"), ("--mark", "--sunk"),
    ("--mark-tick", "--mark"), ("--lamp-ink", "--lamp-tint"), ("--focus", "--focus-glow"),
]  # fmt: skip


def block(beginning: str) -> dict[str, str]:
    """The colors of the first rule that begins so."""
    start = CSS.index(beginning) + len(beginning)
    return dict(TOKEN.findall(CSS[start : CSS.index("}", start)]))


LIGHT = block(":root {")
DARK = {**LIGHT, **block(':root:not([data-theme="light"]) {')}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_reads_at_seven_to_one(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_edges_and_marks_stand_out_at_four_to_one(theme, mark, ground):
    assert contrast(theme[mark], theme[ground]) >= 4


def test_white_reads_on_the_pill_of_an_urgent_number():
    assert contrast("#FFFFFF", LIGHT["--night-2"]) >= 7
    assert contrast("#FFFFFF", DARK["--night-2"]) >= 7


def test_who_chose_dark_gets_what_who_follows_the_system_gets():
    assert block(':root[data-theme="dark"] {') == block(':root:not([data-theme="light"]) {')


def test_the_layers_are_those_of_the_design_and_in_its_order():
    assert CSS.count("@layer reset, tokens, base, layout, components, state, print;") == 1
    used = re.findall(r"^@layer ([a-z]+) \{", CSS, re.MULTILINE)
    assert used == ["reset", "tokens", "base", "layout", "components", "state", "print"]


def test_nothing_is_forced_and_nothing_comes_from_elsewhere():
    assert "!important" not in CSS
    assert not re.search(r"url\(|@import|@font-face", CSS)


def test_directions_are_logical():
    """No left or right, so that a page reads from either side. A background's place knows no other word."""
    declarations = re.findall(r"[{;]\s*([a-z-]+):", CSS)
    physical = {
        name
        for name in declarations
        if re.search(r"(^|-)(left|right|top|bottom)($|-)|^(width|height)$", name)
    }
    assert physical == set()


def test_every_color_but_white_and_black_is_a_token():
    outside = CSS.replace(CSS[CSS.index("@layer tokens {") : CSS.index("@layer base {")], "")
    outside = outside[: outside.index("@layer print {")]
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", outside)) == {"#FFF"}


def test_every_class_in_the_docs_is_one_of_the_stylesheet():
    page = (Path(__file__).parents[2] / "docs/look.md").read_text().partition("## Components")[2]
    rows = [row.split("|")[1] for row in page.splitlines() if row.startswith("| `")]
    named = {name for row in rows for part in re.findall(r"`([a-z -]+)`", row) for name in part.split()}
    assert {name for name in named if not re.search(rf"\.{name}\b", CSS)} == set()
    assert len(named) > 60
