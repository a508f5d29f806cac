"""A desk asks to be called, faculty call, and both read where it stands."""

import pytest

from tests.factories.people import make_person
from tests.web.public.asking import words
from touchbase.accounts.roles import Role
from touchbase.collaborative.models import Consult

pytestmark = pytest.mark.django_db

FACULTY, DESK = "/c/coast/consults/", "/inland/desk/together/coast/consults/"
ASKED = {"topic": "season", "days": "late", "hours": "morning"}


def test_empty_pages_say_what_comes_next(faculty, desk):
    assert "When a member asks, it stands here." in words(faculty.get(FACULTY))
    said = words(desk.get(DESK))
    assert ("Ask faculty to call you." in said, "They call 207-555-0160" in said) == (True, True)


def test_a_call_is_asked_for_taken_put_back_and_done(faculty, desk):
    assert "Asked. Faculty see it now" in words(desk.post(DESK, ASKED, follow=True))
    said = words(faculty.get(FACULTY))
    assert "One member waits for a call." in said
    assert "A hard season Thursday or Friday, Mornings (America/New_York)" in said
    assert "207-555-0160" not in said
    key = Consult.objects.get().id
    said = words(faculty.post(f"{FACULTY}{key}/take/", follow=True))
    assert ("You call" in said, "207-555-0160" in said) == (True, True)
    assert "Noor Center calls you." in words(desk.get(DESK))
    faculty.post(f"{FACULTY}{key}/back/")
    assert "Waiting for one of them to take it." in words(desk.get(DESK))
    faculty.post(f"{FACULTY}{key}/take/")
    assert "Nothing of it is kept." in words(faculty.post(f"{FACULTY}{key}/done/", follow=True))
    assert "Ask faculty to call you." in words(desk.get(DESK))


def test_another_of_the_faculty_reads_who_calls_and_not_the_number(here, faculty, desk, visitor_of):
    desk.post(DESK, ASKED)
    faculty.post(f"{FACULTY}{Consult.objects.get().id}/take/")
    other = visitor_of(make_person(here, Role.FACULTY, "Ola Center").account)
    said = words(other.get(FACULTY))
    assert ("Noor Center" in said, "207-555-0160" in said) == (True, False)


def test_a_desk_withdraws_and_asks_about_nothing_of_its_own_words(desk):
    desk.post(DESK, ASKED)
    assert "Withdraw it first" in words(desk.post(DESK, ASKED))
    key = Consult.objects.get().id
    assert "Withdrawn." in words(desk.post(f"{DESK}{key}/withdraw/", follow=True))
    answer = desk.post(DESK, ASKED | {"topic": "what happened on Tuesday"})
    assert (answer.status_code, "One thing needs another look" in words(answer)) == (422, True)
    assert (Consult.objects.count(), b"<textarea" in answer.content) == (0, False)
