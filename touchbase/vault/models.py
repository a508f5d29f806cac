"""The small erasable store: keys, epochs, tombstones, and the pool of counts.

It lives in its own database (`vault`), which is never in the backup of the other one.
"""

from django.db import models

from touchbase.kernel.ids import new_id


class EpochState(models.TextChoices):
    """How far an epoch's key is on its way out."""

    LIVE = "live"
    RETIRING = "retiring"
    DESTROYED = "destroyed"


class PutBack(models.TextChoices):
    """What an operator put back from a copy."""

    DATABASE = "database"
    VAULT = "vault"
    BOTH = "both"


class Epoch(models.Model):
    """One day's wrapping key, itself wrapped by the provider's key for that epoch.

    `carried` counts the keys that were moved on to a later epoch, for the receipt.
    """

    n = models.PositiveIntegerField(primary_key=True)
    provider_ref = models.CharField(max_length=64)
    wrapped_ek = models.BinaryField(null=True)
    state = models.CharField(max_length=9, choices=EpochState, default=EpochState.LIVE)
    ends_at = models.DateTimeField()
    carried = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="live"), name="epoch_one_live"
            ),
            models.CheckConstraint(
                name="epoch_destroyed_keeps_nothing",
                condition=models.Q(state="destroyed", wrapped_ek__isnull=True)
                | (~models.Q(state="destroyed") & models.Q(wrapped_ek__isnull=False)),
            ),
        ]


class Key(models.Model):
    """A referral's own key, wrapped under its epoch and bound to its program and handle."""

    handle = models.CharField(primary_key=True, max_length=26)
    program = models.CharField(max_length=26)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="keys")
    wrapped = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    # Without an index: each rotation would write all of it anew, and a program has few open at once.
    dup_tag = models.BinaryField(null=True)
    dup_src = models.BinaryField(
        null=True
    )  # the contact's fingerprint, sealed: each epoch makes the tag anew
    orphan_since = models.DateTimeField(null=True)


class Receipt(models.Model):
    """That an epoch's key was destroyed and could not be unwrapped afterwards. No names."""

    n = models.PositiveIntegerField(primary_key=True)
    rows = models.PositiveIntegerField()  # keys that were carried on to the next epoch
    destroyed_day = models.DateField()


class Pool(models.Model):
    """Counts of closed referrals that wait to be added up. `batch` is empty while they gather."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.CharField(max_length=26)
    batch = models.CharField(max_length=26, blank=True)
    measure = models.CharField(max_length=32)
    category = models.CharField(max_length=40)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "batch", "measure", "category"], name="pool_once"),
        ]


class Taken(models.Model):
    """In which month a program's pool was last taken to the counters: once a month at most."""

    program = models.CharField(primary_key=True, max_length=26)
    month = models.CharField(max_length=7)


class Buried(models.Model):
    """The vault's own tombstone: a handle that was erased, kept two days.

    `epoch` is the one whose key wrapped it last: while that lives, a copy of the row would still open.
    """

    handle = models.CharField(primary_key=True, max_length=26)
    until = models.DateField()
    epoch = models.PositiveIntegerField(default=0)


class Mark(models.Model):
    """Which installation this is, and what its clocks last said. One row.

    `high_water` is the latest moment seen. `uptime` is how long the machine had then been up, and `started`
    how far its clock was ahead of that (both in milliseconds): within one boot they tell a clock that was set
    from one that went on.

    `generation` goes up every few minutes, here and in the database, so that a store that was put back from a
    copy is noticed by its number (`generations`). `pending` says that the database's number may still follow.
    `put_back` names what an operator put back and nobody has confirmed yet. `attested` is the day on which an
    operator said that vault and root key are in no backup of the machine.
    """

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    installation = models.CharField(max_length=26, default=new_id, editable=False)
    high_water = models.DateTimeField()
    boot = models.CharField(max_length=64)
    uptime = models.BigIntegerField()
    started = models.BigIntegerField()
    generation = models.PositiveBigIntegerField(default=0)
    pending = models.BooleanField(default=False)
    put_back = models.CharField(max_length=8, blank=True, choices=PutBack)
    attested = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="mark_only_one", condition=models.Q(only=1))]
