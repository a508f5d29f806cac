"""Sessions: by hash, eight hours at most, ended for good."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.http import HttpRequest

from tests.factories.browsers import session_of
from touchbase.accounts import sessions
from touchbase.accounts.models import StaffSession
from touchbase.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 15, 4, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def kept(**values):
    """A session with something in it."""
    store = SessionStore()
    for name, value in values.items():
        store[name] = value
    store.save()
    return store


def test_what_is_kept_comes_back_by_its_cookie_alone():
    cookie = kept(place="desk").session_key

    assert SessionStore(cookie)["place"] == "desk"
    assert SessionStore("z" * 32).get("place") is None


def test_the_cookie_is_nowhere_in_the_row():
    cookie = kept(place="desk").session_key

    row = StaffSession.objects.get()
    assert row.key_hash == sha256(cookie.encode()).hexdigest()
    assert cookie not in str(vars(row))
    assert row.account_id is None


@pytest.mark.parametrize(("hours", "minutes", "holds"), [(7, 55, True), (7, 56, False), (8, 0, False)])
def test_a_session_ends_within_eight_hours_however_much_it_is_used(hours, minutes, holds):
    with time_machine.travel(AT, tick=False):
        cookie = kept(place="desk").session_key
    with time_machine.travel(AT + timedelta(hours=7), tick=False):
        used = SessionStore(cookie)
        used["more"] = 1
        used.save()
    with time_machine.travel(AT + timedelta(hours=hours, minutes=minutes), tick=False):
        assert (SessionStore(cookie).get("place") == "desk") is holds


def test_the_end_of_a_session_is_no_finer_than_half_an_hour():
    with time_machine.travel(AT, tick=False):
        kept(place="desk")

    assert StaffSession.objects.get().until == datetime(2026, 3, 2, 23, 0, tzinfo=UTC)


def test_a_session_that_ended_is_cleared_away():
    with time_machine.travel(AT, tick=False):
        kept(place="desk")
    with time_machine.travel(AT + timedelta(hours=4), tick=False):
        later = kept(place="mine").session_key
    with time_machine.travel(AT + timedelta(hours=8), tick=False):
        SessionStore.clear_expired()

    assert [row.key_hash for row in StaffSession.objects.all()] == [sha256(later.encode()).hexdigest()]


def test_a_session_that_was_ended_elsewhere_stays_ended():
    store = kept(place="desk")
    SessionStore(store.session_key).delete()

    store["place"] = "board"
    with pytest.raises(UpdateError):
        store.save()
    assert not StaffSession.objects.exists()


def test_flushing_ends_the_session_and_forgets_what_it_held():
    store = kept(place="desk")
    store.flush()

    assert store.get("place") is None
    assert not StaffSession.objects.exists()


def test_two_sessions_never_share_a_cookie():
    taken = kept(place="desk")
    other = SessionStore(taken.session_key)

    with pytest.raises(CreateError):
        other.save(must_create=True)
    assert SessionStore(taken.session_key)["place"] == "desk"


def test_a_cookie_that_was_made_up_makes_no_session():
    store = SessionStore("made-up-by-somebody-else")

    assert store.get("place") is None
    assert store.session_key is None
    assert not store.exists("made-up-by-somebody-else")


def test_a_row_somebody_changed_holds_nothing():
    store = kept(place="desk")
    StaffSession.objects.update(data="changed")

    assert SessionStore(store.session_key).get("place") is None


# ------------------------------------------------------------------------------------------- signing in


def test_signing_in_gives_a_new_cookie_and_names_the_account(people):
    request = HttpRequest()
    request.session = kept(place="desk")
    before = request.session.session_key

    sessions.sign_in(request, people.leader.account)
    request.session.save()

    assert request.session.session_key != before
    assert [row.account for row in StaffSession.objects.all()] == [people.leader.account]


def test_signing_in_clears_away_what_ended(people, visitor_of):
    with time_machine.travel(AT, tick=False):
        visitor_of(people.leader.account)
    with time_machine.travel(AT + timedelta(hours=9), tick=False):
        visitor_of(people.supporter.account)

    assert [row.account for row in StaffSession.objects.all()] == [people.supporter.account]


def test_a_session_notes_minutes_and_nothing_finer(people, visitor_of):
    with time_machine.travel(AT, tick=False):
        session = session_of(visitor_of(people.leader.account))
        marks = (session["seen"], session["stepped_up"])

    assert marks == (int(AT.timestamp()) // 60,) * 2


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (14, True), (15, False), (-1, False)])
def test_a_sign_in_counts_as_a_fresh_one_for_fifteen_minutes(minutes, fresh):
    request = HttpRequest()
    request.session = SessionStore()
    sessions.stamp(request, at=AT)

    assert sessions.is_fresh(request, at=AT + minutes * MINUTE) is fresh


def test_without_a_sign_in_nothing_is_fresh():
    request = HttpRequest()
    request.session = SessionStore()

    assert not sessions.is_fresh(request, at=AT)
