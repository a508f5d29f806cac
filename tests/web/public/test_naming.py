"""Naming a colleague or oneself on the open pages."""

import pytest

from tests.factories.full_stores import full_store
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import title, words
from touchbase.notifications.models import Outgoing
from touchbase.programs.models import Program
from touchbase.supporters.models import Nomination
from touchbase.web.public import cap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOOR = {"name": "Noor Hale", "contact": "noor.hale@harbor.example.org", "once": "A" * 32}


@pytest.mark.parametrize(("part", "counted"), [("nominate", (1, False)), ("join", (0, True))])
def test_a_name_and_an_address_are_enough(here, people, visitor, part, counted):
    form = visitor.get(f"/harbor/{part}/")
    fields = (b"name", b"contact")
    assert [form.content.count(b'name="%s"' % field) for field in fields] == [1, 1]
    assert b"<textarea" not in form.content
    answer = visitor.post(f"/harbor/{part}/", NOOR)
    assert (answer.status_code, words(answer).count("Thank you.")) == (200, 1)
    assert Nomination.objects.values_list("named", "offered").get() == counted
    assert not visitor.cookies


def test_the_thank_you_names_nobody_and_promises_no_report(here, people, visitor):
    said = words(visitor.post("/harbor/nominate/", NOOR))
    assert ("Noor" in said, "We won’t tell you what comes of it." in said) == (False, True)


def test_pressed_twice_it_counts_once(here, people, visitor):
    for _time in range(2):
        visitor.post("/harbor/nominate/", NOOR)
    assert Nomination.objects.get().named == 1
    visitor.post("/harbor/nominate/", NOOR | {"once": "B" * 32})
    assert Nomination.objects.get().named == 2


def test_what_can_not_be_used_comes_back_as_it_was_typed(here, visitor):
    answer = visitor.post("/harbor/nominate/", {"name": "", "contact": "noor at harbor"})
    assert (answer.status_code, title(answer)) == (422, "Needs another look: Name a colleague")
    assert b'value="noor at harbor"' in answer.content
    assert words(answer).count("Enter an email address, like robin.vale@example.org.") == 2
    assert not Nomination.objects.exists()


def test_an_hour_takes_thirty_and_then_a_person_answers_the_phone(here, people, visitor, noon):
    for _name in range(cap.ASKS_AN_HOUR):
        cap.count(here.id, noon, of="names")
    answer = visitor.post("/harbor/nominate/", NOOR)
    assert (answer.status_code, Nomination.objects.count()) == (429, 0)
    assert "Please call us." in words(answer)
    assert b'value="Noor Hale"' in answer.content
    assert not cap.is_full(here.id, noon)  # people who ask for a peer aren't kept out by it


def test_where_a_name_can_not_be_kept_it_is_said_and_stays_as_it_was_typed(here, people, visitor):
    with full_store("default"):
        answer = visitor.post("/harbor/nominate/", NOOR)
    assert (answer.status_code, "We can't take this just now." in words(answer)) == (503, True)
    assert b'value="Noor Hale"' in answer.content
    assert "Thank you." in words(visitor.post("/harbor/nominate/", NOOR | {"once": "B" * 32}))
    assert Nomination.objects.get().named == 1


def test_a_program_that_is_closed_takes_no_names(here, visitor):
    Program.objects.update(state="paused")
    answer = visitor.post("/harbor/join/", NOOR)
    assert (answer.status_code, Nomination.objects.count()) == (409, 0)
    assert "The form is closed for now." in words(answer)


def test_nobody_is_written_to_but_the_desk(here, people, visitor):
    visitor.post("/harbor/nominate/", NOOR)
    assert list(Outgoing.objects.values_list("template", "handle")) == [("named", "")]


def test_the_rules_of_the_role_are_the_programs_own(visitor):
    make_program(policy_text("inland", supporters='training_hours = 7.5\nmeeting = "monthly"'))
    said = words(visitor.get("/inland/join/"))
    assert "7.5 hours of training before the first talk." in said
    assert "How often: monthly." in said
