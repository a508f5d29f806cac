"""Whatever can be saved as a file names nobody who was reached: in its bytes and as it is read.

The files are found on a walk over all addresses, as each who may open them, so a new one is looked into by
itself. A module that makes files of which none is reached on the walk fails it: give the walk what it lacks.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
import time_machine

from tests.architecture.walker import Answer, Expected, addresses, walk
from tests.awareness.conftest import MAILED
from tests.canary import FINCH, sung_in
from tests.collaborative.crowds import counts as several
from tests.collaborative.crowds import days_after, joined, released
from tests.collaborative.offers import make_event, make_session
from tests.factories import papers
from tests.factories.browsers import new_browser, sign_in
from tests.factories.collaboratives import make_member
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import HOUR, MINUTE, NOON, Walk
from tests.outreach.gathered import came
from tests.supporters.rosters import KEPT
from tests.utilization.crowd import counted
from tests.utilization.crowd import people as crowd
from touchbase.accounts.roles import Role
from touchbase.awareness import presenting
from touchbase.awareness.presentations import Given, Kind
from touchbase.collaborative import offering, pooling
from touchbase.collaborative.queries import Together
from touchbase.kernel import calendars
from touchbase.kernel.occasion import Kind as Counts
from touchbase.kernel.occasion import Way
from touchbase.referrals.lifecycle import State
from touchbase.supporters import certificate, meeting, training
from touchbase.supporters.models import Supporter
from touchbase.supporters.occasions import Circle, Gathering, Session, Teacher, Topic
from touchbase.supporters.standing import Needs
from touchbase.supporters.trainings import Learner
from touchbase.utilization import actions as counting

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

LOOKED_AT = NOON + 5 * HOUR + MINUTE  # a minute after the last step there is; a close can still be undone
DAY = NOON.date()
SESSION = Session(Counts.TRAINING, Way.ON_SITE, DAY, time(17), Decimal(2), "Room 2", 9, Teacher.FACULTY)
GATHERING = Gathering(Circle.SUPPORTERS, DAY, time(17), 60, "Room 2", (Topic.CARE,))
ROLES = {
    "coordinator": {Role.COORDINATOR},
    "supporter": {Role.SUPPORTER},
    "leader": {Role.LEADER},
    "operator": {Role.OPERATOR},
    "faculty": {Role.FACULTY},
    "stranger": None,
}
# Found at least. What else is found is looked into as well.
FILES = {
    "coordinator:handout": "application/pdf",
    "coordinator:meeting_calendar": "text/calendar",
    "coordinator:model_file": "text/plain",
    "coordinator:pack_file": "application/pdf",
    "coordinator:pooled_file": "text/csv",
    "coordinator:settings_file": "text/plain",
    "coordinator:together_event_calendar": "text/calendar",
    "coordinator:together_session_calendar": "text/calendar",
    "faculty:event_calendar": "text/calendar",
    "faculty:model_file": "text/plain",
    "faculty:numbers_release_file": "text/csv",
    "faculty:session_calendar": "text/calendar",
    "leadership:file": "text/csv",
    "leadership:release_file": "text/csv",
    "leadership:release_sheet": "application/pdf",
    "leadership:sheet": "application/pdf",
    "supporter:certificate": "application/pdf",
    "supporter:meeting_calendar": "text/calendar",
    "supporter:training_calendar": "text/calendar",
}
MAKES_FILES = re.compile(r"Content-Disposition|FileResponse|calendar_answer\(|(session|event)_file\(")


@pytest.fixture
def here():
    """A program with a roster and an email list: with everything there is to look at."""
    return make_program(policy_text(roster=KEPT) + MAILED.removeprefix(policy_text()))


@pytest.fixture
def given(here, people, together, settings) -> Iterator[dict[str, str]]:
    """A canary in every state, something of everything else, and a value for each name in an address."""
    settings.SMTP_ADDRESS, settings.SITE_ADDRESS = "smtp://mail.example.org:25", "http://testserver"
    Supporter.objects.update(limit=3)
    other = replace(people, supporter=people.other_supporter)  # nobody is asked for more than three at once
    early = {State.RECEIVED, State.MATCHED, State.ACCEPTED, State.INVITED}
    handles = {state: Walk(here, people if state in early else other).to(state) for state in State}
    counts = counted([*crowd(20, answer="not-now"), *crowd(14, source="team")])
    counting.add(program_id=here.id, batch="b", half_year="2025-H2", counts=counts)
    counting.release_due(program_id=here.id, today=date(2026, 1, 2), floor=11, headcounts={})
    heard = Given(DAY, Kind.HUDDLE, 12)
    make_member(together, here)
    values = {
        "program": here.slug,
        "handle": handles[State.ACCEPTED],
        "half_year": "2025-H2",
        "training": training.plan(program_id=here.id, session=SESSION, by="dana", at=NOON),
        "meeting": meeting.plan(program_id=here.id, gathering=GATHERING, by="dana", at=NOON),
        "presentation": presenting.enter(program_id=here.id, given=heard, by="dana", today=DAY),
        "batch": came(here, 3),
        "person": people.supporter.account.id,
        "day": DAY.isoformat(),
        "handout": "card",
        "paper": "a4",
        "passkey": "1",
        **of_all_together(together),
    }
    with time_machine.travel(LOOKED_AT, tick=False):
        # Where nothing is given an address is asked for that isn't there.
        yield {name: "x1" for address in addresses() for name in address.values} | values


def of_all_together(together: Together) -> dict[str, str]:
    """What the members of a collaborative share, one of each; what three of them released is pooled."""
    for n, slug in enumerate(("cape", "dune", "fen")):
        released(joined(together, slug), "2025-H2", several(30 + n, colleague=14))
    assert pooling.release_due(collaborative=together.id, today=days_after("2025-H2", 9))
    offering.offer(together=together, text=policy_text("model"), by="noor", at=NOON)
    return {
        "collaborative": together.slug,
        "version": "1",
        "session": make_session(together, NOON).id,
        "event": make_event(together, NOON).id,
    }


def answers(people, given) -> Iterator[Answer]:
    """What everybody gets at every address they may open."""
    for part, roles in ROLES.items():
        person = getattr(people, part)
        browser = sign_in(new_browser(), person.account) if person else new_browser()
        yield from walk(browser, roles, given=given, methods=("GET",), only=(Expected.OPEN,))


def kind_of(answer: Answer) -> str:
    return answer.headers["Content-Type"].partition(";")[0]


def is_file(answer: Answer) -> bool:
    """Whether it is there to be saved, or is anything but a page or its style."""
    return "Content-Disposition" in answer.headers or kind_of(answer) not in {"text/html", "text/css"}


def file_makers() -> set[str]:
    """The modules of views that make something to save."""
    modules = {address.module for address in addresses()}
    return {each for each in modules if MAKES_FILES.search(inspect.getsource(sys.modules[each]))}


def answered(body: bytes, kind: str, **headers: str) -> Answer:
    """An answer as it would come from an address."""
    address = addresses()[0]
    return Answer(address, "/x/", "GET", Expected.OPEN, 200, "", body, {"Content-Type": kind} | headers)


def named_in(answer: Answer) -> list[str]:
    """Where a file names a canary: in its bytes, as its readers show it, in a header, in its address."""
    kind = answer.headers["Content-Type"].partition(";")[0]
    parts = {
        "bytes": answer.body,
        "headers": "\n".join(f"{name}: {value}" for name, value in answer.headers.items()).encode(),
        "address": answer.path.encode(),
    }
    if kind == "application/pdf":
        parts |= {
            "streams": papers.unpacked(answer.body),
            "text": "\n".join([*papers.texts(answer.body), *papers.feet(answer.body)]).encode(),
        }
    if kind == "text/calendar":
        parts["lines"] = re.sub(rb"\r?\n[ \t]", b"", answer.body)  # long lines are folded (RFC 5545, 3.1)
    return [f"{answer.path}, {part}" for part, data in parts.items() if sung_in(data)]


def test_no_file_names_anybody_in_whatever_state(people, given):
    saved = [answer for answer in answers(people, given) if answer.status == 200 and is_file(answer)]
    assert {(answer.address.name, kind_of(answer)) for answer in saved} >= set(FILES.items())
    assert file_makers() - {answer.address.module for answer in saved} == set()
    assert [place for answer in saved for place in named_in(answer)] == []


@pytest.mark.parametrize("name", [FINCH.name, FINCH.email])
def test_a_name_is_seen_in_each_kind_of_file(here, name):
    learner = Learner("m", name, Decimal(4), Needs.NOTHING, date(2026, 5, 1), None)
    words = certificate.certificate_of(learner, here.policy, month="May 2026")
    zone, length = here.policy.zone, timedelta(hours=1)
    event = calendars.calendar_file(
        key="k", day=DAY, begins=time(9), length=length, place="x" * 55 + name, title="t", zone=zone, at=NOON
    )
    seen = [
        [place.rpartition(", ")[2] for place in named_in(answered(file, kind))]
        for file, kind in (
            (certificate.pdf(words), "application/pdf"),
            (event, "text/calendar; charset=utf-8"),
            (name.encode(), "text/csv"),
        )
    ]
    assert seen == [["text"], ["lines"], ["bytes"]]


def test_a_name_is_seen_in_the_name_of_a_file():
    header = {"Content-Disposition": f'attachment; filename="{FINCH.email}.pdf"'}
    assert named_in(answered(b"", "text/plain", **header)) == ["/x/, headers"]
