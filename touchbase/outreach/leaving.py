"""A supporter who leaves: everything goes back in one press, and nobody is left waiting (ruling D5)."""

from datetime import datetime

from touchbase.accounts import actions as accounts
from touchbase.accounts.queries import Member
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
