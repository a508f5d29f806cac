"""What poster and card say, the square on them, and the paper they are for."""

import re
from dataclasses import asdict, replace
from typing import Any

import pytest
import segno
import typst

from tests.awareness.pictures import gray_rows
from tests.factories.programs import make_program, policy_text
from touchbase.awareness import handouts
from touchbase.awareness.handouts import Handout, Paper

pytestmark = pytest.mark.django_db

ADDRESS = "https://peers.example.org/harbor/"
POINTS = {Paper.LETTER: (612.0, 792.0), Paper.A4: (595.28, 841.89)}
EVERY = [(handout, paper) for handout in Handout for paper in Paper]


def words(*, example: bool = False, **changes: str) -> handouts.Words:
    made = handouts.words_of(make_program().policy, address=ADDRESS, example=example)
    return replace(made, **changes)


def picture(handout: Handout, said: handouts.Words) -> list[bytes]:
    """The pages as pictures, a pixel a point."""
    inputs = {"paper": "us-letter", **asdict(said)}
    made: Any = typst.compile(
        handouts._LAYOUTS[handout], format="png", ppi=72, sys_inputs=inputs, ignore_system_fonts=True
    )
    return [made] if isinstance(made, bytes) else list(made)


def test_they_say_what_the_policy_says():
    said = words()
    assert (said.name, said.organization, said.headline) == (
        "Harbor Peer Support",
        "Harbor Hospital",
        "A hard case stays with you. A peer can help.",
    )
    assert (said.call, said.phone, said.hours) == (
        "Or call: Program coordinator",
        "207-555-0160",
        "weekdays 8 to 5",
    )
    assert (said.address, said.urgent, said.example) == (
        "peers.example.org/harbor",
        "Need someone right now? Call or text 988.",
        "",
    )


def test_an_example_says_on_paper_too_that_it_is_one():
    assert words(example=True).example == "Example. Not run by Harbor Hospital."


@pytest.mark.parametrize(("handout", "paper"), EVERY)
def test_each_is_one_page_of_its_paper_with_its_own_fonts(handout, paper):
    file = handouts.pdf(handout, paper, words())
    assert (file[:5], b"%%EOF" in file[-16:]) == (b"%PDF-", True)
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", file)
    assert [pytest.approx(POINTS[paper], abs=0.1)] == [tuple(map(float, box)) for box in boxes]
    fonts = re.findall(rb"/BaseFont ?/[A-Z]{6}\+(\w+)", file)
    assert set(fonts) == {b"LibertinusSerif"}
    assert file.count(b"/FontFile3") == file.count(b"/Type/FontDescriptor") > 0


def test_the_square_is_the_bare_address_of_the_public_page():
    made = segno.make_qr(ADDRESS, error="m", boost_error=False)
    assert handouts.square_of(ADDRESS) == tuple(
        "".join("1" if module else "0" for module in row) for row in made.matrix
    )
    assert words().square.split("\n") == list(handouts.square_of(ADDRESS))


@pytest.mark.parametrize("handout", Handout)
def test_every_module_of_the_square_is_on_the_paper(handout):
    (page,) = picture(handout, words())
    rows = gray_rows(page)
    dark = [(x, y) for y, row in enumerate(rows) for x, light in enumerate(row) if light == 0]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    wanted = handouts.square_of(ADDRESS)
    side = (62 if handout is Handout.POSTER else 26) / 25.4 * 72
    unit = side / len(wanted)
    seen = tuple(
        "".join(
            "1" if rows[int(top + (y + 0.5) * unit)][int(left + (x + 0.5) * unit)] < 128 else "0"
            for x in range(len(wanted))
        )
        for y in range(len(wanted))
    )
    assert seen == wanted


@pytest.mark.parametrize("handout", Handout)
def test_the_longest_words_a_policy_may_have_stay_on_one_page(handout):
    long = words(
        example=True,
        name="Wide " * 16,
        organization="Wide " * 16,
        headline="A long headline of a program " * 2 + "which goes",
        introduction="Words that go on for quite a while. " * 6,
        call="Or call: " + "Wide " * 16,
        phone="+1 (207) 555-0160 12",
        hours="Wide " * 16,
        address="peers.example.org/" + "long-" * 8,
        urgent="Need someone right now? " + "Wide " * 16 + ": 207-555-0160.",
    )
    assert len(picture(handout, long)) == 1


@pytest.mark.parametrize("name", ["#panic() *x* $y$ \\ [z]", "Zoë & Łukasz", '"; drop'])
def test_a_name_is_text_and_never_a_formula(name):
    text = policy_text().replace('"Harbor Peer Support"', repr(name) if '"' in name else f"'{name}'")
    policy = make_program(text).policy
    file = handouts.pdf(Handout.CARD, Paper.A4, handouts.words_of(policy, address=ADDRESS, example=False))
    assert file[:5] == b"%PDF-"


def test_the_same_words_make_the_same_file_so_that_it_holds_no_moment():
    assert handouts.pdf(Handout.POSTER, Paper.A4, words()) == handouts.pdf(Handout.POSTER, Paper.A4, words())
