"""A referral's key: how it is wrapped, what it proves, and what is made from it. Private to the vault.

The wrap is bound to program, referral and epoch by the key it is made with, so a wrapped key that was moved
to another row doesn't unwrap.
"""

import base64
import hashlib
import os
from collections.abc import Callable
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from touchbase.vault.secret import Secret, derive, deriver, label

Tagger = Callable[[bytes], bytes]  # a fingerprint in, its tag out
_NONCE = 12
_TOKEN = 16  # bytes: a link can't be guessed, and still fits in a text message


class Owner(NamedTuple):
    """Whose key it is."""

    program: str
    handle: str


Wrapping = Callable[[Owner], Secret]  # an owner in, the key that wraps theirs out


def wrap(epoch_key: Secret, epoch: int, owner: Owner, key: Secret) -> bytes:
    """A referral's key as it may be stored: 40 bytes (RFC 3394)."""
    return aes_key_wrap(wrapping(epoch_key, epoch)(owner), key)


def unwrap(epoch_key: Secret, epoch: int, owner: Owner, wrapped: bytes) -> Secret:
    """The key again. Raises `InvalidUnwrap` for another owner or epoch, and for changed bytes."""
    return Secret(aes_key_unwrap(wrapping(epoch_key, epoch)(owner), wrapped))


def wrapping(epoch_key: Secret, epoch: int) -> Wrapping:
    """What makes the wrapping keys of an epoch, for whoever needs many."""
    derived = deriver(epoch_key)
    return lambda owner: derived(label("wrap/v1", owner.program, owner.handle, epoch))


def rewrap(old: Wrapping, new: Wrapping, owner: Owner, wrapped: bytes) -> tuple[bytes, Secret]:
    """A key wrapped anew, and as the new wrap was seen to give it back. Raises `InvalidUnwrap`."""
    key, by = aes_key_unwrap(old(owner), wrapped), new(owner)
    anew = aes_key_wrap(by, key)
    again = Secret(aes_key_unwrap(by, anew))
    if again != key:
        raise InvalidUnwrap
    return anew, again


def fingerprint(contact: str) -> bytes:
    """What stands for a contact inside the vault. Never stored bare: phone numbers can be tried out."""
    return hashlib.sha256(contact.encode()).digest()


def tag(epoch_key: Secret, program: str, print_: bytes) -> bytes:
    """The same contact has the same tag in one program and one epoch, and in no other."""
    return tagger(epoch_key, program)(print_)


def tagger(epoch_key: Secret, program: str) -> Tagger:
    """What makes the tags of one program in one epoch, for whoever needs many."""
    begun = HMAC(derive(epoch_key, label("tag/v1", program)), SHA256())

    def tag_of(print_: bytes) -> bytes:
        made = begun.copy()
        made.update(print_)
        return made.finalize()

    return tag_of


def seal_print(key: Secret, owner: Owner, print_: bytes) -> bytes:
    """A contact's fingerprint under the referral's own key, so that each epoch can make its tag anew."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(derive(key, b"dup/v1")).encrypt(nonce, print_, label(owner.program, owner.handle))


def open_print(key: Secret, owner: Owner, sealed: bytes) -> bytes:
    """The fingerprint again. Raises `InvalidTag`."""
    if len(sealed) <= _NONCE:
        raise InvalidTag
    bound = label(owner.program, owner.handle)
    return AESGCM(derive(key, b"dup/v1")).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)


def seal_canary(epoch_key: Secret, text: bytes) -> bytes:
    """Something that shows whether an epoch's key still opens what it sealed."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(derive(epoch_key, b"canary/v1")).encrypt(nonce, text, None)


def open_canary(epoch_key: Secret, sealed: bytes) -> bytes:
    """The canary again. Raises `InvalidTag`."""
    if len(sealed) <= _NONCE:
        raise InvalidTag
    return AESGCM(derive(epoch_key, b"canary/v1")).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


def token(key: Secret, n: int) -> str:
    """The `n`th private link: it can be made anew while the key lives, and dies with it (ruling B17)."""
    made = derive(key, f"link/{n}".encode(), _TOKEN)
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
