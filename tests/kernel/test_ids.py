"""Keys say nothing about time, order or number."""

from touchbase.kernel.ids import ALPHABET, LENGTH, new_id, reference, spell


def test_a_key_is_26_characters_of_the_alphabet() -> None:
    key = new_id()
    assert (len(key), set(key) <= set(ALPHABET)) == (LENGTH, True)


def test_a_thousand_keys_are_all_different() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


def test_a_number_is_always_spelled_the_same() -> None:
    assert [spell(0), spell(31), spell(2**128 - 1)] == ["0" * 26, "0" * 25 + "z", "7" + "z" * 25]


def test_a_reference_is_short_enough_to_say_aloud() -> None:
    assert reference("07fq2" + "0" * 21) == "7F-Q2"
