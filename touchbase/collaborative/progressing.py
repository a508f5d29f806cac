"""A member's desk says how far it has come, and opens its form when everything before it is there.

Only the desk itself enters this: faculty read it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts.queries import Member as Person
from touchbase.audit import log
from touchbase.collaborative.models import Member, Standing
from touchbase.collaborative.queries import Membership, standing_of
from touchbase.collaborative.readiness import Item, may_launch, problems
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs import actions as programs
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id


@dataclass(frozen=True, slots=True)
class Said:
    """What a desk picked about one item, as it came in. `evident`: None while it isn't there."""

    item: Item
    owner: str = ""
    next_step: str = ""
    evident: date | None = None


class StandingUnclear(DomainError):
    """Something that was picked can't be. `fields` says which: owner, next, evident."""

    code = "standing-unclear"

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        super().__init__(_("Look at the marked fields again."))


@transaction.atomic
def note(*, membership: Membership, said: Said, by: Person, at: datetime) -> None:
    """Keep what a desk says of one item, in place of what it said before.

    A form that is closed isn't open because somebody says so: before it was opened, it has no day. Raises
    `StandingUnclear`, and `NotFound` when the membership ended meanwhile.
    """
    _hold(membership)
    program = program_by_id(membership.program)
    unclear = problems(
        said.item,
        owner=said.owner,
        next_step=said.next_step,
        evident=said.evident,
        today=local_day(at, program.policy),
    )
    if said.item is Item.LAUNCH and (said.evident is None) != (program.state == "draft"):
        unclear = tuple(dict.fromkeys((*unclear, "evident")))
    if unclear:
        raise StandingUnclear(unclear)
    kept = {"owner": said.owner, "next_step": said.next_step, "evident": said.evident}
    Standing.objects.update_or_create(member_id=membership.id, item=said.item, defaults=kept)
    log.record(program=by.program, actor=by.account, verb="note readiness", day=at.date())


@transaction.atomic
def launch(*, membership: Membership, by: Person, at: datetime) -> None:
    """Open the form of a program that waits for it, and note the day. Again changes nothing.

    Raises `DomainError` while something before it is missing, and for a program that was paused or has ended;
    `NotFound` when the membership ended meanwhile.
    """
    _hold(membership)
    program = program_by_id(membership.program)
    if program.state == "open":
        return
    if program.state != "draft":
        raise DomainError(_("This form was open before. Whoever runs Touchbase opens it again."))
    if not may_launch(standing_of(membership.id)):
        raise DomainError(_("Something before it isn't there yet. Enter it first, then open the form."))
    programs.open_again(program_id=program.id)
    note_open_form(member=membership.id, day=local_day(at, program.policy))
    log.record(program=by.program, actor=by.account, verb="open form", day=at.date())


def _hold(membership: Membership) -> None:
    """Lock a member's row: what is looked at then holds until the end, and nobody ends it in between."""
    if Member.objects.select_for_update().filter(pk=membership.id).first() is None:
        raise NotFound(_("This program isn't a member any more."))


def note_open_form(*, member: str, day: date) -> None:
    """The form is open: seen to be so on this day."""
    Standing.objects.update_or_create(member_id=member, item=Item.LAUNCH, defaults={"evident": day})
