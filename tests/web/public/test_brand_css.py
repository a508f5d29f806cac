"""A program's color is a stylesheet of its own, readable in both themes."""

import re

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.programs.brand import contrast
from touchbase.web.public.brand_css import OURS, stylesheet

COLORS = ["#5B2A86", "#8A3A12", "#1B4F9C", "#2F5D2F", "#B3123C", "#767676", "#000000"]


def tokens(css: str, theme: str) -> dict[str, str]:
    line = next(line for line in css.splitlines() if theme in line)
    return dict(re.findall(r"(--[a-z0-9-]+): (#[0-9A-F]{6})", line))


@pytest.mark.parametrize("color", COLORS)
def test_text_on_the_brand_reads_at_seven_to_one(color):
    day, night = tokens(stylesheet(color), ":root {"), tokens(stylesheet(color), '"dark"]')
    for ground in ("#FFFFFF", "#EEF3F2", "#E2EAE9", day["--brand-tint"]):
        assert contrast(day["--brand"], ground) >= 7
    for ground in ("#FFFFFF", "#C7DBDB"):  # what is written on the hero
        assert contrast(day["--night"], ground) >= 7
    assert contrast(day["--night-2"], "#FFFFFF") >= 7
    assert contrast(day["--act"], "#FFFFFF") >= 7
    for ground in ("#0B191D", "#12252A", "#193138", night["--brand-tint"]):
        assert contrast(night["--brand"], ground) >= 7
    assert contrast(night["--night"], "#B8CDCD") >= 7


def test_our_own_color_needs_no_tokens():
    assert "--brand" not in stylesheet(OURS)
    assert "--brand" not in stylesheet(OURS.lower())


@pytest.mark.django_db
def test_the_pages_of_a_program_carry_its_color_and_no_inline_style(visitor):
    make_program(policy_text(program='brand_color = "#5B2A86"'))
    page = visitor.get("/harbor/").content.decode()
    found = re.search(r'href="(/harbor/brand\.css\?v=1)"', page)
    assert found
    css = visitor.get(found[1])
    assert css["Content-Type"] == "text/css; charset=utf-8"
    assert "--brand: #5B2A86" in css.content.decode()
    assert " style=" not in page
