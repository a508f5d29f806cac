"""Inviting somebody to a role of a program: the invitation, its letter, and its link to hand over."""

from datetime import date, datetime

from django.conf import settings

from touchbase.accounts import actions as accounts
from touchbase.accounts import queries
from touchbase.accounts.roles import Role
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import Template
from touchbase.notifications.queries import can_send


def invite(*, program_id: str, role: Role, email: str, by: str, at: datetime) -> str:
    """Invite an address, by mail where mail can be sent; return the invitation's key. `by`: an account.

    Raises `DomainError` for an address that isn't one, and for a role it may not have beside another.
    """
    token = accounts.invite(program_id=program_id, role=role, email=email, at=at, by=by)
    key = queries.invited(token, at.date()).key
    write(program_id=program_id, invitation=key, at=at)
    return key


def write(*, program_id: str, invitation: str, at: datetime) -> None:
    """Have an invitation's letter sent, where mail can be."""
    if can_send():
        outbox.queue_invited(program_id=program_id, invitation=invitation, template=Template.JOIN, at=at)


def withdraw(*, program_id: str, invitation: str, by: str, at: datetime) -> None:
    """Take an invitation back, and what waits to be sent of it. Raises `NotFound`."""
    accounts.withdraw_invitation(invitation=invitation, program_id=program_id, by=by, at=at)
    outbox.drop_person(handle=invitation)


def link_of(token: str) -> str:
    """Where an invitation's link leads."""
    return f"{settings.SITE_ADDRESS}/account/invitation/{token}/"


def link_to_hand_over(invitation: str, today: date) -> str:
    """An invitation's link made anew, where no mail can be sent; the one before ends. Raises `NotFound`."""
    return link_of(accounts.new_link(invitation=invitation, today=today))
