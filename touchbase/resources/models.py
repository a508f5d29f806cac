"""When the pages that programs lead to were last looked at."""

from django.db import models

from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program


class Link(models.Model):
    """One page of a program's list of help, and whether it opened. Nobody's visit is in it, only ours."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    checked_on = models.DateField()
    opened = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "address"], name="link_once")]
