"""The demo's rosters: made for two or three weeks, with nobody on Saturday and a swap that waits."""

from datetime import date, datetime, timedelta

from touchbase.accounts.queries import member_of_membership, staff
from touchbase.accounts.roles import Role
from touchbase.demo.cast import volunteers
from touchbase.programs.hours import local_day
from touchbase.programs.policy import RosterKept
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters import duties, rostering

FILLED = 16  # days, or three of weeks
_SATURDAY = 5


def fill(here: CurrentProgram, at: datetime) -> None:
    """Publish a roster with a gap, where the program keeps one."""
    if not here.policy.roster.is_kept:
        return
    today = local_day(at, here.policy)
    whole, known = duties.ahead(here.id, here.policy, today)
    keys = sorted(known.people, key=lambda key: known.names[key])
    chosen = {
        one.slot.first: (
            keys[place % len(keys)],
            keys[(place + 5) % len(keys)] if here.policy.roster.second else "",
        )
        for place, one in enumerate(whole[: FILLED if here.policy.roster.kept is RosterKept.DAYS else 3])
        if one.slot.first != _gap(whole[0].slot.first, today)
    }
    coordinator = member_of_membership(staff(here.id, Role.COORDINATOR, today)[0].membership)
    rostering.publish(here=here, chosen=chosen, by=coordinator, at=at)
    _swap(here, at, known)


def _gap(first: date, today: date) -> date:
    """The next Saturday after today; of weeks, the second."""
    if first != today and first.weekday() == 0:
        return first + timedelta(days=7)
    return today + timedelta(days=(_SATURDAY - today.weekday()) % 7 or 7)


def _swap(here: CurrentProgram, at: datetime, known: duties.Crowd) -> None:
    """One supporter can't make a day and has asked the first of the cast."""
    today, cast = local_day(at, here.policy), volunteers(here.policy)[0].name
    asked = next(key for key, name in known.names.items() if name == cast)
    found = [
        (offer, mine.slot.first)
        for mine in duties.mine(asked, here.id, here.policy, today)
        for offer in duties.offers(asked, mine.slot.first, here.id, here.policy, today)
    ]
    for offer, takes in found[:1]:
        rostering.ask_swap(
            here=here, asker=offer.key, gives=offer.takes.first, asked=asked, takes=takes, at=at
        )
