"""A screen that was left alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.factories.browsers import session_of
from touchbase.accounts.models import StaffSession

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.probes")]

AT = datetime(2026, 3, 2, 15, 4, 59, tzinfo=UTC)


def after(minutes):
    """Some time later."""
    return time_machine.travel(AT + timedelta(minutes=minutes), tick=False)


@pytest.fixture
def left_alone(people, visitor_of):
    """The coordinator's visitor, signed in at AT."""
    with after(0):
        return visitor_of(people.coordinator.account)


def test_within_fifteen_minutes_nothing_happens(left_alone):
    with after(14):
        assert left_alone.get("/harbor/desk/").status_code == 200


def test_after_fifteen_minutes_the_session_is_over_and_the_way_back_is_kept(left_alone):
    with after(15):
        answer = left_alone.get("/harbor/desk/7f/?show=1")

    assert answer["Location"] == ("/account/sign-in/?next=%2Fharbor%2Fdesk%2F7f%2F%3Fshow%3D1&said=locked")
    assert not StaffSession.objects.exists()
    assert left_alone.get("/harbor/desk/7f/").status_code == 404


def test_each_look_begins_the_fifteen_minutes_again(left_alone):
    for minutes in (14, 28, 42):
        with after(minutes):
            assert left_alone.get("/harbor/desk/").status_code == 200


def test_a_part_of_a_page_takes_the_whole_page_to_the_sign_in(left_alone):
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/harbor/desk/7f/"}
    with after(15):
        answer = left_alone.get("/harbor/desk/", headers=htmx)

    assert (answer.status_code, answer["HX-Redirect"]) == (
        200,
        "/account/sign-in/?next=%2Fharbor%2Fdesk%2F7f%2F&said=locked",
    )


def test_a_press_on_a_locked_screen_does_nothing_but_lead_to_the_sign_in(left_alone):
    with after(15):
        answer = left_alone.post("/harbor/desk/7f/name/")

    assert answer["Location"] == "/account/sign-in/?next=%2Fharbor%2Fdesk%2F7f%2F&said=locked"


@pytest.mark.parametrize(
    ("address", "says"), [("/open/", b"open"), ("/link/", b"a note"), ("/door/", b"the door")]
)
def test_an_open_page_answers_as_to_anybody(left_alone, address, says):
    with after(15):
        assert left_alone.get(address).content == says

    assert not StaffSession.objects.exists()


def test_an_address_that_says_nothing_locks_too(left_alone):
    with after(15):
        assert left_alone.get("/silent/").status_code == 302


def test_a_session_without_a_mark_is_marked_and_then_locks(left_alone):
    with after(0):
        session = session_of(left_alone)
        del session["seen"]
        session.save()
    with after(1):
        assert left_alone.get("/harbor/desk/").status_code == 200
    with after(16):
        assert left_alone.get("/harbor/desk/").status_code == 302


def test_a_clock_that_was_set_back_locks_nobody_and_marks_again(left_alone):
    with after(-60):
        assert left_alone.get("/harbor/desk/").status_code == 200
        assert session_of(left_alone)["seen"] == int(AT.timestamp()) // 60 - 60


def test_the_stranger_is_asked_for_no_session(visitor):
    visitor.get("/open/")

    assert not visitor.cookies
    assert not StaffSession.objects.exists()
