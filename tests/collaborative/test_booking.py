"""Places of a session: who came first has them, the others wait, and the next moves up by itself."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.collaborative.offers import DAY, make_session
from tests.factories.people import make_person
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.collaborative import actions, booking, sessions
from touchbase.collaborative.models import Booking, Session
from touchbase.collaborative.places import Share
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.models import Outgoing
from touchbase.programs.queries import program_by_id

pytestmark = pytest.mark.django_db


def test_a_team_that_comes_too_late_waits_and_moves_up_when_places_come_free(
    together, inland, upland, book, noon
):
    session = make_session(together, noon, 5)

    assert book(session, inland, 4) == Share(4)
    assert book(session, upland, 3) == Share(1, 2, 0)
    assert book(session, inland, 2) == Share(2)
    assert sessions.session(session.id, together.id).share(upland.program) == Share(3)


def test_asking_for_more_goes_to_the_end_and_for_fewer_gives_back_what_waits_first(
    together, inland, upland, book, noon
):
    session = make_session(together, noon, 5)
    book(session, inland, 3)
    book(session, upland, 4)

    assert book(session, inland, 5) == Share(3, 2, 2)
    assert book(session, inland, 3) == Share(3)
    assert book(session, inland, 2) == Share(2)
    assert book(session, inland, 2) == Share(2)
    assert sessions.session(session.id, together.id).share(upland.program) == Share(3, 1)


def test_all_is_given_back_with_nothing(together, inland, upland, book, noon):
    session = make_session(together, noon, 2)
    book(session, inland, 2)
    book(session, upland, 1)

    assert book(session, inland, 0) == Share()
    shown = sessions.session(session.id, together.id)
    assert (shown.held, shown.waiting) == (1, 0)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("how", ["leaves", "is ended"])
def test_whoever_leaves_the_collaborative_lets_the_next_move_up_who_is_told(inland, upland, book, noon, how):
    together, by = inland.together, make_person(program_by_id(upland.program), Role.COORDINATOR, "Ute High")
    session = make_session(together, noon, 2)
    book(session, upland, 2)
    book(session, inland, 2)
    if how == "leaves":
        actions.leave(membership=upland, by=by.member, at=noon)
    else:
        actions.end(together=together, program="upland", by=by.member, at=noon)

    assert sessions.session(session.id, together.id).shares == {inland.program: Share(2)}
    assert list(Outgoing.objects.values_list("program", "template")) == [(inland.program, "together")]


@pytest.mark.usefixtures("people")
def test_the_desk_that_moves_up_and_no_other_is_written_to(inland, upland, book, noon):
    make_person(program_by_id(upland.program), Role.COORDINATOR, "Ute High")
    session = make_session(inland.together, noon, 2)
    book(session, upland, 2)
    book(session, inland, 2)
    assert Outgoing.objects.count() == 0

    book(session, upland, 1)
    assert list(Outgoing.objects.values_list("program", "template")) == [(inland.program, "together")]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("changed", [{"day": date(2026, 5, 10)}, {"cancelled": True}])
def test_nobody_moves_up_in_a_session_that_is_over_or_called_off(inland, upland, book, noon, changed):
    session = make_session(inland.together, noon, 2)
    book(session, upland, 2)
    book(session, inland, 2)
    Session.objects.update(**changed)
    booking.leave_lines(membership=upland, at=noon)
    assert Outgoing.objects.count() == 0


@pytest.mark.usefixtures("people")
def test_desks_that_booked_are_written_to_once_when_a_session_is_called_off(together, inland, book, noon):
    session = make_session(together, noon)
    book(session, inland, 1)
    book(session, inland, 2)
    for _time in range(2):
        booking.cancel(session=session.id, together=together, by="noor", at=noon)
        assert Outgoing.objects.values_list("program").get() == (inland.program,)
        Outgoing.objects.update(template="ask")
    assert Outgoing.objects.count() == 1


@pytest.mark.parametrize("places", [-1, 6])
def test_nobody_books_more_places_than_there_are(together, inland, book, noon, places):
    session = make_session(together, noon, 5)
    with pytest.raises(DomainError, match="up to 5"):
        book(session, inland, places)
    assert Booking.objects.count() == 0


def test_a_session_that_is_over_or_called_off_takes_nobody(together, inland, book, noon):
    over = make_session(together, noon, 5, day=date(2026, 5, 10))
    off = make_session(together, noon, 5)
    booking.cancel(session=off.id, together=together, by="noor", at=noon)

    with pytest.raises(DomainError, match="This day has passed"):
        book(over, inland, 1)
    with pytest.raises(DomainError, match="was called off"):
        book(off, inland, 1)
    assert sessions.session(off.id, together.id).cancelled


def test_a_session_of_another_collaborative_is_not_there(together, inland, book, noon):
    with pytest.raises(NotFound):
        booking.cancel(session="nowhere", together=together, by="noor", at=noon)
    with pytest.raises(NotFound):
        sessions.session("nowhere", together.id)


def test_two_never_have_the_same_turn_and_nobody_asks_for_nothing(together, inland, upland, book, noon):
    session = make_session(together, noon)
    book(session, inland, 1)
    line = Booking.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(session_id=session.id, member_id=upland.id, places=1, turn=line.turn)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=line.pk).update(places=0)


def test_sessions_come_the_latest_first_in_two_queries(
    together, inland, book, noon, django_assert_num_queries
):
    for days in range(3):
        book(make_session(together, noon, day=DAY + timedelta(days=days)), inland, days + 1)
    with django_assert_num_queries(2):
        found = sessions.sessions(together.id)

    assert [(one.day.day, one.held, one.waiting) for one in found] == [(22, 3, 0), (21, 2, 0), (20, 1, 0)]


def test_what_faculty_and_desks_do_is_counted_where_they_work(together, inland, book, noon):
    session = make_session(together, noon)
    book(session, inland, 2)
    booking.cancel(session=session.id, together=together, by="noor", at=noon)

    acts = [log.acts(program=key, since=noon.date()) for key in (together.home, inland.program)]
    assert [[(act.actor, act.verb, act.n) for act in each] for each in acts] == [
        [("noor", "cancel session", 1), ("noor", "offer session", 1)],
        [("lee", "book places", 1)],
    ]
