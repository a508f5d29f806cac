"""The door of the vault: make, seal, open, destroy. No function gives a key away; every opening says who and why.

Source: vault.md sections 3 and 8, rulings A14, B12, B17.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import DatabaseError, IntegrityError, transaction

from touchbase.vault import epochs, grants, scrubbing
from touchbase.vault.errors import AlreadyThere, Gone, Refused, unavailable
from touchbase.vault.grants import Grant
from touchbase.vault.models import Buried, Key
from touchbase.vault.orphans import destroy_orphans, handles, mark_orphans
from touchbase.vault.pool import Batch, add, bury, drop_batch, take_batch
from touchbase.vault.sealing import SOURCE_VERSION, Context, Purpose, Sealed, derive, unseal
from touchbase.vault.sealing import seal as seal_value

__all__ = [
    "Batch", "Item", "create", "destroy", "destroy_orphans", "drop_batch", "handles", "link_token",
    "mark_orphans", "matching_handles", "open_many", "seal", "take_batch", "token_hash",
]  # fmt: skip

LINK_BYTES = 24


@dataclass(frozen=True, slots=True)
class Item:
    """One sealed value to open: whose, what for, and the row version it is bound to."""

    handle: str
    purpose: Purpose
    sealed: Sealed = field(repr=False)
    version: int = 0


@contextmanager
def _reaching() -> Iterator[None]:
    """A store that can't be reached says so in one sentence, without what was being written."""
    try:
        yield
    except IntegrityError:
        raise
    except (DatabaseError, OSError):
        raise unavailable() from None


def create(
    *, program: str, handle: str, capsules: Mapping[Purpose, bytes], contact_tag: str | None, at: datetime
) -> dict[Purpose, Sealed]:
    """Make a referral's key, durable before this returns, and seal its capsules under it.

    Raises `AlreadyThere` when the handle has a key, `Unavailable` when the vault can't be written.
    """
    key = secrets.token_bytes(epochs.KEY_BYTES)
    with _reaching():
        epoch = epochs.live(at)
        row = Key(
            handle=handle,
            program=program,
            epoch_id=epoch.n,
            wrapped=epoch.wrap(program, handle, key),
            dup_tag=epoch.tag(program, contact_tag) if contact_tag else None,
            dup_src=pack(seal_value(key, _context(program, handle), contact_tag.encode()))
            if contact_tag
            else None,
        )
        try:
            with transaction.atomic(using="vault"):
                row.save(force_insert=True)
        except IntegrityError:
            raise AlreadyThere from None
    return {
        purpose: seal_value(key, Context(program, handle, purpose, 0), data)
        for purpose, data in capsules.items()
    }


def _source(key: bytes, program: str, handle: str, contact: str) -> bytes:
    """The contact behind a duplicate tag, sealed, so that the tag can be made anew in the next epoch."""
    sealed = seal_value(key, Context(program, handle, Purpose.CONTACT, SOURCE_VERSION), contact.encode())
    return sealed.nonce + sealed.blob


def _key(handle: str, program: str) -> bytes:
    with _reaching():
        row = Key.objects.filter(handle=handle, program=program).first()
    return _unwrapped(row)


def _unwrapped(row: Key | None) -> bytes:
    if row is None:
        raise Gone
    return epochs.by_number(row.epoch_id).unwrap(row.program, row.handle, bytes(row.wrapped))


def seal(*, handle: str, program: str, purpose: Purpose, data: bytes, version: int = 0) -> Sealed:
    """Seal something more under a referral's key. `version` binds it to a version of the row."""
    return seal_value(_key(handle, program), Context(program, handle, purpose, version), data)


def open_many(*, grant: Grant, program: str, items: Sequence[Item]) -> dict[tuple[str, Purpose], bytes]:
    """Open capsules of one program, with one look at the store however many there are.

    `Gone` when a key isn't there; `Refused`, always alike, for a grant that doesn't cover an item and for
    anything moved, cut or flipped.
    """
    wanted = {item.handle for item in items}
    if not wanted <= grant.handles or any(item.purpose not in grant.purposes for item in items):
        raise Refused
    grants.check(grant)
    with _reaching():
        keys = {row.handle: _unwrapped(row) for row in Key.objects.filter(handle__in=wanted, program=program)}
    if wanted - set(keys):
        raise Gone
    return {
        (item.handle, item.purpose): unseal(
            keys[item.handle], Context(program, item.handle, item.purpose, item.version), item.sealed
        )
        for item in items
    }


def destroy(*, handle: str, program: str, counts: Sequence[tuple[str, str]], at: datetime) -> bool:
    """Destroy a referral's key and count it, exactly once, in one transaction of the vault (ruling A14).

    False when no key was there: then nothing is counted. After the commit what was deleted is scrubbed from
    the store's own files.
    """
    with _reaching(), transaction.atomic(using="vault"):
        found = Key.objects.filter(handle=handle, program=program)
        if not found.update(wrapped=b"\0" * 40, dup_tag=None, dup_src=None):
            return False
        found.delete()
        add(program=program, counts=counts)
        bury(handle=handle, at=at)
        transaction.on_commit(scrubbing.scrub, using="vault")
    return True


def link_token(*, grant: Grant, program: str, n: int) -> str:
    """The n-th private link of a referral, from its key: the same each time, and gone with the key (B17)."""
    grants.check(grant)
    if len(grant.handles) != 1:
        raise Refused
    key = _key(next(iter(grant.handles)), program)
    return urlsafe_b64encode(derive(key, f"link/v1|{n}")[:LINK_BYTES]).decode()


def token_hash(token: str) -> str:
    """What is kept of a private link."""
    return sha256(token.encode()).hexdigest()


def matching_handles(*, program: str, contact_tag: str, at: datetime) -> list[str]:
    """Open referrals of a program with this contact, under the live epoch's tag."""
    with _reaching():
        tag = epochs.live(at).tag(program, contact_tag)
        return sorted(Key.objects.filter(program=program, dup_tag=tag).values_list("handle", flat=True))


def buried(handle: str) -> bool:
    """Whether this handle was erased in the last days."""
    return Buried.objects.filter(handle=handle).exists()
