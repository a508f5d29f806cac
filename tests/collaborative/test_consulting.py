"""A member asks to be called, one of the faculty calls, and then nothing is kept of it."""

import pytest

from tests.factories.people import make_person
from touchbase.accounts.models import Membership
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.collaborative import consulting, consults
from touchbase.collaborative.gatherings import Asking, Days, Hours, Topic
from touchbase.collaborative.models import Consult, Member
from touchbase.kernel.errors import DomainError, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(noon):
    def act(membership, topic=Topic.SEASON):
        asking = Asking(topic, Days.LATE, Hours.MORNING)
        consulting.ask(membership=membership, asking=asking, by="lee", at=noon)
        return Consult.objects.get(member=membership.id, topic=topic).id

    return act


@pytest.fixture
def noor(people):
    """One of the faculty, by their membership."""
    return people.faculty.member.ids[Role.FACULTY]


def test_whoever_asked_first_stands_first_with_what_they_picked(together, inland, upland, ask):
    ask(upland, Topic.POLICY)
    ask(inland)

    found = [(one.program, one.topic, one.days, one.hours, one.by) for one in consults.waiting(together.id)]
    assert found == [
        (upland.program, Topic.POLICY, Days.LATE, Hours.MORNING, ""),
        (inland.program, Topic.SEASON, Days.LATE, Hours.MORNING, ""),
    ]
    assert [one.topic for one in consults.of_member(inland.id)] == [Topic.SEASON]


def test_a_topic_is_asked_about_once_at_a_time(together, inland, ask):
    ask(inland)
    with pytest.raises(DomainError, match="Withdraw it first"):
        ask(inland)
    assert Consult.objects.count() == 1


def test_one_of_the_faculty_calls_and_the_others_read_who(here, together, inland, ask, noor):
    key = ask(inland)
    other = make_person(here, Role.FACULTY, "Ola Center").member.ids[Role.FACULTY]
    for _time in range(2):
        consulting.take(consult=key, together=together, caller=noor)

    with pytest.raises(DomainError, match="Somebody else of the faculty"):
        consulting.take(consult=key, together=together, caller=other)
    with pytest.raises(NotFound):
        consulting.put_back(consult=key, together=together, caller=other)
    assert [(one.by, one.caller) for one in consults.waiting(together.id)] == [("Noor Center", noor)]
    consulting.put_back(consult=key, together=together, caller=noor)
    assert consults.of_member(inland.id)[0].by == ""


def test_when_they_talked_nothing_is_kept_but_a_sum(inland, ask, noor, noon):
    key, together = ask(inland), inland.together
    with pytest.raises(NotFound):
        consulting.done(consult=key, together=together, caller=noor, by="noor", at=noon)
    consulting.take(consult=key, together=together, caller=noor)
    consulting.done(consult=key, together=together, caller=noor, by="noor", at=noon)

    assert Consult.objects.count() == 0
    assert [(act.verb, act.n) for act in log.acts(program=together.home, since=noon.date())] == [
        ("call member", 1)
    ]


def test_a_member_needs_no_call_any_more_whether_it_was_taken_or_not(together, inland, upland, ask, noor):
    key = ask(inland)
    with pytest.raises(NotFound):
        consulting.withdraw(consult=key, membership=upland)
    consulting.take(consult=key, together=together, caller=noor)
    consulting.withdraw(consult=key, membership=inland)
    assert Consult.objects.count() == 0
    with pytest.raises(NotFound):
        consulting.take(consult=key, together=together, caller=noor)


def test_what_a_member_asked_for_goes_with_it_and_waits_again_when_the_caller_leaves(inland, ask, noor):
    consulting.take(consult=ask(inland), together=inland.together, caller=noor)
    Membership.objects.filter(pk=noor).delete()
    assert [one.by for one in consults.waiting(inland.together.id)] == [""]
    Member.objects.filter(pk=inland.id).delete()
    assert consults.waiting(inland.together.id) == []
