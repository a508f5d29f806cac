"""Reading who was named, and what a nominee's link leads to."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.supporters.models import Nomination, Supporter
from touchbase.supporters.naming import INVITED, NominationState

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who was named. Printing it shows nothing of it."""

    id: str
    program: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    state: NominationState
    named: int
    offered: bool
    dies_on: date
    supports: bool = False  # is a supporter here already


def waiting(program_id: str, today: date) -> list[Nominee]:
    """Everybody who was named and hasn't answered: who waits first, most named first; two queries."""
    rows = Nomination.objects.filter(program_id=program_id, dies_on__gte=today)
    order = list(NominationState)
    found = sorted(
        rows, key=lambda row: (order.index(NominationState(row.state)), -row.named, row.name.casefold())
    )
    here = Supporter.objects.filter(membership__program=program_id)
    known = set(here.values_list("membership__account__email", flat=True))
    return [nominee_of(row, supports=row.contact in known) for row in found[:MOST_SHOWN]]


def invited(nomination_id: str, today: date) -> Nominee:
    """Somebody who is invited. Raises `NotFound` when they aren't any more."""
    invited_now = Nomination.objects.filter(state=NominationState.INVITED, dies_on__gte=today)
    row = invited_now.filter(pk=nomination_id).first()
    if row is None:
        raise gone()
    return nominee_of(row)


def behind(token: str, today: date) -> Nominee:
    """Who holds a link. Raises `NotFound` when it has ended or never was."""
    row = Nomination.objects.filter(
        token_hash=token_hash(token), state__in=INVITED, dies_on__gte=today
    ).first()
    if row is None:
        raise gone()
    return nominee_of(row)


def token_hash(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode()).hexdigest()


def nominee_of(row: Nomination, *, supports: bool = False) -> Nominee:
    """A row as pages and letters see it."""
    return Nominee(
        id=row.id,
        program=row.program_id,
        name=row.name,
        contact=row.contact,
        state=NominationState(row.state),
        named=row.named,
        offered=row.offered,
        dies_on=row.dies_on,
        supports=supports,
    )


def gone() -> NotFound:
    """What is said of a nomination that isn't there any more."""
    return NotFound(_("This isn't there any more. What names somebody is kept for 90 days at most."))
