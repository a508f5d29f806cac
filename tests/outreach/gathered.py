"""A list of people who came together, for tests: canaries first, then invented numbers."""

from random import Random

from tests.canary import FINCH, LINNET, WREN
from tests.factories.walking import NOON
from touchbase.kernel.ids import new_id
from touchbase.outreach import team
from touchbase.programs.policy import Channel
from touchbase.referrals.intake import Asking

ONCE = "B" * 32


def somebody(number, **changes):
    """One line of the list."""
    known = [FINCH, WREN, LINNET]
    if number < len(known):
        about = {"name": known[number].name, "contact": known[number].email, "channel": Channel.EMAIL}
    else:
        about = {"name": f"Lark {number}", "contact": f"+1503555{number:04d}", "channel": Channel.TEXT}
    return Asking(**(about | changes))


def came(here, n, *, at=NOON, batch="", **changes):
    """`n` people come in one list. Its batch."""
    batch = batch or new_id()
    team.receive(
        here=here, people=[somebody(each, **changes) for each in range(n)], once=ONCE, batch=batch, at=at
    )
    return batch


def same_order(_people):
    """A shuffle that changes nothing."""


def mixed(seed):
    """A shuffle that comes out the same."""
    return Random(seed).shuffle
