"""The quarterly pack: released counts cell by cell, the program's own counts, and nothing about a person."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.awareness.conftest import MAILED
from tests.factories import papers
from tests.factories.people import make_supporter
from tests.factories.programs import make_program, policy_text
from tests.supporters.rosters import KEPT
from tests.utilization.crowd import counted
from tests.utilization.crowd import people as crowd
from tests.web.public.asking import words
from touchbase.awareness import presenting
from touchbase.awareness.presentations import Given, Kind
from touchbase.kernel.occasion import Kind as Counts
from touchbase.kernel.occasion import Way
from touchbase.supporters import training
from touchbase.supporters.occasions import Session, Teacher
from touchbase.utilization import actions, figures, queries
from touchbase.utilization.models import Counter, Flush, Release

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PACK = "/harbor/desk/pack/"
TALKED = {"match_hours": 3.0, "touch_hours": 9.0, "talks": (("phone", "up to 15"),)}
ANSWERS = {("feedback-reach", "yes"): 34, ("feedback-reach", "some"): 3, ("feedback-help", "yes"): 9}
WINTER = date(2026, 2, 3)  # in the quarter before noon's


@pytest.fixture
def desk(people, visitor_of, noon):
    """The coordinator's browser, on May 11, 2026."""
    return visitor_of(people.coordinator.account)


def release(here, *crowds, answers=()):
    """The second half of 2025, released."""
    facts = [person for one in crowds for person in one]
    counts = counted(facts) | dict(answers)
    actions.add(program_id=here.id, batch="b", half_year="2025-H2", counts=counts)
    actions.release_due(program_id=here.id, today=date(2026, 1, 2), floor=11, headcounts={})


def sheet(desk) -> bytes:
    answer = desk.get(f"{PACK}pdf/")
    assert answer.status_code == 200
    return bytes(answer.content)


def rows(desk) -> list[list[str]]:
    """The rows of all tables, without their heads."""
    heads = {"Group", "Roster", "Supporters", "Training", "Kind", "Before whom"}
    return [row for row in papers.tables(sheet(desk)) if row[0] not in heads or not row[1].isalpha()]


def held(here, people, noon) -> None:
    """A training in February at which both supporters were, and a refresher that is planned."""
    session = Session(Counts.TRAINING, Way.ON_SITE, WINTER, time(9), Decimal(4), "Room 2", 9, Teacher.FACULTY)
    key = training.plan(program_id=here.id, session=session, by="dana", at=noon)
    came = [people.supporter.member.supporter, people.other_supporter.member.supporter]
    training.tick(training=key, program_id=here.id, came=came, by="dana", at=noon)
    ahead = Session(
        Counts.REFRESHER, Way.ONLINE, date(2026, 6, 3), time(9), Decimal(1), "Room 2", 30, Teacher.OUTSIDE
    )
    training.plan(program_id=here.id, session=ahead, by="dana", at=noon)


def presented(here, day: date, heads: int, kind: Kind = Kind.HUDDLE) -> None:
    presenting.enter(program_id=here.id, given=Given(day, kind, heads), by="dana", today=day)


def test_before_the_first_release_it_says_so_and_has_all_that_is_the_programs_own(here, people, desk, noon):
    held(here, people, noon)
    said = papers.texts(sheet(desk))
    counts, answers = (text for text in said if text.startswith("Nothing to show yet."))
    assert counts == (
        "Nothing to show yet. Numbers appear when at least 11 people have reached out in half-years that are "
        "over; that protects them."
    )
    assert answers == "Nothing to show yet. Answers are shown from 11 on."
    assert rows(desk) == [
        ["Trained", "2"],
        ["Trained, refresher due within two months", "0"],
        ["Refresher overdue, not asked until it is done", "0"],
        ["Not trained yet", "0"],
        ["Training", "1", "2"],
        ["Refresher", "0", "0"],
        ["Training", "0", "0"],
        ["Refresher", "1", "30"],
    ]
    assert "What these numbers mean" not in said


def test_every_number_of_people_who_were_reached_is_a_line_of_the_release(here, people, desk):
    release(
        here, crowd(20, **TALKED), crowd(14, source="team"), crowd(4, source="colleague"), answers=ANSWERS
    )
    lines = figures.lines(figures.page_of(queries.release_of(here.id, "2025-H2").sheet))
    own = 8  # rows of training, held by the test above
    found = rows(desk)
    released = [row for row in found if len(row) == 3 and (row[2].endswith("%") or not row[2].isdigit())]
    assert sorted(released) == sorted(list(line[1:]) for line in lines[2:])
    assert len(found) == len(released) + own
    assert ["After a team event", "not shown", ""] in released
    assert ["Some", "fewer than 11", ""] in released
    said = papers.texts(sheet(desk))
    assert "38 people reached out between July and December 2025." in said
    assert said.index("Feedback") < said.index("Feedback: was it easy to reach someone?")


def test_two_packs_that_show_the_same_are_the_same_bytes_whatever_is_hidden(here, people, desk):
    def pack(few: int) -> bytes:
        Release.objects.all().delete()
        Counter.objects.all().delete()
        Flush.objects.all().delete()
        release(here, crowd(20, **TALKED), crowd(few, source="colleague"), crowd(40 - few, source="team"))
        return sheet(desk)

    assert pack(4) == pack(9)
    assert pack(4) != pack(14)


def test_reach_has_presentations_of_the_quarter_and_who_of_a_team_was_offered_a_peer(here, people, desk):
    release(here, crowd(20, source="team", **TALKED), crowd(20, source="team"))
    for day, heads in ((date(2025, 12, 31), 400), (date(2026, 1, 1), 12), (date(2026, 3, 31), 30)):
        presented(here, day, heads)
    presented(here, WINTER, 25, Kind.ORIENTATION)
    presented(here, date(2026, 4, 1), 500)
    said = papers.texts(sheet(desk))
    found = rows(desk)
    assert ["Orientation", "1", "25"] in found
    assert ["Huddle on a ward", "2", "42"] in found
    assert "3 presentations, 67 heard them." in said
    after = said[said.index("Reach") :]
    assert after.index("Teams: who was offered a peer") < after.index("Feedback")
    assert [text for text in said if "No presentation" in text] == []


def test_without_presentations_it_says_so_and_of_the_list_only_what_the_desk_may_read(here, people, desk):
    assert "No presentation is noted in these months." in papers.texts(sheet(desk))
    make_program(MAILED)
    assert "Nobody is on the list yet." in papers.texts(sheet(desk))


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (KEPT, "Somebody is first to call on 0 of 91 days."),
        (KEPT.replace('"days"', '"weeks"'), "Somebody is first to call in 0 of 13 weeks."),
    ],
)
def test_the_roster_stands_in_it_where_one_is_kept(here, people, desk, kept, said):
    assert "Roster" not in papers.texts(sheet(desk))
    make_program(policy_text(roster=kept))
    found = papers.texts(sheet(desk))
    assert (said in found, "0 supporters have a place in it." in found) == (True, True)
    assert ["Trained, and could be called", "2"] in rows(desk)


def test_the_page_shows_what_the_paper_says(here, people, desk):
    release(here, crowd(20, **TALKED), crowd(14, source="team"), answers=ANSWERS)
    page = words(desk.get(PACK))
    organization, title, when, *rest = papers.texts(sheet(desk))
    assert (organization, title) == ("Harbor Peer Support, Harbor Hospital", "Quarterly pack")
    # What a number means is two parts on the page, and one with a mark between them on paper.
    texts = [when, *rest]
    assert [text for text in texts if text not in page and text.replace(". ", " ", 1) not in page] == []
    assert papers.feet(sheet(desk)) == [
        f"Harbor Peer Support, quarterly pack, January to March 2026 {n} / 2" for n in (1, 2)
    ]


def test_the_file_is_named_after_program_and_quarter(people, desk):
    answer = desk.get(f"{PACK}pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="harbor-pack-2026-Q1.pdf"'
    assert answer.content == sheet(desk)


def test_it_names_nobody_and_no_place(here, people, desk, noon):
    held(here, people, noon)
    said = " ".join(papers.texts(sheet(desk)))
    names = [person.account.name for _part, person in people.everyone() if person]
    assert [name for name in [*names, "Room 2"] if name in said] == []


def test_the_desk_alone_makes_it(here, people, visitor_of, noon):
    answers = {
        part: [visitor_of(person.account).get(f"{PACK}{page}").status_code for page in ("", "pdf/")]
        for part, person in people.everyone()
        if person is not None
    }
    assert {part for part, found in answers.items() if found == [200, 200]} == {"coordinator", "backup"}
    assert {tuple(found) for part, found in answers.items()} == {(200, 200), (404, 404)}


def test_it_is_found_from_meetings_and_outreach(desk):
    pages = [desk.get(f"/harbor/desk/{page}/").content.decode() for page in ("meetings", "outreach")]
    assert [page.count(f'href="{PACK}"') for page in pages] == [1, 1]


def test_it_costs_no_more_queries_for_twenty_supporters_and_sessions(here, people, desk, noon):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(PACK)
        return len(seen)

    held(here, people, noon)
    presented(here, WINTER, 5)
    few = cost()
    for n in range(6):
        make_supporter(here, f"Kai Reed{chr(97 + n)}")
        held(here, people, noon)
        presented(here, WINTER, 5)
    assert cost() == few
