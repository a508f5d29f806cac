"""A trained volunteer colleague: what they do, what they chose to offer, and when."""

from datetime import date

from django.db import models

from touchbase.accounts.models import Membership
from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program
from touchbase.supporters.naming import NominationState


class Supporter(models.Model):
    """A member's profile as a supporter. Nothing here tells whom they ever helped, or when (B15)."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    active = models.BooleanField(default=True)
    profession = models.CharField(max_length=40)  # a key of the policy's professions
    stage = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=60, blank=True)
    site = models.CharField(max_length=60, blank=True)
    leads = models.JSONField(default=list, blank=True)  # departments this person leads
    languages = models.JSONField(default=list)  # language codes, "en"
    topics = models.JSONField(default=dict, blank=True)  # topic key -> "public", "asking" or "matching"
    title = models.CharField(max_length=80, blank=True)  # "an emergency physician", for the note
    own_words = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164, for the call screen of their own asks
    public = models.BooleanField(default=False)  # whether the directory shows them
    # Their key in the directory, made anew whenever they come onto the list: an address that somebody kept
    # from an earlier time leads nowhere, and it is no key that anything else is known by.
    listing = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    contact_public = models.CharField(max_length=254, blank=True)  # E.164 or mail, shown where `two` know
    limit = models.PositiveSmallIntegerField(default=2)  # how many people at once
    resting_until = models.DateField(null=True, blank=True)
    away = models.JSONField(default=list, blank=True)  # [["2026-12-20", "2027-01-03"], …] inclusive days
    paused = models.BooleanField(default=False)  # not asked until they say so
    days = models.JSONField(default=list, blank=True)  # usual days, "mon"; none said means any
    parts_of_week = models.JSONField(default=list, blank=True)  # keys of the policy's times
    nights = models.BooleanField(default=False)  # an ask may come at night
    channels = models.JSONField(default=list)  # "text", "call", "email"
    turn = models.IntegerField(default=0)  # place in the queue: lower was asked longer ago
    trained_month = models.DateField(null=True, blank=True)  # first day of the month
    refresher_month = models.DateField(null=True, blank=True)
    apart = models.JSONField(default=list, blank=True)  # fingerprints of contacts, see `apart.py`
    lead_peer = models.BooleanField(default=False)  # whom other supporters may talk to afterwards
    debrief = models.BooleanField(default=False)  # would like that now; goes with one press

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supporter_limit_zero_to_three", condition=models.Q(limit__gte=0, limit__lte=3)
            ),
        ]

    def is_resting(self, today: date) -> bool:
        """Whether the person asked not to be asked, today: a rest with an end, or a pause without one."""
        return self.paused or (self.resting_until is not None and today <= self.resting_until)


class Duty(models.Model):
    """A day, or a week from its Monday on, and who is called then. Only where a roster is kept.

    Whoever leaves empties their places: the day is a gap, and the desk is told.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()  # its first day
    first = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    second = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    warned = models.PositiveSmallIntegerField(default=0)  # of a gap: 1 the coordinator, 2 the backup as well

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "day"], name="duty_once_a_day"),
            models.CheckConstraint(name="duty_of_two", condition=~models.Q(first=models.F("second"))),
            models.CheckConstraint(name="duty_warned", condition=models.Q(warned__lte=2)),
        ]


class Swap(models.Model):
    """One supporter asks another to swap two duties. It goes with the answer, or with either of the two."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    asker = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    gives = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+")
    takes = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asker", "gives", "takes"], name="swap_asked_once"),
            models.CheckConstraint(name="swap_of_two", condition=~models.Q(asker=models.F("asked"))),
        ]


class Nomination(models.Model):
    """Somebody who was named as a supporter, by others or by themself. Who named them is nowhere (B35).

    Name and address are plain: a coordinator reads them, and one mail goes there after a press (D20). The row
    goes when the person says yes or "not for me", or on `dies_on`, whatever happened before.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    contact = models.EmailField()  # lowercase
    state = models.CharField(max_length=12, default=NominationState.NAMED)  # one of naming.py
    named = models.PositiveSmallIntegerField(default=0)  # how often others named them
    offered = models.BooleanField(default=False)  # they named themself
    token_hash = models.CharField(max_length=64, blank=True)  # of the link in the mail, once it is written
    dies_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "contact"], name="nomination_once"),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~models.Q(token_hash=""), name="nomination_one_link"
            ),
        ]


class Training(models.Model):
    """One session of the training, or of the refresher. `came` stays when people and their rows go (D20)."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)  # a `Kind` of standing.py
    way = models.CharField(max_length=8)  # a `Way` of occasions.py
    day = models.DateField()
    begins = models.TimeField()  # in the program's zone
    hours = models.DecimalField(max_digits=3, decimal_places=1)
    place = models.CharField(max_length=60)
    seats = models.PositiveSmallIntegerField()
    teacher = models.CharField(max_length=12)  # a role, a `Teacher` of occasions.py, never a name
    came = models.PositiveSmallIntegerField(default=0)


class Attendance(models.Model):
    """What a supporter says to a session, and whether they were there."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=8, blank=True)  # a `Said` of occasions.py; empty: invited, silent
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "membership"], name="attendance_once"),
        ]


class Meeting(models.Model):
    """A meeting of the team or of the supporters: topics from a fixed list, no text, no minutes, no names."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    circle = models.CharField(max_length=10)  # a `Circle` of occasions.py
    day = models.DateField()
    begins = models.TimeField()  # in the program's zone
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=60)
    topic_keys = models.JSONField(default=list)
    held = models.BooleanField(default=False)
    came = models.PositiveSmallIntegerField(default=0)
