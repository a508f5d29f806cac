"""Faculty plan events; the desks of members say how many come."""

from datetime import date

import pytest

from tests.web.public.asking import words
from touchbase.collaborative.models import Event

pytestmark = pytest.mark.django_db

PLANNED = {
    "form": "open", "topic": "season", "way": "online", "day": "2026-05-20", "begins": "12:00",
    "minutes": "60", "place": "Online room 1",
}  # fmt: skip
FACULTY, DESK = "/c/coast/events/", "/inland/desk/together/coast/events/"


@pytest.fixture
def event(faculty):
    """An event that was planned; its page for faculty."""
    return faculty.post(FACULTY, PLANNED).headers["Location"]


@pytest.fixture
def ours(event):
    """The same for the desk."""
    return DESK + event.removeprefix(FACULTY)


def test_empty_pages_say_what_comes_next(faculty, desk):
    assert "No event is planned." in words(faculty.get(FACULTY))
    assert "When faculty plan one, it stands here." in words(desk.get(DESK))


def test_a_desk_says_how_many_come_and_that_nobody_can(faculty, desk, event, ours):
    assert "No member has answered yet." in words(faculty.get(event))
    assert "Not answered" in words(desk.get(DESK))
    assert "Noted: 3 come." in words(desk.post(ours, {"coming": "3"}, follow=True))
    assert "3 come" in words(faculty.get(FACULTY))
    assert "One comes" in words(desk.post(ours, {"coming": "1"}, follow=True))
    assert "Nobody can" in words(desk.post(ours, {"coming": "0"}, follow=True))
    assert "Nobody can" in words(faculty.get(event))
    assert desk.post(ours, {"coming": "Robin and Ari"}).status_code == 400


def test_what_is_missing_from_an_event_is_said_all_at_once(faculty):
    answer = faculty.post(FACULTY, PLANNED | {"place": "", "topic": "what happened on Tuesday"})
    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert "2 things need another look" in words(answer)


def test_an_event_called_off_says_so_to_everybody(faculty, desk, event, ours):
    said = words(faculty.post(f"{event}cancel/", follow=True))
    assert ("Called off" in said, "Call this event off" in said) == (True, False)
    for browser, page in ((faculty, FACULTY), (desk, DESK), (desk, ours)):
        assert "Called off" in words(browser.get(page))
    assert "How many come?" not in words(desk.get(ours))


def test_an_event_behind_us_stands_below(faculty, desk, event, ours):
    Event.objects.update(day=date(2026, 5, 1))
    for browser, page in ((faculty, FACULTY), (desk, DESK)):
        assert "Behind us" in words(browser.get(page))
    assert "How many come?" not in words(desk.get(ours))


def test_the_calendar_file_says_neither_whose_it_is_nor_what_about(faculty, desk, event, ours):
    for browser, page in ((faculty, event), (desk, ours)):
        text = browser.get(f"{page}calendar/").content.decode().replace("\r\n", "\n")
        assert ("SUMMARY:Meeting\n" in text, "DTSTART:20260520T160000Z\n" in text) == (True, True)
        assert [word for word in ("Coast", "coast", "season", "peer") if word in text] == []
