"""Faculty put documents in as links; desks find them, and nobody notes who opens what."""

import pytest

from tests.web.public.asking import words
from touchbase.collaborative.models import Document

pytestmark = pytest.mark.django_db

FACULTY, DESK = "/c/coast/library/", "/inland/desk/together/coast/library/"
GUIDE = {"title": "How to begin", "kind": "guide", "address": "https://library.example.org/begin"}


@pytest.fixture
def guide(faculty):
    """A document that was put in; its page for faculty."""
    faculty.post(FACULTY, GUIDE)
    return f"{FACULTY}{Document.objects.get().id}/"


def test_empty_pages_say_what_comes_next(faculty, desk):
    assert "The library is empty." in words(faculty.get(FACULTY))
    said = words(desk.get(DESK))
    assert "When faculty put a document in, it stands here." in said
    assert "Pocket cards, as a file to print" in said


def test_the_newest_version_is_opened_and_the_older_ones_stand_below(faculty, desk, guide):
    new = {"address": "https://library.example.org/begin-2"}
    assert "It is the newest now." in words(faculty.post(guide, new, follow=True))
    page = desk.get(DESK)
    assert "Guide, version 2, looked at on May 11, 2026 Older: version 1 of How to begin" in words(page)
    newest, older = (
        page.content.find(f'href="{one["address"]}" rel="noreferrer"'.encode()) for one in (new, GUIDE)
    )
    assert 0 < newest < older


def test_a_document_is_looked_at_and_taken_out(faculty, desk, guide):
    assert "Noted with today's day." in words(faculty.post(f"{guide}check/", follow=True))
    assert "Taken out" in words(faculty.post(f"{guide}remove/", follow=True))
    assert "The library is empty." in words(desk.get(DESK))
    assert faculty.get(guide).status_code == 404


def test_what_is_no_plain_link_is_said_and_nothing_kept(faculty, guide):
    typed = {"title": "", "kind": "guide", "address": "javascript:alert(1)"}
    answer = faculty.post(FACULTY, typed)
    assert (answer.status_code, "2 things need another look" in words(answer)) == (422, True)
    again = faculty.post(guide, typed)
    assert (again.status_code, "One thing needs another look" in words(again)) == (422, True)
    assert Document.objects.count() == 1


def test_opening_the_library_writes_nothing(desk, guide, django_assert_max_num_queries):
    desk.get(DESK)
    with django_assert_max_num_queries(20) as asked:
        desk.get(DESK)
    assert [each["sql"] for each in asked if not each["sql"].startswith("SELECT")] == []
