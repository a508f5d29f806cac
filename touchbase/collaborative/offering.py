"""The model program's versions: offering the next, comparing a member's policy, and settling with one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.audit import log
from touchbase.collaborative.model_program import Difference, differences
from touchbase.collaborative.models import Collaborative, Member, MemberState, ModelProgram
from touchbase.collaborative.queries import Membership, Together, today_of
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs import files
from touchbase.programs import queries as programs
from touchbase.programs.hours import local_day
from touchbase.programs.policy import Policy


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the model, as it was offered."""

    number: int
    text: str
    offered: date

    @property
    def policy(self) -> Policy:
        """What it comes to."""
        return files.stored(self.text, file=files.UNFILED)


@dataclass(frozen=True, slots=True)
class Settled:
    """With which version of the model a member settled; 0 while with none. Nothing else of its policy."""

    program: str  # its name
    version: int


def versions(together: Together) -> list[Version]:
    """Every version of a collaborative's model, the newest first."""
    rows = ModelProgram.objects.filter(collaborative_id=together.id).order_by("-version")
    return [Version(row.version, row.body, row.offered_day) for row in rows]


def newest(together: Together) -> Version | None:
    """The newest version, or None while no model is offered."""
    return next(iter(versions(together)), None)


def version_at(together: Together, number: str) -> Version:
    """A version by its number, as an address writes it. `NotFound` when there is none."""
    for version in versions(together):
        if str(version.number) == number:
            return version
    raise NotFound(_("There is nothing at this address."))


def settled(together: Together) -> list[Settled]:
    """Which version each member settled with, by the members' addresses. All that the center sees of them."""
    rows = Member.objects.filter(collaborative_id=together.id, state=MemberState.JOINED)
    found = {row.program_id: row.settled for row in rows}
    return [
        Settled(here.policy.program.name, found[here.id])
        for here in programs.all_programs()
        if here.id in found
    ]


def compare(membership: Membership, version: Version) -> tuple[Difference, ...]:
    """What differs between a member's own file, as it holds now, and a version of the model."""
    file = programs.file_of(programs.program_by_id(membership.program))
    known = {each.number: each for each in versions(membership.together)}
    began = known.get(membership.settled)
    return differences(
        base=began.policy if began else None,
        ours=files.stored(file.text, file=file.name),
        theirs=version.policy,
    )


@transaction.atomic
def offer(*, together: Together, text: str, by: str, at: datetime) -> int:
    """Offer a policy file as the next version of the model; the newest one again changes nothing.

    Gives the version. Raises `PolicyRefused` with all that keeps the file from being a program's policy:
    whoever begins with it has to be able to apply it.
    """
    Collaborative.objects.select_for_update().get(pk=together.id)  # one version after the other
    files.parse_unfiled(text)
    before = newest(together)
    if before is not None and before.text == text:
        return before.number
    day, number = today_of(together, at), (before.number if before else 0) + 1
    ModelProgram.objects.create(collaborative_id=together.id, version=number, body=text, offered_day=day)
    log.record(program=together.home, actor=by, verb="offer model", day=day)
    return number


@transaction.atomic
def settle(*, membership: Membership, version: int, by: str, at: datetime) -> None:
    """Note that a member compared its policy with a version, and is done with it whatever it took.

    What differs then counts as the member's own decision. Raises `DomainError` for another version than the
    newest: the one that was compared isn't the model any more.
    """
    last = newest(membership.together)
    if last is None or last.number != version:
        raise DomainError(_("Another version of the model was offered meanwhile. Open the page again."))
    Member.objects.filter(pk=membership.id).update(settled=version)
    here = programs.program_by_id(membership.program)
    log.record(program=here.id, actor=by, verb="settle model", day=local_day(at, here.policy))
