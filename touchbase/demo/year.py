"""A supporter's year in the demo: who was named, trainings, meetings, and somebody who asks to talk."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from touchbase.accounts.queries import Staff, staff
from touchbase.accounts.roles import Role
from touchbase.kernel.occasion import Kind, Way
from touchbase.outreach import caring, naming
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters import care, meeting, nominating, nominations, training
from touchbase.supporters.naming import Named
from touchbase.supporters.occasions import Circle, Gathering, Said, Session, Teacher, Topic

_NAMED = (("Bo Sample", 3), ("Ida Sample", 1))  # and how often
_DAY = timedelta(days=1)


def fill(here: CurrentProgram, at: datetime) -> None:
    """Give a program its year, by the same actions as in life."""
    by = staff(here.id, Role.COORDINATOR, at.date())[0].account
    people = staff(here.id, Role.SUPPORTER, at.date())
    _nominations(here, by, at)
    _trainings(here, by, people, at)
    _meetings(here, by, at)
    care.choose_lead(membership=people[1].membership, program_id=here.id, leads=True)
    caring.ask(program_id=here.id, membership=people[2].membership, at=at)


def _nominations(here: CurrentProgram, by: str, at: datetime) -> None:
    for name, times in _NAMED:
        for _time in range(times):
            naming.name(program_id=here.id, named=Named(name, _address(name, here)), at=at)
    own = Named("Gus Sample", _address("Gus Sample", here), by_themself=True)
    naming.name(program_id=here.id, named=own, at=at)
    second = next(one for one in nominations.waiting(here.id, at.date()) if one.name == "Ida Sample")
    nominating.invite(nomination=second.id, program_id=here.id, by=by, at=at)


def _address(name: str, here: CurrentProgram) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@{here.slug}.example.org"


def _trainings(here: CurrentProgram, by: str, people: list[Staff], at: datetime) -> None:
    before = at - 40 * _DAY
    past = training.plan(program_id=here.id, session=_session(here, before, 1), by=by, at=before)
    came = [one.membership for one in people[:6]]
    training.tick(training=past, program_id=here.id, came=came, by=by, at=before)
    ahead = training.plan(program_id=here.id, session=_session(here, at, 16), by=by, at=at)
    training.invite(training=ahead, program_id=here.id, by=by, at=at)
    today = local_day(at, here.policy)
    for one in people[:2]:
        training.answer(training=ahead, membership=one.membership, said=Said.COMING, today=today)


def _session(here: CurrentProgram, at: datetime, days: int) -> Session:
    return Session(
        kind=Kind.TRAINING,
        way=Way.ON_SITE if days > 1 else Way.ONLINE,
        day=local_day(at, here.policy) + (days if days > 1 else 0) * _DAY,
        begins=time(17, 30),
        hours=Decimal(4 if days > 1 else 2),
        place="Room 2, east building" if days > 1 else "Online room 1",
        seats=12,
        teacher=Teacher.FACULTY,
    )


def _meetings(here: CurrentProgram, by: str, at: datetime) -> None:
    before = at - 62 * _DAY
    past = meeting.plan(program_id=here.id, gathering=_gathering(here, before, Circle.TEAM), by=by, at=before)
    meeting.held(meeting=past, program_id=here.id, came=7, at=before)
    for circle in Circle:
        planned = _gathering(here, at + 20 * _DAY, circle)
        meeting.plan(program_id=here.id, gathering=planned, by=by, at=at)


def _gathering(here: CurrentProgram, at: datetime, circle: Circle) -> Gathering:
    team = circle is Circle.TEAM
    return Gathering(
        circle=circle,
        day=local_day(at, here.policy),
        begins=time(12, 15) if team else time(17, 0),
        minutes=45 if team else 90,
        place="Library, small room",
        topics=(Topic.REACH, Topic.NUMBERS) if team else (Topic.CARE, Topic.SKILLS, Topic.RESOURCES),
    )
