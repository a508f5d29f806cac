"""The door of the vault: everything outside seals, opens and destroys here, and nothing here returns a key.

Raises `Gone` when there is no key, `Refused` when the grant or the sealed value isn't right, `Unavailable`
when the key store or provider can't be reached. None of them says more.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, F

from touchbase.vault import epochs, grants, keys, reveals, sealing
from touchbase.vault.doors import door
from touchbase.vault.erasing import buried, destroy, destroy_again
from touchbase.vault.errors import AlreadyThere, Gone, Refused
from touchbase.vault.grants import Grant
from touchbase.vault.keys import Owner
from touchbase.vault.models import Epoch, Key
from touchbase.vault.opening import keys_of
from touchbase.vault.orphans import destroy_orphans, mark_orphans
from touchbase.vault.pool import Batch, answer, drop_batch, drop_rest, take_answers, take_batch, tally
from touchbase.vault.sealing import Place, Purpose, Sealed
from touchbase.vault.secret import Secret, random_key

__all__ = [
    "Batch",
    "Created",
    "Item",
    "answer",
    "buried",
    "create",
    "destroy",
    "destroy_again",
    "destroy_orphans",
    "drop_batch",
    "drop_rest",
    "handles",
    "link_token",
    "mark_orphans",
    "matching_handles",
    "open_many",
    "open_one",
    "retag",
    "same_contact",
    "seal",
    "take_answers",
    "take_batch",
    "tally",
    "token_hash",
]

FIRST_LINK = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One sealed value to open, and where it was found."""

    handle: str
    purpose: Purpose
    sealed: Sealed
    version: int = 0


@dataclass(frozen=True, slots=True)
class Created:
    """What comes of a new key: the first capsules, sealed, and the first private link, stored nowhere."""

    sealed: Mapping[Purpose, Sealed]
    token: str = field(repr=False)


@door
def create(
    *, program: str, handle: str, capsules: Mapping[Purpose, bytes], contact_tag: str | None, at: datetime
) -> Created:
    """Make a referral's key, durable when this returns, and seal its first capsules (version 0).

    `contact_tag` is the normalized contact by which a second referral of the same person may be noticed.
    Raises `AlreadyThere` when the handle has a key.
    """
    key, owner = random_key(), Owner(program, handle)
    sealed = {
        purpose: sealing.seal(key, Place(program, handle, purpose), data)
        for purpose, data in capsules.items()
    }
    if not _kept(owner, key, contact_tag, at):
        raise AlreadyThere
    return Created(sealed, keys.token(key, FIRST_LINK))


def _kept(owner: Owner, key: Secret, contact: str | None, at: datetime) -> bool:
    """Store a new key under the live epoch. False when the handle has one."""
    row = Key(handle=owner.handle, program=owner.program)
    try:
        with transaction.atomic(using="vault"):
            epoch = epochs.live(at)
            row.epoch_id = epoch.n
            row.wrapped = keys.wrap(epoch.key, epoch.n, owner, key)
            if contact is not None:
                found = keys.fingerprint(contact)
                row.dup_tag = keys.tag(epoch.key, owner.program, found)
                row.dup_src = keys.seal_print(key, owner, found)
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@door
def seal(*, handle: str, program: str, purpose: Purpose, data: bytes, version: int = 0) -> Sealed:
    """Seal something about a referral that has a key; opening it takes the same `version`. Raises `Gone`."""
    return sealing.seal(_key_of(program, handle), Place(program, handle, purpose, version), data)


def _key_of(program: str, handle: str) -> Secret:
    found = keys_of(program, [handle])
    if handle not in found:
        raise Gone
    return found[handle]


@door
def open_many(
    *, grant: Grant, program: str, items: Sequence[Item], leave_gone: bool = False
) -> dict[tuple[str, Purpose], bytes]:
    """Open any number of capsules of one program by one query, for one actor and reason.

    Raises `Gone` when one of the referrals has no key any more; with `leave_gone` those are left out instead.
    Raises `TooManyReveals` when the actor should be asked first.
    """
    if not grants.opens(grant, [(item.handle, item.purpose) for item in items]):
        raise Refused
    if not items:
        return {}
    reveals.count(grant)
    wanted = {item.handle for item in items}
    found = keys_of(program, wanted)
    if len(found) < len(wanted) and not leave_gone:
        raise Gone
    return {
        (item.handle, item.purpose): sealing.unseal(
            found[item.handle], Place(program, item.handle, item.purpose, item.version), item.sealed
        )
        for item in items
        if item.handle in found
    }


@door
def open_one(*, grant: Grant, program: str, item: Item) -> bytes:
    """Open one capsule. Raises what `open_many` raises."""
    return open_many(grant=grant, program=program, items=[item])[item.handle, item.purpose]


@door
def link_token(*, grant: Grant, program: str, n: int) -> str:
    """The `n`th private link of the grant's one referral, made anew from its key: it is stored nowhere."""
    if not grants.links(grant):
        raise Refused
    (handle,) = grant.handles
    return keys.token(_key_of(program, handle), n)


def token_hash(token: str) -> str:
    """What is stored of a private link, and by what it is found again."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


@door
def matching_handles(*, program: str, contact_tag: str) -> list[str]:
    """Open referrals of a program with the same contact: perhaps the same person (ruling B32)."""
    found = keys.fingerprint(contact_tag)
    alive = Epoch.objects.exclude(wrapped_ek=None).values_list("provider_ref", "wrapped_ek")
    tags = [keys.tag(epochs.key_of(ref, bytes(wrapped or b"")), program, found) for ref, wrapped in alive]
    rows = Key.objects.filter(program=program, dup_tag__in=tags)
    return list(rows.order_by("handle").values_list("handle", flat=True))


@door
def same_contact(*, program: str) -> tuple[frozenset[str], ...]:
    """Open referrals of a program that share a contact, as groups: perhaps the same person each (B32).

    One query however many there are. Two whose keys are in different epochs are told apart until the next
    rotation has carried both on; `matching_handles` finds those, too.
    """
    mine = Key.objects.filter(program=program, dup_tag__isnull=False)
    twice = mine.values("dup_tag").annotate(n=Count("handle")).filter(n__gt=1).values("dup_tag")
    groups: dict[bytes, set[str]] = {}
    for tag, handle in mine.filter(dup_tag__in=twice).values_list("dup_tag", "handle"):
        groups.setdefault(bytes(tag or b""), set()).add(handle)
    return tuple(frozenset(group) for group in groups.values())


@door
def retag(*, handle: str, program: str, contact_tag: str) -> None:
    """Notice a referral by another contact from now on. Raises `Gone`.

    The row is held while its tag is made, so that no rotation writes the old one over it.
    """
    with transaction.atomic(using="vault"):
        row = (
            Key.objects.select_for_update()
            .select_related("epoch")
            .filter(handle=handle, program=program)
            .first()
        )
        if row is None:
            raise Gone
        owner, found = Owner(program, handle), keys.fingerprint(contact_tag)
        epoch_key = epochs.key_of(row.epoch.provider_ref, bytes(row.epoch.wrapped_ek or b""))
        key = keys.unwrap(epoch_key, row.epoch_id, owner, bytes(row.wrapped))
        Key.objects.filter(handle=handle).update(
            dup_tag=keys.tag(epoch_key, program, found),
            dup_src=keys.seal_print(key, owner, found),
            version=F("version") + 1,
        )


@door
def handles(program: str | None = None) -> set[str]:
    """Every referral that has a key, of one program or of all."""
    rows = Key.objects.all() if program is None else Key.objects.filter(program=program)
    return set(rows.values_list("handle", flat=True))
