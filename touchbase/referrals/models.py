"""What is stored of a referral: a random handle, a state, and sealed capsules. Nothing that names anyone."""

from django.db import models
from django.db.models import Q

from touchbase.accounts.models import Membership
from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program
from touchbase.referrals.lifecycle import HELD_BY_SUPPORTER, State
from touchbase.vault.sealing import Purpose

_HELD = sorted(HELD_BY_SUPPORTER)


class Referral(models.Model):
    """One person on their way to a conversation, without the person (rulings A12, A13).

    `next_at` is the next thing due, rounded down to half an hour; what is due is `next_kind`. `unsure`: the
    database was put back from a copy, so the row may be behind; the clock leaves it alone until the desk has
    looked.
    """

    handle = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    policy_version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    held = models.BooleanField(default=False)
    assignee = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    next_at = models.DateTimeField()
    next_kind = models.CharField(max_length=16)
    row_version = models.PositiveIntegerField(default=1)
    unsure = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="referral_next"),
            models.Index(fields=["program", "state", "next_at"], name="referral_board"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_assignee_while_held",
                condition=Q(state__in=_HELD, assignee__isnull=False)
                | (~Q(state__in=_HELD) & Q(assignee__isnull=True)),
            ),
            models.CheckConstraint(
                name="referral_held_before_match", condition=Q(held=False) | Q(state="received")
            ),
        ]


class Capsule(models.Model):
    """Something about one person, sealed under the key of their referral."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="capsules")
    purpose = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Purpose])
    schema = models.PositiveSmallIntegerField(default=1)
    alg = models.PositiveSmallIntegerField()
    nonce = models.BinaryField()
    blob = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "purpose"], name="capsule_once_a_purpose"),
        ]


class Link(models.Model):
    """A recipient's private link, by its hash: the link itself can only be rebuilt with the key."""

    token_hash = models.CharField(primary_key=True, max_length=64)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    until = models.DateField()


class Tombstone(models.Model):
    """A handle that was erased, kept two days so that a restore can't bring it back."""

    handle = models.CharField(primary_key=True, max_length=26)
    until = models.DateField()


class Witness(models.Model):
    """What the database knows of the vault it goes with: which one, and how far both had come. One row.

    `sealed` is a text that nobody needs, under the key of `epoch`: with a copy of both stores it shows
    whether the copies open anything.
    """

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    installation = models.CharField(max_length=26)
    generation = models.PositiveBigIntegerField()
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(name="witness_only_one", condition=Q(only=1))]
