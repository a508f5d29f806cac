"""Keys that never got a row: a process ended between the two stores, or a page was never answered."""

from datetime import datetime, timedelta

from django.db import transaction

from touchbase.vault import scrubbing
from touchbase.vault.models import Key


def handles(program: str | None = None) -> set[str]:
    """Every handle that has a key."""
    found = Key.objects.all() if program is None else Key.objects.filter(program=program)
    return set(found.values_list("handle", flat=True))


def mark_orphans(*, known: set[str], at: datetime) -> int:
    """Note which keys have no row. One that got its row meanwhile is an orphan no more."""
    alone = handles() - known
    Key.objects.filter(orphan_since__isnull=False).exclude(handle__in=alone).update(orphan_since=None)
    return Key.objects.filter(handle__in=alone, orphan_since__isnull=True).update(orphan_since=at)


def destroy_orphans(*, known: set[str], at: datetime, older_than: timedelta) -> int:
    """Destroy keys that have been without a row for some time. Nobody is counted: nobody was told thank you."""
    with transaction.atomic(using="vault"):
        old = Key.objects.filter(orphan_since__lte=at - older_than).exclude(handle__in=known)
        old.update(wrapped=b"\0" * 40, dup_tag=None, dup_src=None)
        destroyed = old.delete()[0]
        if destroyed:
            transaction.on_commit(scrubbing.scrub, using="vault")
    return destroyed
