"""Collaboratives, their members, how far each has come, and what is known of all together. Never a person.

Who leads one isn't here: its faculty are members, with that role, of the program at its center.
"""

from django.db import models
from django.db.models.functions import Lower

from touchbase.accounts.models import Membership
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


class Session(models.Model):
    """A training session that faculty offer to members. A cancelled one stays, so that everybody reads it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    collaborative = models.ForeignKey(Collaborative, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=10)  # a `Kind` of kernel/occasion.py
    way = models.CharField(max_length=8)  # a `Way` of it
    day = models.DateField()
    begins = models.TimeField()  # in the zone of the program at the center
    hours = models.DecimalField(max_digits=3, decimal_places=1)
    place = models.CharField(max_length=60)
    places = models.PositiveSmallIntegerField()
    cancelled = models.BooleanField(default=False)


class Booking(models.Model):
    """Places a member asked for at once, and its turn in the line of a session; no moment is kept.

    Nothing says who has a place and who waits: it follows from the line (places.py). So whoever leaves it, by
    giving back or with their program, lets the next move up.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="bookings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    places = models.PositiveSmallIntegerField()
    turn = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "turn"], name="booking_turn_once"),
            models.CheckConstraint(name="booking_of_a_place", condition=models.Q(places__gte=1)),
        ]


class Consult(models.Model):
    """A member would like to be called by faculty: a topic and a part of the week, both picked."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=12)  # a `Topic` of gatherings.py
    days = models.CharField(max_length=8)  # a `Days` of it
    hours = models.CharField(max_length=10)  # an `Hours` of it
    turn = models.PositiveIntegerField()
    taken_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="consult_once_a_topic"),
        ]


class Event(models.Model):
    """A gathering of the learning community. A cancelled one stays, so that everybody reads it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    collaborative = models.ForeignKey(Collaborative, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10)  # a `Form` of gatherings.py
    topic = models.CharField(max_length=12)  # a `Topic` of it
    way = models.CharField(max_length=8)
    day = models.DateField()
    begins = models.TimeField()  # in the zone of the program at the center
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=60)
    cancelled = models.BooleanField(default=False)


class Reply(models.Model):
    """How many of a member come to an event; 0: nobody does."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="replies")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    coming = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="reply_once"),
        ]


class Document(models.Model):
    """A document of the library: its title and what kind of thing it is. Where it lies, each version says."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    collaborative = models.ForeignKey(Collaborative, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)  # a `Shelf` of gatherings.py


class Version(models.Model):
    """One version of a document: a link, and the day on which somebody last saw that it is still right."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=200)
    checked_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_once"),
        ]
