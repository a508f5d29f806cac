"""Inviting somebody to work in a program, and what comes of it. Who joins says yes themself (ruling D15)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts import actions as accounts
from touchbase.accounts import queries
from touchbase.accounts.actions import Accepted
from touchbase.accounts.queries import Member
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import DomainError
from touchbase.notifications import inviting, outbox
from touchbase.supporters import actions as supporters

# An operator is made at the machine itself, where the work of one is.
OFFERED = (Role.COORDINATOR, Role.BACKUP, Role.SUPPORTER, Role.LEADER)


@transaction.atomic
def invite(*, by: Member, role: Role, email: str, at: datetime) -> str:
    """Invite an address to a role, by mail where mail can be sent; return the invitation's key.

    Raises `DomainError` for an address that isn't one, a role that isn't given by pages, one that the person
    has, and one they may not have beside another.
    """
    if role not in OFFERED:
        raise DomainError(_("Choose one of the roles on the page."))
    address = email.strip().lower()
    if any(person.email == address for person in queries.staff(by.program, role, at.date())):
        raise DomainError(_("This person has the role here already."))
    return inviting.invite(program_id=by.program, role=role, email=email, by=by.account, at=at)


@transaction.atomic
def resend(*, invitation: str, by: Member, at: datetime) -> None:
    """Write again, and let the invitation hold for another week. Raises `NotFound`."""
    accounts.prolong_invitation(invitation=invitation, program_id=by.program, by=by.account, at=at)
    inviting.write(program_id=by.program, invitation=invitation, at=at)


@transaction.atomic
def withdraw(*, invitation: str, by: Member, at: datetime) -> None:
    """Take an invitation back, and what waits to be sent of it. Raises `NotFound`."""
    inviting.withdraw(program_id=by.program, invitation=invitation, by=by.account, at=at)


@transaction.atomic
def accept(*, token: str, name: str, profession: str, at: datetime) -> Accepted:
    """Join by a link. A supporter gets a first profile with it, so that their pages open at once.

    Raises `NotFound` when the link has ended, `DetailsUnclear` for a profession the program doesn't have,
    `DomainError` when the role can't be had.
    """
    invited = queries.invited(token, at.date())
    accepted = accounts.accept_invitation(token=token, name=name, at=at)
    if invited.role is Role.SUPPORTER:
        supporters.begin(membership=accepted.membership, profession=profession)
    outbox.drop_person(handle=invited.key)
    return accepted
