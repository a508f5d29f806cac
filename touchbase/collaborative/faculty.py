"""Who leads a collaborative: members with the role faculty of the program at its center."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts import actions as accounts
from touchbase.accounts import queries
from touchbase.accounts.queries import Member, Staff, Waiting
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications import inviting


def faculty_of(home: str, at: datetime) -> list[Staff]:
    """Everybody who leads the collaborative around a program, by name."""
    return queries.staff(home, Role.FACULTY, at.date())


def invited_to(home: str, at: datetime) -> list[Waiting]:
    """Whoever is invited to lead it, and hasn't said yes."""
    return [one for one in queries.invitations(home, at.date()) if one.role is Role.FACULTY]


@transaction.atomic
def invite(*, by: Member, email: str, at: datetime) -> str:
    """Invite an address to lead the collaborative with whoever invites; give the invitation's key.

    Raises `DomainError` for an address that isn't one, and for somebody who leads it already.
    """
    if any(one.email == email.strip().lower() for one in faculty_of(by.program, at)):
        raise DomainError(_("This person has the role here already."))
    return inviting.invite(program_id=by.program, role=Role.FACULTY, email=email, by=by.account, at=at)


@transaction.atomic
def withdraw(*, invitation: str, by: Member, at: datetime) -> None:
    """Take an invitation to lead back. Raises `NotFound` for any other."""
    if invitation not in {one.key for one in invited_to(by.program, at)}:
        raise NotFound(_("There is nothing at this address."))
    inviting.withdraw(program_id=by.program, invitation=invitation, by=by.account, at=at)


@transaction.atomic
def end(*, membership: str, by: Member, at: datetime) -> None:
    """Let somebody lead no more. Raises `NotFound`, and `DomainError` for the only one who leads."""
    if membership not in {one.membership for one in faculty_of(by.program, at)}:
        raise NotFound(_("There is nothing at this address."))
    accounts.leave(membership=membership)
    log.record(program=by.program, actor=by.account, verb="end role", day=at.date())
