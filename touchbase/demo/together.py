"""A collaborative around the statewide program, and how far each member has come."""

from datetime import datetime, timedelta

from touchbase.accounts.actions import add_member
from touchbase.accounts.queries import Member, member_of_membership, staff
from touchbase.accounts.roles import Role
from touchbase.collaborative import actions, offering, pooling, progressing
from touchbase.collaborative.progressing import Said
from touchbase.collaborative.queries import Membership, membership_at, today_of
from touchbase.collaborative.readiness import Item
from touchbase.demo import learning
from touchbase.demo.cast import faculty
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram, export

SLUG, NAME = "massachusetts", "Peer support in Massachusetts, together"
HOME = "betsy-lehman"
MADE_BY = "demo"  # who offers the model: the policy of the center's own program
INVITED = "shcp"  # hasn't answered yet
DAYS_AGO = 20  # when somebody saw that an item is there
# Of each member: what is there, and of what isn't who sees to it and what is next.
_STANDING = {
    "legacy": (
        (Item.ENDORSEMENT, Item.COORDINATOR, Item.TEAM),
        ((Item.SUPPORTERS, "faculty", "book-training"),),
    ),
    "lvhn": ((Item.ENDORSEMENT, Item.SUPPORTERS), ((Item.TEAM, "coordinator", "first-meeting"),)),
    "ohsu": (tuple(Item)[:-1], ()),
}


def fill(here: list[CurrentProgram], at: datetime) -> None:
    """Found it, and let the others join. Where the program of the center isn't there, nothing."""
    home = next((program for program in here if program.slug == HOME), None)
    if home is None:
        return
    together = actions.found(slug=SLUG, name=NAME, home=home.id)
    who = faculty()
    offering.offer(together=together, text=export(home.slug), by=MADE_BY, at=at)
    key = add_member(program_id=home.id, role=Role.FACULTY, email=who.email, name=who.name)
    leads, members = member_of_membership(key), list[Membership]()
    for program in here:
        if program is not home:
            actions.invite(together=together, slug=program.slug, by=leads, at=at)
            if program.slug != INVITED:
                members.append(_join(program, at))
    learning.fill(together=together, members=members, faculty=leads, at=at)
    pooling.release_due(collaborative=together.id, today=today_of(together, at))


def _join(program: CurrentProgram, at: datetime) -> Membership:
    by = _coordinator(program, at)
    membership = membership_at(program.id, SLUG)
    actions.join(membership=membership, by=by, at=at)
    day = local_day(at, program.policy) - timedelta(days=DAYS_AGO)
    there, ahead = _STANDING.get(program.slug, ((), ()))
    for item in there:
        progressing.note(membership=membership, said=Said(item, evident=day), by=by, at=at)
    for item, owner, step in ahead:
        progressing.note(membership=membership, said=Said(item, owner, step), by=by, at=at)
    return membership


def _coordinator(program: CurrentProgram, at: datetime) -> Member:
    return member_of_membership(staff(program.id, Role.COORDINATOR, at.date())[0].membership)
