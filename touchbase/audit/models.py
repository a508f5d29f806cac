"""Daily sums of who did what kind of thing. No handle, no time of day (ruling B14)."""

from django.db import models

from touchbase.kernel.ids import new_id


class Act(models.Model):
    """How often an account did one kind of desk act in a program on a day."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    day = models.DateField()
    program = models.CharField(max_length=26)
    actor = models.CharField(max_length=26)
    verb = models.CharField(max_length=32)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "program", "actor", "verb"], name="act_once_a_day"),
        ]
