"""The screen of all members: by name, one line each, nothing compared and nothing of any person."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.canary import FINCH, sung_in
from tests.factories.collaboratives import make_member
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import words
from touchbase.collaborative.models import Member, Standing
from touchbase.programs import actions as programs

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

ALL = "/c/coast/"


@pytest.fixture
def leads(people, together, visitor_of, noon):
    """The browser of the faculty."""
    return visitor_of(people.faculty.account)


def join(together, slug, organization, **standing):
    text = policy_text(slug, program=f'organization = "{organization}"')
    member = make_member(together, make_program(text))
    for item, kept in standing.items():
        Standing.objects.create(member_id=member.id, item=item, **kept)
    return member


def listed(page) -> list[str]:
    return re.findall(r'<th scope="row".*?>([^<]+)</a>', page.content.decode())


def test_members_stand_by_name_however_far_they_have_come(leads, together):
    join(together, "zebra", "Zebra Hospital", team={"evident": date(2026, 5, 1)})
    join(together, "apple", "Apple Hospital")
    assert listed(leads.get(ALL)) == ["Apple Hospital", "Harbor Hospital", "Zebra Hospital"]


def test_each_item_says_what_is_there_or_next_and_whose_it_is(leads, together):
    join(
        together,
        "apple",
        "Apple Hospital",
        endorsement={"evident": date(2026, 5, 1)},
        team={"owner": "coordinator", "next_step": "first-meeting"},
        supporters={"owner": "faculty"},
    )
    row = words(leads.get(ALL)).partition("Apple Hospital")[2]
    there = "Endorsement There since May 1, 2026 Coordinator Not yet Team First meeting C , Coordinator"
    assert row.strip().startswith(f"{there} Supporters Nothing next F , Faculty Launch Not yet")


def test_one_may_look_at_those_alone_where_something_is_not_there_yet(leads, together):
    join(together, "apple", "Apple Hospital", team={"evident": date(2026, 5, 1)})
    assert listed(leads.get(f"{ALL}?without=team")) == ["Harbor Hospital"]
    assert listed(leads.get(f"{ALL}?without=launch")) == ["Apple Hospital", "Harbor Hospital"]
    assert listed(leads.get(f"{ALL}?without=nothing")) == ["Apple Hospital", "Harbor Hospital"]
    Member.objects.exclude(standings=None).update(state="invited")
    Standing.objects.create(member=Member.objects.get(standings=None), item="team", evident=date(2026, 5, 1))
    assert "No member is without it." in words(leads.get(f"{ALL}?without=team"))


def test_nothing_is_counted_and_nobody_ranked(leads, together):
    join(together, "apple", "Apple Hospital", team={"evident": date(2026, 5, 1)})
    page = words(leads.get(ALL)).partition("Show those without")[2].partition("Locks after")[0]
    assert re.findall(r"%|\b\d+ (?:of|members|programs)\b|behind|rank", page) == []


def test_thirty_members_take_as_many_questions_as_one(leads, together, people):
    leads.get(ALL)
    with CaptureQueriesContext(connection) as one:
        leads.get(ALL)
    for number in range(29):
        join(together, f"m{number}", f"Hospital {number}", team={"owner": "team"})
    with CaptureQueriesContext(connection) as thirty:
        page = leads.get(ALL)
    assert (len(listed(page)), len(thirty)) == (30, len(one))


def test_where_nobody_takes_part_the_way_is_shown(leads):
    Member.objects.all().delete()
    page = words(leads.get(ALL))
    assert ("No program takes part yet." in page, "Show those without" in page) == (True, False)


def test_an_invitation_waits_below_and_is_taken_back_by_one_press(leads):
    Member.objects.update(state="invited")
    page = leads.get(ALL)
    assert (listed(page), "Invited, no answer yet" in words(page)) == ([], True)
    assert "Invited, no answer yet." in words(leads.get(f"{ALL}members/inland/"))
    assert leads.post(f"{ALL}members/inland/end/").headers["Location"] == ALL
    assert Member.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("open", "Its form is open."),
        ("draft", "Its form isn't open yet."),
        ("paused", "Its form is closed."),
    ],
)
def test_one_member_alone_shows_the_same_with_what_it_means(leads, elsewhere, state, sentence):
    elsewhere_row = Member.objects.get().program
    elsewhere_row.state = state
    elsewhere_row.save()
    page = words(leads.get(f"{ALL}members/inland/"))
    assert sentence in page
    assert "Team: Not yet A team of several professions meets each month." in page
    assert leads.get(f"{ALL}members/nowhere/").status_code == 404


def test_nothing_of_anybody_in_a_members_program_is_on_any_page(path, together, visitor_of):
    """The program at the center is a member too, and somebody is on their way in it."""
    make_member(together, path.here)
    path.talking()
    leads = visitor_of(path.people.faculty.account)
    for part in ("", "members/harbor/", "invite/", "faculty/", "?without=team"):
        page = leads.get(f"{ALL}{part}").content
        assert sung_in(page) is None
        assert FINCH.name.encode() not in page
        assert b"Robin Vale" not in page
        assert path.handle.encode() not in page
    for refused in (f"board/{path.handle}/", "board/", "supporters/", "acts/", "together/coast/"):
        assert leads.get(f"/harbor/desk/{refused}").status_code == 404


@pytest.mark.parametrize("part", ["coordinator", "supporter", "leader", "elsewhere"])
@pytest.mark.parametrize("address", ["members/inland/", "invite/", "faculty/"])
def test_to_everybody_else_nothing_of_it_is_there(people, together, visitor_of, part, address):
    assert visitor_of(getattr(people, part).account).get(f"{ALL}{address}").status_code == 404


def test_a_retired_member_stays_in_the_list_until_it_is_ended(leads, elsewhere):
    programs.retire(program_id=elsewhere.id, ends_on=date(2026, 6, 1))
    assert listed(leads.get(ALL)) == ["Harbor Hospital"]
