"""Faculty invite a program that is there, or begin a new one from the model; and they invite each other."""

from datetime import date

import pytest

from tests.factories.people import make_person
from tests.factories.programs import HARBOR, make_program, policy_text
from tests.web.public.asking import words
from touchbase.accounts.models import Account, Invitation
from touchbase.accounts.roles import Role
from touchbase.collaborative.models import Member, ModelProgram
from touchbase.notifications.catalogue import Template
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import Due
from touchbase.outreach.invitee import letter_to
from touchbase.programs.queries import program_at

pytestmark = pytest.mark.django_db

NEW = {
    "slug": "north-shore",
    "organization": "North Shore Hospital",
    "name": "Peers of North Shore",
    "phone": "617-555-0100",
    "email": "coordinator@north.example.org",
}


@pytest.fixture
def leads(people, together, visitor_of):
    """The browser of the faculty."""
    return visitor_of(people.faculty.account)


@pytest.fixture
def model(together):
    """The collaborative offers a model."""
    day = date(2026, 5, 1)
    rows = [
        ModelProgram(collaborative_id=together.id, version=n, body=HARBOR, offered_day=day) for n in (1, 2)
    ]
    ModelProgram.objects.bulk_create(rows)


@pytest.mark.parametrize("typed", ["valley", "https://touchbase.example.org/Valley/", " /valley/ "])
def test_a_program_is_invited_by_its_address_however_it_is_copied(leads, typed):
    make_program(policy_text("valley"))
    assert leads.post("/c/coast/invite/", {"program": typed}).headers["Location"] == "/c/coast/"
    assert set(Member.objects.values_list("program__slug", "state")) == {
        ("inland", "joined"),
        ("valley", "invited"),
    }


@pytest.mark.parametrize(
    ("typed", "sentence"), [("nowhere", "Copy it from"), ("inland", "is invited already"), ("", "Copy it")]
)
def test_what_cannot_be_invited_is_said_beside_the_box(leads, typed, sentence):
    page = leads.post("/c/coast/invite/", {"program": typed})
    assert (page.status_code, sentence in words(page)) == (422, True)


def test_without_a_model_no_program_is_begun(leads):
    assert "There is no model program yet." in words(leads.get("/c/coast/invite/"))
    assert leads.post("/c/coast/invite/new/", NEW).status_code == 400
    assert Member.objects.count() == 1


def test_a_new_program_begins_from_the_newest_model_with_its_form_closed(leads, model, settings, visitor):
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    assert leads.post("/c/coast/invite/new/", NEW).headers["Location"] == "/c/coast/"
    program = program_at("north-shore")
    assert (program.state, program.policy.program.organization) == ("draft", "North Shore Hospital")
    assert Member.objects.get(program_id=program.id).settled == 2
    for page in ("", "talk/", "refer/"):
        assert "This program isn't open yet." in words(visitor.get(f"/north-shore/{page}"))
    assert "north-shore" not in visitor.get("/").content.decode()
    row = Outgoing.objects.get()
    due = Due(row.id, program.id, row.handle, "", Template.JOIN, 0)
    letter = letter_to(due, Invitation.objects.get().until)
    assert letter.body.splitlines()[2] == (
        "Noor Center asks if you would join Peers of North Shore, as coordinator."
    )


def test_where_no_mail_goes_out_the_link_is_shown_once_and_its_holder_comes_to_the_desk(
    leads, model, visitor
):
    page = leads.post("/c/coast/invite/new/", NEW).content.decode()
    link = page.partition('id="link" value="')[2].partition('"')[0]
    assert "/account/invitation/" in link
    visitor.post(link[link.index("/account/") :], {"name": "Nor North"})
    account = Account.objects.get(email=NEW["email"])
    assert account.memberships.get().program.slug == "north-shore"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("slug", "inland", "A program is at this address already"),
        ("slug", "North Shore", "small letters"),
        ("phone", "call", "a phone number"),
        ("organization", "", "at least"),
    ],
)
def test_what_cannot_begin_is_said_beside_its_box_and_nothing_is_kept(leads, model, field, value, sentence):
    page = leads.post("/c/coast/invite/new/", NEW | {field: value})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.content.decode()
    assert (Member.objects.count(), Invitation.objects.count()) == (1, 0)


def test_a_mail_address_that_is_none_is_said_beside_its_box(leads, model):
    page = leads.post("/c/coast/invite/new/", NEW | {"email": "a@b.c"}).content.decode()
    assert 'id="email-error"' in page


# ------------------------------------------------------------------------------------------- faculty


def test_faculty_invite_each_other_and_take_it_back(leads, settings):
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    assert leads.post("/c/coast/faculty/", {"email": "bo@example.org"}).status_code == 302
    assert "bo@example.org" in words(leads.get("/c/coast/faculty/"))
    key = Invitation.objects.get().key
    assert leads.post(f"/c/coast/faculty/invitations/{key}/withdraw/").status_code == 302
    assert Invitation.objects.count() == 0
    page = leads.post("/c/coast/faculty/", {"email": "nowhere"})
    assert (page.status_code, "Enter an email address" in words(page)) == (422, True)


def test_without_mail_a_link_is_shown_that_opens_the_collaborative(leads, visitor, visitor_of):
    page = leads.post("/c/coast/faculty/", {"email": "bo@example.org"}).content.decode()
    link = page.partition('id="link" value="')[2].partition('"')[0]
    visitor.post(link[link.index("/account/") :], {"name": "Bo Second"})
    bo = visitor_of(Account.objects.get(email="bo@example.org"))
    assert bo.get("/account/").headers["Location"] == "/c/coast/"


def test_one_of_two_ends_the_other_or_themself_and_the_last_stays(leads, people, here, visitor_of):
    bo, cy = (make_person(here, Role.FACULTY, name) for name in ("Bo Second", "Cy Third"))
    address = "/c/coast/faculty/{}/end/"
    assert leads.post(address.format(bo.member.ids[Role.FACULTY])).headers["Location"] == "/c/coast/faculty/"
    mine = visitor_of(cy.account).post(address.format(cy.member.ids[Role.FACULTY]))
    assert mine.headers["Location"] == "/account/"
    assert "Bo Second" not in words(leads.get("/c/coast/faculty/"))
    page = leads.post(address.format(people.faculty.member.ids[Role.FACULTY]))
    assert (page.status_code, "only one of the faculty" in words(page)) == (400, True)


def test_who_ends_themself_and_works_elsewhere_stays_signed_in(leads, people, here, elsewhere, visitor_of):
    make_person(here, Role.FACULTY, "Bo Second")
    Account.objects.get(pk=people.faculty.account.pk).memberships.create(
        program_id=elsewhere.id, role="leader"
    )
    leads.post(f"/c/coast/faculty/{people.faculty.member.ids[Role.FACULTY]}/end/")
    assert leads.get("/account/").headers["Location"] == "/inland/numbers/"
