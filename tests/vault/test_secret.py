"""A key shows itself nowhere, and makes others that tell nothing of it."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchbase.vault.secret import Secret, derive, deriver, label, random_key

KEY = Secret(bytes(range(32)))


def test_a_key_is_never_shown():
    shown = {repr(KEY), str(KEY), f"{KEY}", f"{KEY:>40}", f"{KEY!r}", repr([KEY])}
    assert shown == {"Secret(...)", "[Secret(...)]"}


@pytest.mark.parametrize("write", [pickle.dumps, json.dumps])
def test_a_key_is_never_written_down(write):
    with pytest.raises(TypeError) as refused:
        write(KEY)
    assert KEY.hex() not in str(refused.value)


def test_a_key_that_should_be_pickled_says_why_it_is_not():
    with pytest.raises(TypeError, match=r"^a key is never written down$"):
        pickle.dumps(KEY)


def test_new_keys_are_long_and_differ():
    made = {bytes(random_key()) for _ in range(50)}
    assert ({len(key) for key in made}, len(made)) == ({32}, 50)


def test_derived_keys_differ_by_label_and_by_key():
    other = Secret(bytes(32))
    made = {derive(KEY, b"a"), derive(KEY, b"b"), derive(other, b"a")}
    assert (len(made), {type(key) for key in made}) == (3, {Secret})
    assert derive(KEY, b"a") == derive(KEY, b"a")
    assert len(derive(KEY, b"a", 16)) == 16


def test_deriving_is_hkdf_as_published():
    """RFC 5869, test case 1, second half."""
    pseudo_random = Secret.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    expanded = derive(Secret(pseudo_random), bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"), 42)
    assert expanded.hex().startswith("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf")


@given(st.binary(max_size=99))
def test_many_keys_from_one_are_the_same_as_each_by_itself(name):
    assert (made := deriver(KEY)(name)) == derive(KEY, name)
    assert type(made) is Secret


words = st.lists(st.one_of(st.text(max_size=5), st.integers()), max_size=4)


@given(words, words)
def test_no_two_lists_of_parts_have_one_label(some, others):
    as_text = [list(map(str, parts)) for parts in (some, others)]
    assert (label(*some) == label(*others)) == (as_text[0] == as_text[1])
