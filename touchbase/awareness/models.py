"""Presentations of a program, and who asked for its news. No row here knows of a referral or of staff."""

from django.db import models

from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program


class Presentation(models.Model):
    """The program was presented: a day, a kind and how many heard it. No names, no text."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=16)  # a `Kind` of presentations.py
    heads = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="presentation_was_heard", condition=models.Q(heads__gt=0)),
        ]


class Subscriber(models.Model):
    """An address that gets a program's news. Nothing says whose it is, or when they asked.

    The random key is also the end of the links in the mails: who holds it can confirm or leave, no more.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField()  # lowercase
    dies_on = models.DateField(null=True, blank=True)  # until the address is confirmed
    mails = models.PositiveSmallIntegerField(default=0)  # that asked for it; empties with the answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "address"], name="subscriber_once"),
        ]


class Bulletin(models.Model):
    """The last news of a program: one row, replaced by the next, so that there is no archive."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=400, blank=True)
    sent_on = models.DateField()
