"""Founding a collaborative, and who takes part in it."""

from django.db import transaction

from touchbase.collaborative.models import Collaborative
from touchbase.collaborative.queries import Together, together_at
from touchbase.kernel.errors import DomainError


@transaction.atomic
def found(*, slug: str, name: str, home: str) -> Together:
    """Make a collaborative around the program `home` (its id), or change its name. Again changes nothing.

    Raises `DomainError` when the program is the center of another one, or the address has another center.
    """
    row = Collaborative.objects.filter(slug=slug).first() or Collaborative(slug=slug, home_id=home)
    taken = Collaborative.objects.filter(home_id=home).exclude(pk=row.pk).exists()
    if row.home_id != home or taken:
        raise DomainError(
            "One program is the center of one collaborative. Choose another program or address."
        )
    row.name = name
    row.save()
    return together_at(slug)
