"""A supporter who leaves: everything goes back in one press, and nobody is left waiting (ruling D5)."""

from datetime import datetime

from django.utils.translation import gettext as _

from touchbase.accounts import actions as accounts
from touchbase.accounts import queries as members
from touchbase.accounts.queries import Member
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import NotFound
from touchbase.outreach import actions, queries
from touchbase.referrals.lifecycle import State


def hand_everything_back(*, by: Member, at: datetime) -> int:
    """Pass what was asked and hand back what was taken on; how many that were.

    Each is a step of its own: what somebody else moves in the same moment doesn't keep the others.
    """
    held = queries.asks(by=by, at=at)
    for each in held:
        give = actions.pass_on if each.state is State.MATCHED else actions.hand_back
        give(handle=each.handle, by=by, at=at)
    return len(held)


def leave(*, by: Member, at: datetime) -> None:
    """Stop being a supporter here, after handing everything back. The profile goes with the role.

    Raises `NotFound` for somebody who isn't a supporter here.
    """
    hand_everything_back(by=by, at=at)
    accounts.leave(membership=by.supporter)


def end_role(*, account: str, role: Role, by: Member, at: datetime) -> Member:
    """Take a role from somebody who works here; return who they were.

    A supporter hands everything back first; their profile goes with the role. Raises `NotFound` for a role
    they don't have, and `DomainError` for a program's only coordinator.
    """
    who = members.member_at(account, by.program)
    if role not in who.ids:
        raise NotFound(_("This person is not in the program any more."))
    if role is Role.SUPPORTER:
        hand_everything_back(by=who, at=at)
    accounts.leave(membership=who.ids[role])
    log.record(program=by.program, actor=by.account, verb="end role", day=at.date())
    return who


def put_back(*, name: str, email: str, role: Role, by: Member, at: datetime) -> None:
    """Give a role back that was ended a moment ago. Raises `DomainError` for roles that stay apart."""
    accounts.add_member(program_id=by.program, role=role, email=email, name=name)
    log.record(program=by.program, actor=by.account, verb="give role", day=at.date())
