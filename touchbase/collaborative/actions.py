"""Founding a collaborative, and who takes part: faculty invite, a program's desk says yes or not now."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts import queries as members
from touchbase.accounts.queries import Member as Person
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.collaborative import booking
from touchbase.collaborative.models import Collaborative, Member, MemberState
from touchbase.collaborative.progressing import note_open_form
from touchbase.collaborative.queries import Membership, Together, membership_at, today_of, together_at
from touchbase.kernel.errors import DomainError
from touchbase.notifications import inviting, outbox
from touchbase.notifications.catalogue import Template
from touchbase.notifications.desks import tell_desk
from touchbase.programs import actions as programs
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_at, program_by_id

_ADDRESS = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NAME = 80
MADE_BY = "faculty"  # who applied a new member's first policy, as a role


@transaction.atomic
def found(*, slug: str, name: str, home: str) -> Together:
    """Make a collaborative around the program `home` (its id), or change its name. Again changes nothing.

    Raises `DomainError` when the program is the center of another one, or the address has another center,
    and for an address or a name that isn't one.
    """
    if not _ADDRESS.fullmatch(slug):
        raise DomainError("An address is up to 40 small letters, digits and hyphens, like north-coast.")
    if not name.strip() or len(name) > _NAME or not name.isprintable():
        raise DomainError(f"A name is one line of at most {_NAME} characters.")
    row = Collaborative.objects.filter(slug=slug).first() or Collaborative(slug=slug, home_id=home)
    taken = Collaborative.objects.filter(home_id=home).exclude(pk=row.pk).exists()
    if row.home_id != home or taken:
        raise DomainError(
            "One program is the center of one collaborative. Choose another program or address."
        )
    row.name = name.strip()
    row.save()
    return together_at(slug)


@transaction.atomic
def invite(*, together: Together, slug: str, by: Person, at: datetime) -> None:
    """Invite the program at an address; its desk is told that something waits.

    Raises `NotFound` for an address without a program, `DomainError` for a program that has ended, and for
    one that is invited already.
    """
    program = program_at(slug)
    if program.state == "retired":
        raise DomainError(_("This program has ended. Invite another one."))
    _member, made = Member.objects.get_or_create(collaborative_id=together.id, program_id=program.id)
    if not made:
        raise DomainError(_("This program is invited already, or takes part. Look for it in the list."))
    tell_desk(program=program.id, template=Template.TOGETHER, at=at)
    _record(by, "invite member", at)


@transaction.atomic
def invite_new(
    *, together: Together, text: str, email: str, by: Person, at: datetime, settled: int = 0
) -> str:
    """Make a program of a policy's text, a member from the start, and invite its first coordinator.

    Its form stays closed until its desk opens it. `settled`: the version of the model the text was made from.
    Gives the invitation's key. Raises `PolicyRefused`, and `DomainError` for an address that has a program
    and for a mail address that isn't one.
    """
    program = programs.begin(text=text, by=MADE_BY, day=today_of(together, at))
    Member.objects.create(
        collaborative_id=together.id, program_id=program, state=MemberState.JOINED, settled=settled
    )
    _record(by, "invite member", at)
    return inviting.invite(program_id=program, role=Role.COORDINATOR, email=email, by=by.account, at=at)


@transaction.atomic
def join(*, membership: Membership, by: Person, at: datetime) -> None:
    """Take part. Raises `DomainError` when the invitation was taken back."""
    if not Member.objects.filter(pk=membership.id, state=MemberState.INVITED).update(
        state=MemberState.JOINED
    ):
        raise _gone()
    program = program_by_id(membership.program)
    if program.state == "open":
        note_open_form(member=membership.id, day=local_day(at, program.policy))
    _record(by, "join collaborative", at)


@transaction.atomic
def set_aside(*, membership: Membership, by: Person, at: datetime) -> None:
    """Not now: the invitation goes, and nobody asks why. Raises `DomainError` when it was taken back."""
    if not Member.objects.filter(pk=membership.id, state=MemberState.INVITED).delete()[0]:
        raise _gone()
    _record(by, "set collaborative aside", at)


@transaction.atomic
def leave(*, membership: Membership, by: Person, at: datetime) -> None:
    """Take part no more. All that is kept of the member goes; what was released of all together stays."""
    booking.leave_lines(membership=membership, at=at)
    Member.objects.filter(pk=membership.id).delete()
    _record(by, "leave collaborative", at)


@transaction.atomic
def end(*, together: Together, program: str, by: Person, at: datetime) -> None:
    """Take an invitation back, or end a membership. Raises `NotFound` for a program that isn't in the list.

    A program that was made for the collaborative, never opened, and where nobody has said yes yet, goes
    altogether: its address is free again.
    """
    membership = membership_at(program_at(program).id, together.slug)
    booking.leave_lines(membership=membership, at=at)
    Member.objects.filter(pk=membership.id).delete()
    if not members.names_of(membership.program) and not _elsewhere(membership.program):
        _discard(membership.program, at)
    _record(by, "end member", at)


def _elsewhere(program_id: str) -> bool:
    here = Collaborative.objects.filter(home_id=program_id).exists()
    return here or Member.objects.filter(program_id=program_id).exists()


def _discard(program_id: str, at: datetime) -> None:
    waiting = [one.key for one in members.invitations(program_id, at.date())]
    if programs.discard_draft(program_id=program_id):
        for key in waiting:
            outbox.drop_person(handle=key)


def _gone() -> DomainError:
    return DomainError(_("This invitation was taken back, or answered already. Open the page again."))


def _record(by: Person, verb: str, at: datetime) -> None:
    log.record(program=by.program, actor=by.account, verb=verb, day=at.date())
