"""How people heard of a program in the demo: where it was presented, and its email list."""

from datetime import datetime, timedelta

from touchbase.accounts.queries import staff
from touchbase.accounts.roles import Role
from touchbase.awareness import presenting, subscribing
from touchbase.awareness.models import Subscriber
from touchbase.awareness.presentations import Given, Kind
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram

_GIVEN = (
    (9, Kind.GRAND_ROUNDS, 64),
    (41, Kind.ORIENTATION, 28),
    (97, Kind.HUDDLE, 7),
    (203, Kind.ONLINE, 31),
)
_READERS = 13


def fill(here: CurrentProgram, at: datetime) -> None:
    """Give a program its presentations and, where it has one, its list, by the same actions as in life."""
    by, today = staff(here.id, Role.COORDINATOR, at.date())[0].account, local_day(at, here.policy)
    for days, kind, heads in _GIVEN:
        given = Given(today - timedelta(days=days), kind, heads)
        presenting.enter(program_id=here.id, given=given, by=by, today=today)
    if here.policy.news.mailed:
        _subscribe(here, at)


def _subscribe(here: CurrentProgram, at: datetime) -> None:
    for number in range(_READERS):
        address = f"reader{number}@{here.slug}.example.org"
        subscribing.ask(program_id=here.id, address=address, at=at)
    for key in Subscriber.objects.filter(program_id=here.id).values_list("id", flat=True):
        subscribing.confirm(key=key, at=at)
