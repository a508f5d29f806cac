"""Into how many pieces a text is cut."""

import pytest

from touchbase.notifications.segments import segments


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),  # each counts twice
        ("[" * 81, 2),
        ("é" * 160, 1),  # in the alphabet
        ("á" * 70, 1),  # not in it: half the room
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("a" * 70 + "\u2019", 2),
        ("\U0001f642" * 35, 1),  # two units each
        ("\U0001f642" * 36, 2),
    ],
)
def test_a_text_is_cut_as_the_networks_cut_it(text, pieces):
    assert segments(text) == pieces
