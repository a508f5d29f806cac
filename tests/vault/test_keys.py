"""A referral's key unwraps for its program, handle and epoch alone; tags and links come from it."""

import re

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_wrap

from tests.canary import FINCH, WREN
from touchbase.vault import keys
from touchbase.vault.keys import Owner
from touchbase.vault.secret import Secret, random_key

EPOCH_KEY, KEY = random_key(), random_key()
OWNER = Owner("program", "handle")
WRAPPED = keys.wrap(EPOCH_KEY, 7, OWNER, KEY)


def test_a_wrapped_key_is_forty_bytes_and_comes_back():
    assert len(WRAPPED) == 40
    assert keys.unwrap(EPOCH_KEY, 7, OWNER, WRAPPED) == KEY
    assert type(keys.unwrap(EPOCH_KEY, 7, OWNER, WRAPPED)) is Secret


@pytest.mark.parametrize(
    ("epoch_key", "epoch", "owner", "wrapped"),
    [
        (random_key(), 7, OWNER, WRAPPED),
        (EPOCH_KEY, 8, OWNER, WRAPPED),
        (EPOCH_KEY, 7, Owner("other", "handle"), WRAPPED),
        (EPOCH_KEY, 7, Owner("program", "other"), WRAPPED),
        (EPOCH_KEY, 7, OWNER, WRAPPED[:-1]),
        (EPOCH_KEY, 7, OWNER, WRAPPED[:-1] + bytes([WRAPPED[-1] ^ 1])),
        (EPOCH_KEY, 7, OWNER, b""),
    ],
    ids=["another key", "epoch", "program", "handle", "cut", "flipped", "empty"],
)
def test_it_unwraps_nowhere_else(epoch_key, epoch, owner, wrapped):
    with pytest.raises(InvalidUnwrap):
        keys.unwrap(epoch_key, epoch, owner, wrapped)


def test_a_key_wrapped_anew_is_the_same_key_under_the_other_epoch_alone():
    other = random_key()
    anew, seen = keys.rewrap(keys.wrapping(EPOCH_KEY, 7), keys.wrapping(other, 8), OWNER, WRAPPED)
    assert seen == KEY == keys.unwrap(other, 8, OWNER, anew)
    with pytest.raises(InvalidUnwrap):
        keys.unwrap(EPOCH_KEY, 7, OWNER, anew)


def test_a_wrap_that_lost_the_key_is_noticed(monkeypatch):
    """It unwraps, to another key: so that it unwraps isn't enough."""
    real, another = aes_key_wrap, random_key()
    monkeypatch.setattr(keys, "aes_key_wrap", lambda by, key: real(by, another))
    with pytest.raises(InvalidUnwrap):
        keys.rewrap(keys.wrapping(EPOCH_KEY, 7), keys.wrapping(random_key(), 8), OWNER, WRAPPED)


def test_a_tag_is_the_same_for_one_contact_program_and_epoch_only():
    finch, wren = keys.fingerprint(FINCH.email), keys.fingerprint(WREN.email)
    assert keys.tag(EPOCH_KEY, "program", finch) == keys.tag(EPOCH_KEY, "program", finch)
    assert (
        len(
            {
                keys.tag(EPOCH_KEY, "program", finch),
                keys.tag(EPOCH_KEY, "program", wren),
                keys.tag(EPOCH_KEY, "other", finch),
                keys.tag(random_key(), "program", finch),
            }
        )
        == 4
    )


def test_the_fingerprint_behind_a_tag_opens_with_its_own_key_only():
    print_ = keys.fingerprint(FINCH.email)
    sealed = keys.seal_print(KEY, OWNER, print_)
    assert keys.open_print(KEY, OWNER, sealed) == print_
    for key, owner, changed in (
        (random_key(), OWNER, sealed),
        (KEY, Owner("program", "other"), sealed),
        (KEY, OWNER, sealed[:-1]),
        (KEY, OWNER, sealed[:12]),
    ):
        with pytest.raises(InvalidTag):
            keys.open_print(key, owner, changed)


def test_links_come_from_the_key_and_fit_in_an_address():
    links = [keys.token(KEY, n) for n in range(1, 20)]
    assert links == [keys.token(KEY, n) for n in range(1, 20)]
    assert len({*links, keys.token(random_key(), 1)}) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", link) for link in links)


def test_keys_links_and_tags_of_another_version_of_touchbase_are_still_the_same():
    """Else an update would lose every referral, or the link somebody has in their messages."""
    key, epoch_key, owner = Secret(bytes(range(32))), Secret(bytes(range(32, 64))), Owner("harbor", "h1")
    assert keys.wrap(epoch_key, 7, owner, key).hex() == (
        "f4ae5cd2a36896b28e6b808c882c4735d51a2f873e157a20fd7faf155ecdf645dee3f31677ea6e2e"
    )
    assert keys.token(key, 1) == "fPuhck62w_Kv6_2nZkAS7Q"
    assert keys.tag(epoch_key, "harbor", keys.fingerprint("+15035550142")).hex() == (
        "63f8c759de30951684c27ae0f82d565810a69f76e27cc9aa12948c682f84629f"
    )
