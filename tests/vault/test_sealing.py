"""What is sealed opens in its place, whole and unchanged, and nowhere else."""

import hashlib
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from tests.canary import FINCH
from touchbase.vault import sealing
from touchbase.vault.sealing import STEP, Place, Purpose, Sealed, seal, unseal
from touchbase.vault.secret import Secret, random_key

KEY = Secret(bytes(range(32)))
PLACE = Place("program", "handle", Purpose.IDENTITY, 3)
SEALED = seal(KEY, PLACE, FINCH.name.encode())


@given(st.binary(max_size=5000), st.sampled_from(Purpose), st.integers(0, 2**31))
def test_what_was_sealed_comes_back(data, purpose, version):
    place = Place("program", "handle", purpose, version)
    assert unseal(KEY, place, seal(KEY, place, data)) == data


@given(st.binary(max_size=5000))
def test_its_length_tells_only_the_step(data):
    blob = seal(KEY, PLACE, data).blob
    assert len(blob) == -(-(4 + len(data) + 16) // STEP) * STEP


def test_the_largest_that_fits_a_step_and_one_more():
    assert [len(seal(KEY, PLACE, bytes(size)).blob) for size in (0, 1004, 1005)] == [1024, 1024, 2048]


def test_the_same_text_never_looks_the_same():
    again = [seal(KEY, PLACE, b"same") for _ in range(50)]
    assert len({(one.nonce, one.blob) for one in again}) == 50


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, program="other"),
        replace(PLACE, handle="other"),
        replace(PLACE, purpose=Purpose.CONTACT),
        replace(PLACE, version=4),
        Place("programhandle", "", Purpose.IDENTITY, 3),
    ],
)
def test_moved_it_does_not_open(elsewhere):
    with pytest.raises(InvalidTag):
        unseal(KEY, elsewhere, SEALED)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SEALED, blob=SEALED.blob[:-1]),
        replace(SEALED, blob=SEALED.blob + b"\0"),
        replace(SEALED, blob=b""),
        replace(SEALED, nonce=b""),
        replace(SEALED, nonce=SEALED.nonce[:11]),
        replace(SEALED, nonce=bytes(12)),
        replace(SEALED, alg=2),
        replace(SEALED, schema=2),
        Sealed(0, 0, b"", b""),
    ],
)
def test_changed_it_does_not_open(changed):
    with pytest.raises(InvalidTag):
        unseal(KEY, PLACE, changed)


@given(st.integers(0, len(SEALED.blob) * 8 - 1))
def test_one_flipped_bit_is_noticed(bit):
    flipped = bytearray(SEALED.blob)
    flipped[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(InvalidTag):
        unseal(KEY, PLACE, replace(SEALED, blob=bytes(flipped)))


def test_another_key_does_not_open_it():
    with pytest.raises(InvalidTag):
        unseal(random_key(), PLACE, SEALED)


def test_each_purpose_has_a_key_of_its_own():
    """Not only what it is bound to keeps one purpose from opening another."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from touchbase.vault.sealing import _bound_to
    from touchbase.vault.secret import derive, label

    contact = derive(KEY, label("capsule/v1", Purpose.CONTACT))
    with pytest.raises(InvalidTag):
        AESGCM(contact).decrypt(SEALED.nonce, SEALED.blob, _bound_to(PLACE, SEALED.schema, SEALED.alg))


def test_printing_it_shows_no_bytes():
    assert repr(SEALED) == "Sealed(schema=1, alg=1)"


def test_nothing_of_the_text_is_left_in_it():
    assert FINCH.name.encode() not in SEALED.blob


def test_what_another_version_of_touchbase_sealed_still_opens():
    """Changed labels, paddings or keys would lose everybody who is there when an installation is updated."""
    nonce, known = bytes(12), Place("harbor", "h1", Purpose.COURSE, 3)
    bound = sealing._bound_to(known, sealing.SCHEMA, sealing.AES_256_GCM)
    blob = sealing._cipher(KEY, known).encrypt(nonce, sealing._padded(b"{}"), bound)
    assert (
        hashlib.sha256(blob).hexdigest() == "62eebcb3a80839117598a37c33e1ce944b8695344a074b2b145b5dea61bc3967"
    )
    assert unseal(KEY, known, Sealed(1, 1, nonce, blob)) == b"{}"
