"""Keys that no referral has: a process was killed after the vault's commit and before the database's.

They open nothing, since there are no capsules, but they must not stay for good either.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from django.db import transaction

from touchbase.kernel.clock import slot_down
from touchbase.vault import clockguard, erasing, scrub
from touchbase.vault.doors import door
from touchbase.vault.models import Key, Mark


@door
def mark_orphans(*, known: AbstractSet[str], at: datetime) -> int:
    """Note which keys have no row among the `known` handles, and which have one again. How many have none."""
    seen = dict(Key.objects.values_list("handle", "orphan_since"))
    lost = {handle for handle in seen if handle not in known}
    new = [handle for handle in lost if seen[handle] is None]
    back = [handle for handle, since in seen.items() if since is not None and handle in known]
    if new:
        Key.objects.filter(handle__in=new).update(orphan_since=slot_down(at))
    if back:
        Key.objects.filter(handle__in=back).update(orphan_since=None)
    return len(lost)


@door
def destroy_orphans(
    *, known: AbstractSet[str], at: datetime, older_than: timedelta = timedelta(hours=1)
) -> int:
    """Destroy keys that have had no row for `older_than` and still have none. Nobody is counted.

    Nothing happens while the clock can't be believed, or a store was put back and nobody has confirmed it.
    """
    if clockguard.glance(at).frozen or Mark.objects.exclude(put_back="").exists():
        return 0
    due = Key.objects.filter(orphan_since__lte=at - older_than)
    destroyed = 0
    with transaction.atomic(using="vault"):
        for handle in due.order_by("handle").values_list("handle", flat=True):
            destroyed += handle not in known and erasing.erase(due, handle, at)
        if destroyed:
            scrub.when_committed()
    return destroyed
