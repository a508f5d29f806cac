"""A sealed value that lasts as long as the installation: a secret of its own staff, under the root key.

Nothing of a recipient or referrer belongs here: it isn't forgotten with anybody's key (vault.md section 2,
"config secrets").
"""

import base64
import os
from contextlib import suppress
from enum import StrEnum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from touchbase.vault.doors import door
from touchbase.vault.errors import Refused
from touchbase.vault.providers import file
from touchbase.vault.secret import derive, label

_NONCE = 12


class Use(StrEnum):
    """What a value is for; each has its own key."""

    AUTHENTICATOR = "authenticator"  # the seed of somebody's second step at the sign-in


@door
def seal(*, use: Use, text: str) -> str:
    """Seal a text for one use. Raises `Unavailable` without the root key."""
    nonce = os.urandom(_NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher(use).encrypt(nonce, text.encode(), None)).decode()


@door
def open_(*, use: Use, sealed: str) -> str:
    """The text again. Raises `Refused` for whatever wasn't sealed here for this use, `Unavailable`."""
    with suppress(ValueError):
        raw = base64.b64decode(sealed, altchars=b"-_", validate=True)
        return _cipher(use).decrypt(raw[:_NONCE], raw[_NONCE:], None).decode()
    raise Refused


def _cipher(use: Use) -> AESGCM:
    return AESGCM(derive(file.root_key(settings.ROOT_KEY_FILE), label("lasting/v1", use)))
