"""Faculty invite each other and end each other's role; never the last."""

import pytest

from tests.factories.paths import NOON
from tests.factories.people import make_person
from touchbase.accounts import actions as accounts
from touchbase.accounts.models import Invitation
from touchbase.accounts.roles import Role
from touchbase.collaborative import faculty
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.models import Outgoing

pytestmark = pytest.mark.django_db


def test_an_invitation_is_mailed_and_goes_with_what_waits_of_it(people, here, settings):
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    key = faculty.invite(by=people.faculty.member, email="new@example.org", at=NOON)
    assert [one.key for one in faculty.invited_to(here.id, NOON)] == [key]
    assert list(Outgoing.objects.values_list("handle", "template")) == [(key, "join")]

    faculty.withdraw(invitation=key, by=people.faculty.member, at=NOON)

    assert (Invitation.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_without_mail_an_invitation_is_made_and_nothing_waits(people):
    faculty.invite(by=people.faculty.member, email="new@example.org", at=NOON)
    assert (Invitation.objects.count(), Outgoing.objects.count()) == (1, 0)


def test_who_leads_already_is_not_invited(people):
    with pytest.raises(DomainError, match="has the role here already"):
        faculty.invite(by=people.faculty.member, email=" Noor.Center@harbor.example.org", at=NOON)


def test_an_invitation_to_another_role_and_another_role_are_not_theirs_to_end(people, here):
    token = accounts.invite(program_id=here.id, role=Role.LEADER, email="max@example.org", at=NOON)
    key = Invitation.objects.get().key
    assert token
    with pytest.raises(NotFound):
        faculty.withdraw(invitation=key, by=people.faculty.member, at=NOON)
    for other in (people.coordinator.member.ids[Role.COORDINATOR], people.leader.member.ids[Role.LEADER]):
        with pytest.raises(NotFound):
            faculty.end(membership=other, by=people.faculty.member, at=NOON)


def test_the_last_of_the_faculty_stays(people, here):
    mine = people.faculty.member.ids[Role.FACULTY]
    with pytest.raises(DomainError, match="only one of the faculty"):
        faculty.end(membership=mine, by=people.faculty.member, at=NOON)

    make_person(here, Role.FACULTY, "Bo Second")
    faculty.end(membership=mine, by=people.faculty.member, at=NOON)
    assert [one.name for one in faculty.faculty_of(here.id, NOON)] == ["Bo Second"]
