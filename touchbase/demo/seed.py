"""Filling an installation with the demo: five programs, their people, and referrals at every step.

Everything goes through the same actions as in a real program, at times in the past, in the order of time.
Of those before them only sums are left.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from touchbase.accounts.actions import add_member
from touchbase.accounts.queries import Member, member_of_membership, staff
from touchbase.accounts.roles import Role
from touchbase.demo import heard, past, rosters, together, year
from touchbase.demo.cast import (
    ASKERS,
    TOGETHER,
    TOGETHER_HOURS_AGO,
    Asker,
    Volunteer,
    contact_of,
    desk,
    volunteers,
)
from touchbase.kernel.ids import new_id
from touchbase.outreach import actions, answers, contacts, conversations, team
from touchbase.outreach.queries import for_supporter, ranking
from touchbase.programs import actions as programs
from touchbase.programs.hours import local_day
from touchbase.programs.policy import Channel, SendBy
from touchbase.programs.queries import CurrentProgram, all_programs, program_at
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Answer, Knows, Source
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener
from touchbase.supporters import actions as supporters
from touchbase.vault import generations

# A whole board in one program; the others show a day with few people, one of them with nobody at all.
FULL = 0
EMPTY = 4
TOLD_US = "+15035550199"  # of whoever asked for a colleague
TEAM = 3  # where several came in one list


def seed(*, folder: Path, at: datetime) -> int:
    """Apply every policy file of a folder and people it. Does nothing where programs are already there."""
    if all_programs():
        return 0
    files = sorted(folder.glob("*.toml"))
    for file in files:
        programs.apply(text=file.read_text(), file=file.name, by="demo", day=at.date())
    here = [program_at(file.stem) for file in files]
    for number, program in enumerate(here):
        past.count(program, number, local_day(at, program.policy))
        _people(program, at)
        rosters.fill(program, at)
        year.fill(program, at)
        heard.fill(program, at)
    for asker, program, number in _in_order(here):
        _ask(program, asker, number, at)
    if len(here) > TEAM:
        _together(here[TEAM], at - timedelta(hours=TOGETHER_HOURS_AGO))
    together.fill(here, at)
    # As an operator of a real installation does; here the keys, too, are of nobody real.
    generations.attest(on=at.date(), at=at)
    return len(files)


def _in_order(here: list[CurrentProgram]) -> list[tuple[Asker, CurrentProgram, int]]:
    """Who asks where, the longest ago first, as it would have happened."""
    found = [
        (asker, program, number * 16 + place)
        for number, program in enumerate(here)
        for place, asker in enumerate(_askers(number))
    ]
    return sorted(found, key=lambda each: -each[0].hours_ago)


def _askers(number: int) -> tuple[Asker, ...]:
    if number == EMPTY:
        return ()
    return ASKERS if number == FULL else ASKERS[number : number + 3]


def _people(here: CurrentProgram, at: datetime) -> None:
    for role, person in desk(here.policy).items():
        add_member(program_id=here.id, role=Role(role), email=person.email, name=person.name)
    for volunteer in volunteers(here.policy):
        _volunteer(here, volunteer, at)


def _volunteer(here: CurrentProgram, person: Volunteer, at: datetime) -> None:
    membership = add_member(program_id=here.id, role=Role.SUPPORTER, email=person.email, name=person.name)
    month = date(at.year, at.month, 1)
    supporters.create(
        membership=membership,
        profession=person.profession,
        stage=person.stage,
        department=person.department,
        site=person.site,
        title=person.title,
        phone=person.phone,
        own_words=person.own_words,
        languages=list(person.languages),
        topics=dict.fromkeys(person.topics, "public" if person.shown_topics else "matching"),
        public=here.policy.offers("directory") and person.listed,
        contact_public=person.phone,
        days=list(person.days),
        nights=person.nights,
        parts_of_week=list(person.times),
        channels=[channel.value for channel in here.policy.contact.channels],
        limit=person.limit,
        trained_month=month if person.trained else None,
        refresher_month=month if person.trained else None,
    )


def _ask(here: CurrentProgram, asker: Asker, number: int, now: datetime) -> None:
    at = now - timedelta(hours=asker.hours_ago)
    lists = here.policy.eligibility
    asking = Asking(
        name=asker.name,
        channel=asker.channel,
        contact=contact_of(asker, number),
        times=tuple(option.key for option in here.policy.contact.times[:1]),
        profession=lists.professions[number % len(lists.professions)].key,
        department=lists.departments[number % len(lists.departments)].key if lists.departments else "",
        site="",
        knows=Knows.NOT_YET if asker.by_colleague else None,
        referrer_contact=TOLD_US if asker.by_colleague else "",
    )
    source = Source.COLLEAGUE if asker.by_colleague else Source.SELF
    received = actions.receive(here=here, asking=asking, once="", at=at, source=source)
    handle = referrals.handle_of_link(received.link.rstrip("/").rsplit("/", 1)[1], at=at)
    _FATES.get(asker.fate, _waits)(here, handle, at)


def _together(here: CurrentProgram, at: datetime) -> None:
    department = here.policy.options("department")
    people = [
        Asking(
            name=name,
            channel=Channel.EMAIL,
            contact=f"{name.split()[0].lower()}@example.org",
            department=department[0].key if department else "",
        )
        for name in TOGETHER
    ]
    team.receive(here=here, people=people, once="", batch=new_id(), at=at)


def _waits(here: CurrentProgram, handle: str, at: datetime) -> None:
    """Nothing more happened."""


def _asked(here: CurrentProgram, handle: str, at: datetime) -> Member:
    held = referrals.working(handle, opener=Opener("", Actor.CLOCK, at))
    best = ranking(held, at=at).top[0].key
    coordinator = member_of_membership(_coordinator(here, at))
    actions.ask(handle=handle, supporter=best, by=coordinator, at=at + timedelta(hours=1))
    return member_of_membership(best)


def _coordinator(here: CurrentProgram, at: datetime) -> str:
    return staff(here.id, Role.COORDINATOR, at.date())[0].membership


def _passed(here: CurrentProgram, handle: str, at: datetime) -> None:
    actions.pass_on(handle=handle, by=_asked(here, handle, at), at=at + timedelta(hours=2))


def _accepted(here: CurrentProgram, handle: str, at: datetime) -> Member:
    peer = _asked(here, handle, at)
    actions.accept(handle=handle, by=peer, at=at + timedelta(hours=3))
    return peer


def _invited(here: CurrentProgram, handle: str, at: datetime) -> Member:
    peer = _accepted(here, handle, at)
    actions.touch(handle=handle, by=peer, at=at + timedelta(hours=5), how=SendBy.PEER)
    return peer


def _wrong_contact(here: CurrentProgram, handle: str, at: datetime) -> None:
    peer = _accepted(here, handle, at)
    contacts.contact_failed(handle=handle, by=peer, at=at + timedelta(hours=4))


def _talking(here: CurrentProgram, handle: str, at: datetime) -> None:
    peer = _invited(here, handle, at)
    moment = at + timedelta(hours=9)
    conversations.answered(handle=handle, by=peer, said=Answer.YES, at=moment)


def _not_now(here: CurrentProgram, handle: str, at: datetime) -> None:
    peer = _invited(here, handle, at)
    moment = at + timedelta(hours=9)
    held = for_supporter(handle, by=peer, at=moment)
    answers.answer(held=held, said=Answer.NOT_NOW, by=Actor.RECIPIENT, at=moment)


_FATES: Mapping[str, Callable[[CurrentProgram, str, datetime], object]] = {
    "asked": _asked,
    "passed": _passed,
    "accepted": _accepted,
    "invited": _invited,
    "talking": _talking,
    "not-now": _not_now,
    "wrong-contact": _wrong_contact,
}
