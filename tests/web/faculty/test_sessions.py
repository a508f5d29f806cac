"""Faculty offer sessions; the desks of members book places, and make one their own."""

from datetime import date, time

import pytest

from tests.factories.collaboratives import make_member
from tests.web.public.asking import words
from touchbase.collaborative.models import Member, Session
from touchbase.supporters.models import Training

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

OFFERED = {
    "kind": "training", "way": "online", "day": "2026-05-20", "begins": "17:30", "hours": "4",
    "place": "Online room 1", "places": "5",
}  # fmt: skip
DESK = "/inland/desk/together/coast/sessions/"


@pytest.fixture
def session(faculty):
    """A session of five places that was offered; its page for faculty."""
    return faculty.post("/c/coast/sessions/", OFFERED).headers["Location"]


@pytest.fixture
def ours(session):
    """The same for the desk."""
    return DESK + session.removeprefix("/c/coast/sessions/")


def test_an_empty_page_says_what_comes_next(faculty, desk):
    assert "No session is offered." in words(faculty.get("/c/coast/sessions/"))
    assert "When faculty offer one, it stands here." in words(desk.get(DESK))
    assert "Sessions Calls by faculty Events Library" in words(desk.get("/inland/desk/together/coast/"))


def test_a_session_is_offered_booked_changed_and_given_back(faculty, desk, session, ours):
    assert "No member has booked yet." in words(faculty.get(session))
    assert "3 booked" in words(desk.post(ours, {"places": "3"}, follow=True))
    assert "3 0" in words(faculty.get(session))
    assert "2 booked" in words(desk.post(ours, {"places": "2"}, follow=True))
    assert "2 of 5 booked" in words(faculty.get("/c/coast/sessions/"))
    assert "Given back. Whoever is next in line has them at once." in words(
        desk.post(ours, {"places": "0"}, follow=True)
    )


@pytest.mark.parametrize("places", ["", "many", "6", "-1", "12345"])
def test_what_is_no_number_of_places_is_said_and_nothing_booked(desk, faculty, session, ours, places):
    answer = desk.post(ours, {"places": places})
    assert (answer.status_code, "up to 5" in words(answer)) == (400, True)
    assert "No member has booked yet." in words(faculty.get(session))


def test_what_is_missing_from_a_session_is_said_all_at_once(faculty):
    answer = faculty.post("/c/coast/sessions/", OFFERED | {"places": "0", "hours": "many"})
    assert (answer.status_code, Session.objects.count()) == (422, 0)
    assert ("2 things need another look" in words(answer), b'value="2026-05-20"' in answer.content) == (
        True,
        True,
    )


@pytest.fixture
def center(people, together, here, visitor_of):
    """The browser of the desk at the center, which takes part as well."""
    make_member(together, here)
    return visitor_of(people.coordinator.account)


def test_who_waits_reads_who_is_before_them(desk, center, ours):
    theirs = ours.replace("/inland/", "/harbor/")
    center.post(theirs, {"places": "5"})
    assert "2 waiting You are next in line." in words(desk.post(ours, {"places": "2"}, follow=True))
    desk.post(ours, {"places": "0"})
    center.post(theirs, {"places": "4"})
    desk.post(ours, {"places": "3"})
    center.post(theirs, {"places": "5"})
    assert "1 booked, 2 waiting You are next in line." in words(desk.get(ours))
    assert "4 booked, 1 waiting 2 places are waited for before yours." in words(center.get(theirs))


def test_a_session_becomes_one_of_our_trainings_once_with_as_many_seats(desk, ours):
    assert desk.post(f"{ours}ours/").status_code == 400
    desk.post(ours, {"places": "3"})
    first = desk.post(f"{ours}ours/").headers["Location"]
    assert desk.post(f"{ours}ours/").headers["Location"] == first

    row = Training.objects.get()
    assert (row.seats, row.teacher, row.day, row.begins) == (3, "faculty", date(2026, 5, 20), time(17, 30))
    assert "tick who was there, so that their hours count" in words(desk.get(ours))


def test_a_session_called_off_says_so_to_everybody_and_takes_no_more(faculty, desk, session, ours):
    desk.post(ours, {"places": "3"})
    desk.post(f"{ours}ours/")
    said = words(faculty.post(f"{session}cancel/", follow=True))
    assert ("Called off. Members read it on their page." in said, "Call this" in said) == (True, False)
    assert "Called off" in words(faculty.get("/c/coast/sessions/"))
    assert "Called off" in words(desk.get(DESK))
    assert "Take it back there, too" in words(desk.get(ours))
    assert desk.post(ours, {"places": "1"}).status_code == 400
    assert desk.post(f"{ours}ours/").status_code == 400


def test_a_session_behind_us_stays_for_those_who_were_there(faculty, desk, session, ours):
    desk.post(ours, {"places": "3"})
    Session.objects.update(day=date(2026, 5, 1))
    assert "Behind us" in words(faculty.get("/c/coast/sessions/"))
    assert "Behind us" in words(desk.get(DESK))
    assert "Places for your team" not in words(desk.get(ours))


def test_the_calendar_file_says_neither_whose_it_is_nor_who_comes(faculty, desk, session, ours):
    for browser, page in ((faculty, session), (desk, ours)):
        answer = browser.get(f"{page}calendar/")
        text = answer.content.decode().replace("\r\n", "\n")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
        assert ("SUMMARY:Training\n" in text, "DTSTART:20260520T213000Z\n" in text) == (True, True)
        assert [word for word in ("Coast", "coast", "Harbor", "peer") if word in text] == []


def test_a_desk_that_does_not_take_part_finds_nothing(people, visitor_of, ours):
    other = visitor_of(people.coordinator.account)
    address = ours.replace("inland", "harbor")
    answers = [other.get(address), other.post(address, {"places": "1"}), other.post(f"{address}ours/")]
    assert [answer.status_code for answer in answers] == [404] * 3


@pytest.mark.parametrize("part", ["sessions", "consults", "events", "library"])
def test_a_program_that_has_not_said_yes_finds_nothing(desk, part):
    address = f"/inland/desk/together/coast/{part}/"
    assert desk.get(address).status_code == 200
    Member.objects.update(state="invited")
    assert desk.get(address).status_code == 404
