"""Events of the learning community: each member says how many come, and nobody's name is kept."""

from datetime import date, timedelta

import pytest

from tests.collaborative.offers import DAY, make_event
from tests.factories.people import make_person
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.collaborative import events, gathering
from touchbase.collaborative.models import Reply
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.models import Outgoing
from touchbase.programs.queries import program_by_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(noon):
    def act(event, membership, coming):
        gathering.answer(event=event.id, membership=membership, coming=coming, at=noon)
        return events.event(event.id, membership.together.id)

    return act


def test_a_member_says_how_many_come_and_changes_it(together, inland, upland, answer, noon):
    event = make_event(together, noon)
    answer(event, inland, 4)
    answer(event, upland, 0)
    assert answer(event, inland, 2).replies == {inland.program: 2, upland.program: 0}
    assert events.event(event.id, together.id).coming == 2


@pytest.mark.parametrize("coming", [-1, 51])
def test_no_member_comes_with_more_than_fifty(together, inland, answer, noon, coming):
    with pytest.raises(DomainError, match="up to 50"):
        answer(make_event(together, noon), inland, coming)
    assert Reply.objects.count() == 0


def test_an_event_that_is_over_or_called_off_takes_no_answer(together, inland, answer, noon):
    over, off = make_event(together, noon, date(2026, 5, 10)), make_event(together, noon)
    gathering.cancel(event=off.id, together=together, by="noor", at=noon)
    with pytest.raises(DomainError, match="This day has passed"):
        answer(over, inland, 1)
    with pytest.raises(DomainError, match="was called off"):
        answer(off, inland, 1)


@pytest.mark.usefixtures("people")
def test_desks_whose_teams_come_are_written_to_once_when_it_is_called_off(inland, upland, answer, noon):
    make_person(program_by_id(upland.program), Role.COORDINATOR, "Ute High")
    event = make_event(inland.together, noon)
    answer(event, inland, 3)
    answer(event, upland, 0)
    for _time in range(2):
        gathering.cancel(event=event.id, together=inland.together, by="noor", at=noon)
        assert Outgoing.objects.values_list("program").get() == (inland.program,)
        Outgoing.objects.update(template="ask")


def test_an_event_of_another_collaborative_is_not_there(together, noon):
    with pytest.raises(NotFound):
        gathering.cancel(event="nowhere", together=together, by="noor", at=noon)
    with pytest.raises(NotFound):
        events.event("nowhere", together.id)


def test_events_come_the_latest_first_in_two_queries(
    together, inland, answer, noon, django_assert_num_queries
):
    for days in range(3):
        answer(make_event(together, noon, DAY + timedelta(days=days)), inland, days + 1)
    with django_assert_num_queries(2):
        found = events.events(together.id)

    assert [(one.day.day, one.coming) for one in found] == [(22, 3), (21, 2), (20, 1)]


def test_what_faculty_do_is_counted_at_the_center(here, together, noon):
    gathering.cancel(event=make_event(together, noon).id, together=together, by="noor", at=noon)
    acts = [(act.verb, act.n) for act in log.acts(program=here.id, since=noon.date())]
    assert acts == [("cancel event", 1), ("plan event", 1)]
