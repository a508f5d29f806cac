import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchbase.programs import brand

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
GROUNDS = {"light": ("#FFFFFF", "#EEF3F2", "#E2EAE9"), "dark": ("#0B191D", "#12252A", "#193138")}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("#000000", "#FFFFFF", 21.0), ("#FFFFFF", "#FFFFFF", 1.0), ("#777777", "#FFFFFF", 4.48)],
)
def test_contrast_is_that_of_wcag(one, other, apart):
    assert round(brand.contrast(one, other), 2) == apart
    assert brand.contrast(one, other) == brand.contrast(other, one)


def test_the_design_s_own_pairs_measure_as_it_says():
    assert round(brand.contrast("#0A4E59", "#EEF3F2"), 1) == 8.3
    assert round(brand.contrast("#8ED6D8", "#0B191D"), 1) == 10.9


def test_a_color_passes_at_four_and_a_half_to_one():
    assert brand.passes("#767676")
    assert not brand.passes("#777777")


@given(colors)
def test_the_nearest_passing_shade_passes(color):
    assert brand.passes(brand.nearest_passing(color))


@given(colors)
def test_a_color_that_passes_is_left_as_it_is(color):
    if brand.passes(color):
        assert brand.nearest_passing(color) == color


def test_the_nearest_shade_is_only_just_dark_enough():
    near = brand.nearest_passing("#777777")
    assert brand.contrast(near, "#FFFFFF") < 4.7


@given(colors)
def test_in_both_themes_the_color_is_read_on_every_ground(color):
    themes = brand.themes(color)
    for shades, name in ((themes.light, "light"), (themes.dark, "dark")):
        for ground in (*GROUNDS[name], shades.tint):
            assert brand.contrast(shades.brand, ground) >= 7
            assert brand.contrast(shades.strong, ground) >= 7


@given(colors)
def test_under_the_pointer_a_color_stands_out_more(color):
    themes = brand.themes(color)
    for shades in (themes.light, themes.dark):
        assert brand.contrast(shades.strong, shades.tint) >= brand.contrast(shades.brand, shades.tint)
