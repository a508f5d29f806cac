"""A member asks to be called, one of the faculty calls, and then nothing is kept of it."""

from datetime import timedelta

import pytest

from tests.factories.people import make_person
from touchbase.accounts.models import Membership
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.collaborative import consulting, consults
from touchbase.collaborative.gatherings import Asking, Days, Hours, Topic
from touchbase.collaborative.models import Consult, Member
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.catalogue import Template
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import Due
from touchbase.outreach.letters import composer

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


# -------------------------------------------------------------------------------------- the faculty's mail


def told():
    """Who is written to about calls, by name."""
    rows = Outgoing.objects.filter(template=Template.CONSULT)
    return sorted(rows.values_list("member__account__name", flat=True))


def test_the_faculty_are_written_to_once_and_not_who_is_away(here, inland, ask, people, noon):
    away = make_person(here, Role.FACULTY, "Ola Center")
    away.account.away_until = noon.date() + timedelta(days=3)
    away.account.save()
    ask(inland)
    ask(inland, Topic.POLICY)
    assert told() == [people.faculty.member.name]


def test_all_of_the_faculty_are_written_to_when_everybody_is_away(inland, ask, people, noon):
    people.faculty.account.away_until = noon.date() + timedelta(days=3)
    people.faculty.account.save()
    ask(inland)
    assert told() == [people.faculty.member.name]


def test_the_mail_leads_to_the_calls_and_names_neither_member_nor_topic(together, inland, ask, noor, noon):
    ask(inland)
    letter = composer(noon)(due(together, noor))
    assert letter is not None
    assert letter.subject == "Touchbase: something is waiting"
    assert f"/c/{together.slug}/consults/" in letter.body
    assert not any(word in letter.body for word in ("Inland", inland.program, Topic.SEASON.value))


def test_nothing_is_sent_when_the_call_was_taken_or_withdrawn_meanwhile(together, inland, ask, noor, noon):
    key = ask(inland)
    consulting.take(consult=key, together=together, caller=noor)
    assert composer(noon)(due(together, noor)) is None
    consulting.withdraw(consult=key, membership=inland)
    assert composer(noon)(due(together, noor)) is None


def due(together, member):
    """The row of the outbox, as its sender reads it."""
    return Due("row", together.home, "", member, Template.CONSULT, 0)
