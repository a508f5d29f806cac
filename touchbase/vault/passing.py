"""A sealed value that travels through a browser for a quarter of an hour, and is stored nowhere (C6).

Its key is made for a quarter of an hour, lives in this process's memory alone and is dropped when nothing it
sealed may be opened any more: then nobody can open what a browser or a proxy has kept. A server that begins
anew has forgotten it, too; the page asks for the same once more.
"""

import base64
import binascii
import os
from datetime import datetime, timedelta
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from touchbase.vault.doors import door
from touchbase.vault.errors import Ended
from touchbase.vault.secret import Secret, label, random_key

LASTS = timedelta(minutes=15)
_NONCE, _WHEN = 12, 8
_SLOT = int(LASTS.total_seconds())
_keys: dict[int, Secret] = {}  # by quarter of an hour
_lock = Lock()


@door
def seal(*, program: str, data: bytes, at: datetime) -> str:
    """Seal something for one field of one program's form."""
    when, nonce = int(at.timestamp()), os.urandom(_NONCE)
    with _lock:
        _forget(when)
        key = _keys.setdefault(when // _SLOT, random_key())
    head = when.to_bytes(_WHEN)
    blob = AESGCM(key).encrypt(nonce, data, label("passing/v1", program, when))
    return base64.urlsafe_b64encode(head + nonce + blob).decode()


@door
def open_(*, program: str, text: str, at: datetime) -> bytes:
    """What was sealed for this program. Raises `Ended` when its time is over or it was changed on the way."""
    now = int(at.timestamp())
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Ended from None
    when = int.from_bytes(raw[:_WHEN])
    with _lock:
        _forget(now)
        key = _keys.get(when // _SLOT)
    if key is None or not when <= now <= when + _SLOT or len(raw) <= _WHEN + _NONCE:
        raise Ended
    nonce, blob = raw[_WHEN : _WHEN + _NONCE], raw[_WHEN + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, blob, label("passing/v1", program, when))
    except InvalidTag:
        raise Ended from None


def forget_old(at: datetime) -> None:
    """Drop the keys whose time is over; the sweep does it, too."""
    with _lock:
        _forget(int(at.timestamp()))


def _forget(now: int) -> None:
    """Keep this quarter's key and the last one's: what that sealed near its end may still be opened."""
    for slot in [slot for slot in _keys if slot < now // _SLOT - 1]:
        del _keys[slot]
