"""Reading collaboratives and who takes part."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from touchbase.collaborative.models import Collaborative, Member, MemberState
from touchbase.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Together:
    """A collaborative as its pages know it. `home`: the id of the program at its center."""

    id: str
    slug: str
    name: str
    home: str


@dataclass(frozen=True, slots=True)
class Membership:
    """What a program is in a collaborative. `settled`: the model's version its policy was compared with."""

    id: str
    together: Together
    program: str  # its id
    state: MemberState
    settled: int

    @property
    def joined(self) -> bool:
        """Whether the program said yes."""
        return self.state is MemberState.JOINED


def together_at(slug: str) -> Together:
    """The collaborative at an address. `NotFound` when there is none."""
    row = Collaborative.objects.filter(slug=slug).first()
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return _together(row)


def memberships_of(program_id: str) -> list[Membership]:
    """What a program is in each collaborative that invited it, by address."""
    rows = Member.objects.filter(program_id=program_id).select_related("collaborative")
    return [_membership(row) for row in rows.order_by("collaborative__slug")]


def membership_at(program_id: str, slug: str) -> Membership:
    """What a program is in the collaborative at an address. `NotFound` when it isn't even invited."""
    rows = Member.objects.filter(program_id=program_id, collaborative__slug=slug)
    row = rows.select_related("collaborative").first()
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return _membership(row)


def takes_part(program_id: str) -> bool:
    """Whether any collaborative invited a program."""
    return Member.objects.filter(program_id=program_id).exists()


def _together(row: Collaborative) -> Together:
    return Together(row.id, row.slug, row.name, row.home_id)


def _membership(row: Member) -> Membership:
    return Membership(
        row.id, _together(row.collaborative), row.program_id, MemberState(row.state), row.settled
    )
