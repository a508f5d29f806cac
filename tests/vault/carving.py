"""Somebody who has the bytes of the stores' files and no database to read them with: heap, log, backups.

Whatever follows a handle, or the name of an epoch, may be a wrapped key: forty bytes at any place after it
are tried. Uses none of our code, like `attacker`.
"""

from collections.abc import Iterable, Iterator, Mapping

from tests.vault import attacker
from tests.vault.attacker import Blob

_WRAPPED = 40  # bytes (RFC 3394)
_REACH = 200  # bytes after the handle in which a row's wrapped key begins, in both engines


def opens(blobs: Iterable[Blob], raw: Iterable[bytes], files: Mapping[str, bytes], root: bytes) -> set[str]:
    """The handles of which anything opens with what can be carved out of raw bytes and the present keys."""
    raw, blobs = list(raw), list(blobs)
    epochs = set(_epoch_keys(raw, files, root))
    return {
        blob.handle for blob in blobs if any(attacker._opened(key, blob) for key in _keys(blob, raw, epochs))
    }


def _epoch_keys(raw: list[bytes], files: Mapping[str, bytes], root: bytes) -> Iterator[tuple[int, bytes]]:
    for name, content in files.items():
        ref = name.removesuffix(".key")
        provider = attacker._provider_key(ref, content, root)
        if provider is None:
            continue
        for wrapped in _after(ref.encode(), raw):
            if found := attacker._unwrapped(provider, wrapped):
                yield int(ref.rpartition("-")[2]), found


def _keys(blob: Blob, raw: list[bytes], epochs: set[tuple[int, bytes]]) -> Iterator[bytes]:
    candidates = _after(blob.handle.encode(), raw)
    for n, epoch_key in epochs:
        wrapping = attacker._derive(epoch_key, attacker._label("wrap/v1", blob.program, blob.handle, n))
        for wrapped in candidates:
            if found := attacker._unwrapped(wrapping, wrapped):
                yield found


def _after(mark: bytes, raw: list[bytes]) -> set[bytes]:
    """Every forty bytes that begin soon after a mark."""
    found: set[bytes] = set()
    for data in raw:
        at = data.find(mark)
        while at >= 0:
            begin = at + len(mark)
            near = data[begin : begin + _REACH + _WRAPPED]
            found |= {near[n : n + _WRAPPED] for n in range(len(near) - _WRAPPED + 1)}
            at = data.find(mark, at + 1)
    return found
