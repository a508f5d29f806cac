"""What is about to leave the building: no address, no text, no error text."""

from django.db import models

from touchbase.accounts.models import Membership
from touchbase.kernel.ids import new_id
from touchbase.programs.models import Program


class Outgoing(models.Model):
    """One message to send. Who it goes to and what it says are worked out when it is sent.

    To a recipient it names the referral's handle, whose key holds the address; to staff it names the
    membership and no referral, so that the two are never joined in a row. To somebody who was named as a
    supporter, `handle` is their nomination; to somebody who is invited to a role, their invitation; to an
    address of the email list, the subscriber.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    handle = models.CharField(max_length=26, blank=True)
    member = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=24)
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lock_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outgoing_one_reader",
                condition=models.Q(handle="", member__isnull=False)
                | (~models.Q(handle="") & models.Q(member__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["member", "template"],
                condition=models.Q(member__isnull=False),
                name="outgoing_staff_once",
            ),
            models.UniqueConstraint(
                fields=["handle", "template"], condition=~models.Q(handle=""), name="outgoing_person_once"
            ),
        ]
