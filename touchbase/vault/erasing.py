"""Destroying a referral's key: the moment in which somebody is forgotten."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from touchbase.vault import pool, scrub
from touchbase.vault.doors import door
from touchbase.vault.models import Buried, Key
from touchbase.vault.pool import Count

BURIED = timedelta(days=2)  # vault.md section 9
_WRAPPED = 40  # bytes


@door
def destroy(*, handle: str, program: str, counts: Sequence[Count] | None, at: datetime) -> bool:
    """Destroy a referral's key and add what is counted of it, both or neither. Raises `Unavailable`.

    `counts` None counts nobody: it was the second referral of somebody who is counted by the first.
    False when there was no key: nothing is counted then, so repeating it after a crash counts nobody twice.
    """
    with transaction.atomic(using="vault"):
        erased = erase(Key.objects.filter(program=program), handle, at)
        if erased:
            if counts is not None:
                pool.add(program=program, counts=counts)
            scrub.when_committed()
    return erased


def erase(rows: QuerySet[Key], handle: str, at: datetime) -> bool:
    """Overwrite and delete one of these keys, and bury its handle. Whether it was there."""
    row = rows.filter(handle=handle)
    # First over it, then away with it: whoever comes second waits here, and finds nothing.
    if not row.update(wrapped=os.urandom(_WRAPPED), dup_tag=None, dup_src=None):
        return False
    epoch = row.values_list("epoch_id", flat=True).get()
    row.delete()
    Buried.objects.update_or_create(handle=handle, defaults={"until": (at + BURIED).date(), "epoch": epoch})
    return True


@door
def destroy_again(*, handle: str, at: datetime) -> bool:
    """Destroy the key of somebody erased before who came back with a copy. They are counted already."""
    with transaction.atomic(using="vault"):
        erased = erase(Key.objects.all(), handle, at)
        if erased:
            scrub.when_committed()
    return erased


@door
def buried() -> frozenset[str]:
    """Everybody who was erased in the last two days, by handle."""
    return frozenset(Buried.objects.values_list("handle", flat=True))


def clear_buried(now: datetime) -> int:
    """Drop the tombstones whose two days are over."""
    return Buried.objects.filter(until__lt=now.date()).delete()[0]
