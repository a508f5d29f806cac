"""Collaboratives, their members, how far each has come, and what is known of all together. Never a person.

Who leads one isn't here: its faculty are members, with that role, of the program at its center.
"""

from django.db import models
from django.db.models.functions import Lower

from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program


class MemberState(models.TextChoices):
    """Whether a program takes part."""

    INVITED = "invited"
    JOINED = "joined"


class Collaborative(models.Model):
    """Several programs that learn together.

    `home` is the program of the center: the statewide pool, an ordinary program whose coordinator sits there
    (ruling B27).
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    home = models.OneToOneField(Program, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="collaborative_slug_lowercase", condition=models.Q(slug=Lower("slug"))
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ModelProgram(models.Model):
    """One version of the policy a collaborative offers to begin from. A version never changes."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    collaborative = models.ForeignKey(Collaborative, on_delete=models.CASCADE, related_name="model_programs")
    version = models.PositiveIntegerField()
    body = models.TextField()  # a policy file, with what each member says of itself left open
    offered_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "version"], name="model_program_version_once"),
        ]


class Member(models.Model):
    """A program that takes part. `settled`: the model's version its policy was compared with last, or 0."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    collaborative = models.ForeignKey(Collaborative, on_delete=models.CASCADE, related_name="members")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=MemberState, default=MemberState.INVITED)
    settled = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "program"], name="member_once"),
        ]


class Standing(models.Model):
    """How one item of readiness stands with a member: who sees to it, what is next, since when it is so."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="standings")
    item = models.CharField(max_length=16)  # an `Item` of readiness.py
    owner = models.CharField(max_length=16, blank=True)  # an `Owner`: a role, never a name
    next_step = models.CharField(max_length=16, blank=True)  # one of `NEXT`, picked
    evident = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "item"], name="standing_once"),
        ]


class PooledRelease(models.Model):
    """What may be shown of all members together for a half-year: frozen when it is made."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    collaborative = models.ForeignKey(Collaborative, on_delete=models.CASCADE, related_name="pooled_releases")
    half_year = models.CharField(max_length=7)
    table = models.JSONField()
    made_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collaborative", "half_year"], name="pooled_release_once"),
        ]
