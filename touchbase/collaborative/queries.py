"""Reading collaboratives and who takes part."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from touchbase.collaborative.models import Collaborative, Member, MemberState, Standing
from touchbase.collaborative.readiness import Item, Owner, Progress, of_member
from touchbase.kernel.errors import NotFound
from touchbase.programs.hours import local_day
from touchbase.programs.queries import Named, named, program_by_id


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


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """A member as faculty see it: what it is called, whether it takes part, and how far it has come."""

    program: Named
    state: MemberState
    standing: tuple[Progress, ...]

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


def together_around(program_id: str) -> Together | None:
    """The collaborative a program is the center of, if it is."""
    row = Collaborative.objects.filter(home_id=program_id).first()
    return _together(row) if row else None


def everywhere() -> list[Together]:
    """Every collaborative, by address."""
    return [_together(row) for row in Collaborative.objects.order_by("slug")]


def today_of(together: Together, at: datetime) -> date:
    """The day at the program at the center: by its clocks a collaborative plans."""
    return local_day(at, program_by_id(together.home).policy)


def standing_of(member_id: str) -> tuple[Progress, ...]:
    """How far a member has come, all five in their order."""
    return of_member(_progress(row) for row in Standing.objects.filter(member_id=member_id))


def members_of(together: Together) -> list[MemberStanding]:
    """Every member and whoever is invited, by name, never by how far it has come. Three queries for any n."""
    rows = list(Member.objects.filter(collaborative_id=together.id))
    known: dict[str, list[Progress]] = {row.id: [] for row in rows}
    for each in Standing.objects.filter(member__collaborative_id=together.id):
        known.setdefault(each.member_id, []).append(_progress(each))
    names = named([row.program_id for row in rows])
    found = [
        MemberStanding(names[row.program_id], MemberState(row.state), of_member(known[row.id]))
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.program.organization.casefold(), one.program.slug))


def member_standing(together: Together, slug: str) -> MemberStanding:
    """One member, by its program's address. `NotFound` when it isn't even invited."""
    found = next((one for one in members_of(together) if one.program.slug == slug), None)
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def takes_part(program_id: str) -> bool:
    """Whether any collaborative invited a program."""
    return Member.objects.filter(program_id=program_id).exists()


def _progress(row: Standing) -> Progress:
    return Progress(Item(row.item), Owner(row.owner) if row.owner else None, row.next_step, row.evident)


def _together(row: Collaborative) -> Together:
    return Together(row.id, row.slug, row.name, row.home_id)


def _membership(row: Member) -> Membership:
    return Membership(
        row.id, _together(row.collaborative), row.program_id, MemberState(row.state), row.settled
    )
