"""Counts without people: sums by half-year, and what was released of them."""

from django.db import models

from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program


class Counter(models.Model):
    """How many times one category of one measure happened in a half-year, in a program."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="counters")
    half_year = models.CharField(max_length=7)  # "2026-H2"
    measure = models.CharField(max_length=32)
    category = models.CharField(max_length=40)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "half_year", "measure", "category"], name="counter_once"
            ),
        ]


class Flush(models.Model):
    """A batch of the pool that has been added: adding it again changes nothing."""

    batch = models.CharField(primary_key=True, max_length=26)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")


class Release(models.Model):
    """The tables of one half-year as leaders see them, frozen when made (ruling A15)."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="releases")
    half_year = models.CharField(max_length=7)
    table = models.JSONField()
    made_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "half_year"], name="release_once"),
        ]
