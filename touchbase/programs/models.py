"""A program and the policies it has had."""

from django.db import models
from django.db.models.functions import Lower

from touchbase.kernel.ids import new_id
from touchbase.programs.slugs import RESERVED_SLUGS


class ProgramState(models.TextChoices):
    """Whether a program's forms are open."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    RETIRED = "retired"


class Program(models.Model):
    """One organization's peer-support program."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    state = models.CharField(max_length=8, choices=ProgramState, default=ProgramState.OPEN)
    version = models.PositiveIntegerField(default=1)  # of the policy that holds now
    pressed = models.JSONField(default=dict, blank=True)  # what was confirmed -> its day, see `presses.py`
    ends_on = models.DateField(null=True, blank=True)  # of a retired one: until then what is open is finished

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="program_slug_not_reserved", condition=~models.Q(slug__in=RESERVED_SLUGS)
            ),
            models.CheckConstraint(name="program_slug_lowercase", condition=models.Q(slug=Lower("slug"))),
        ]

    def __str__(self) -> str:
        return self.slug


class Policy(models.Model):
    """One version of a program's rules, the file kept as it was given."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="policies")
    version = models.PositiveIntegerField()
    body = models.TextField()
    applied_day = models.DateField()
    applied_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "version"], name="policy_version_once"),
        ]
