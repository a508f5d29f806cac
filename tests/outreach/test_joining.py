"""Inviting somebody to work here: a mail says who invites, to what and until when; they say yes themself."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.people import make_person
from tests.factories.walking import DAY, HOUR, NOON, Walk
from touchbase.accounts import queries
from touchbase.accounts.actions import OPERATOR, leave
from touchbase.accounts.actions import invite as at_the_machine
from touchbase.accounts.models import Invitation, Membership
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.catalogue import Template
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import Due
from touchbase.outreach import joining
from touchbase.outreach.letters import composer
from touchbase.outreach.sweep import run_once
from touchbase.supporters.details import DetailsUnclear
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

SAM = "sam.new@example.org"


@pytest.fixture
def by(people: Any, settings: Any) -> Any:
    """The coordinator, where mail can be sent."""
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    return people.coordinator.member


def invite(by: Any, role: Role = Role.SUPPORTER, email: str = SAM) -> str:
    return joining.invite(by=by, role=role, email=email, at=NOON)


def letter(here: Any, key: str, at: Any = NOON) -> Any:
    return composer(at)(Due("x", here.id, key, "", Template.JOIN, 0))


def token_in(body: str) -> str:
    return body.split("/account/invitation/")[1].split("/", maxsplit=1)[0]


def test_the_mail_says_who_invites_to_what_and_until_when(here, by, settings):
    settings.SITE_ADDRESS = "https://peers.example.org"
    key = invite(by)
    assert list(Outgoing.objects.values_list("handle", "template")) == [(key, "join")]
    written = letter(here, key)
    assert (written.to, written.subject) == (SAM, "Touchbase: something is waiting")
    assert "Dana Quill asks if you would join Harbor Peer Support, as peer supporter." in written.body
    assert "We would ask you now and then to reach out to a colleague." in written.body
    assert "The link works once, until May 20." in written.body
    assert (written.reply_to, written.from_name) == ("peers@harbor.example.org", "Harbor")
    assert queries.invited(token_in(written.body), NOON.date()).email == SAM


def test_without_a_mail_server_nothing_waits_to_be_sent(people):
    invite(people.coordinator.member)
    assert not Outgoing.objects.exists()


def test_who_has_left_is_named_by_the_role(here, by, people):
    key = invite(by)
    make_person(here, Role.COORDINATOR, "Noor Hale")
    leave(membership=people.coordinator.member.ids[Role.COORDINATOR])
    assert "Program coordinator asks if you would join" in letter(here, key).body


def test_each_mail_has_a_link_of_its_own_and_ends_the_one_before(here, by):
    key = invite(by)
    first, second = (token_in(letter(here, key).body) for _time in range(2))
    assert queries.invited(second, NOON.date()).key == key
    with pytest.raises(NotFound):
        queries.invited(first, NOON.date())


def test_an_invitation_that_was_taken_back_is_not_written(here, by):
    key = invite(by)
    joining.withdraw(invitation=key, by=by, at=NOON)
    assert not Outgoing.objects.exists()
    assert letter(here, key) is None
    with pytest.raises(NotFound, match="used, taken back, or has ended"):
        joining.withdraw(invitation=key, by=by, at=NOON)


def test_writing_again_lets_it_hold_for_another_week(here, by):
    key = invite(by)
    Outgoing.objects.all().delete()
    joining.resend(invitation=key, by=by, at=NOON + 3 * DAY)
    assert queries.invitation_of(key, NOON.date()).until == (NOON + 10 * DAY).date()
    assert Outgoing.objects.get().handle == key
    assert log.count(program=here.id, actor=by.account, verb="invite", day=(NOON + 3 * DAY).date()) == 1


def test_nobody_else_s_invitation_is_touched(people, by, elsewhere):
    key = invite(people.elsewhere.member)
    for act in (joining.resend, joining.withdraw):
        with pytest.raises(NotFound):
            act(invitation=key, by=by, at=NOON)
    assert Invitation.objects.get().key == key


def test_a_link_made_at_the_machine_signs_in_no_more_once_it_is_written_by_mail(here, by):
    token = at_the_machine(program_id=here.id, role=Role.BACKUP, email=SAM, at=NOON, signs_in=True)
    key = queries.invited(token, NOON.date()).key
    assert queries.invitation_of(key, NOON.date()).by == OPERATOR
    again = token_in(letter(here, key).body)
    assert not joining.accept(token=again, name="Sam New", profession="", at=NOON).signs_in


@pytest.mark.parametrize(
    ("role", "email", "says"),
    [
        (Role.OPERATOR, SAM, "Choose one of the roles on the page."),
        (Role.BACKUP, "nobody", "Enter an email address, like robin.vale@example.org."),
        (Role.SUPPORTER, "Robin.Vale@harbor.example.org", "This person has the role here already."),
        (Role.LEADER, "jo.marsh@harbor.example.org", "One person can't be two of coordinator, backup and"),
    ],
)
def test_what_cannot_be_is_refused_in_words(by, role, email, says):
    with pytest.raises(DomainError, match=says):
        invite(by, role, email)
    assert not Invitation.objects.exists()


def test_who_joins_as_a_supporter_has_a_first_profile_and_is_not_trained(here, by):
    token = token_in(letter(here, invite(by)).body)
    accepted = joining.accept(token=token, name="Sam New", profession="nurse", at=NOON)
    row = Supporter.objects.get(membership=accepted.membership)
    assert (row.profession, set(row.channels), row.trained_month) == (
        "nurse", {"text", "call", "email"}, None,
    )  # fmt: skip
    assert not Outgoing.objects.exists()


def test_a_profession_that_isnt_there_leaves_the_invitation_as_it_was(here, by):
    token = token_in(letter(here, invite(by)).body)
    with pytest.raises(DetailsUnclear):
        joining.accept(token=token, name="Sam New", profession="pilot", at=NOON)
    assert queries.invited(token, NOON.date()).email == SAM
    assert not Membership.objects.filter(account__email=SAM).exists()


def test_a_supporter_who_says_yes_once_more_keeps_their_profile(here, by, people):
    token = at_the_machine(
        program_id=here.id, role=Role.SUPPORTER, email=people.supporter.account.email, at=NOON
    )
    joining.accept(token=token, name="", profession="nurse", at=NOON)
    assert Supporter.objects.get(membership=people.supporter.member.supporter).profession == "physician"


def test_other_roles_get_no_profile(here, by):
    token = token_in(letter(here, invite(by, Role.LEADER)).body)
    accepted = joining.accept(token=token, name="Sam New", profession="", at=NOON)
    assert not Supporter.objects.filter(membership=accepted.membership).exists()


def test_a_mail_that_could_not_be_sent_is_marked(here, by, walk: Walk, settings):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"
    key = invite(by)
    run_once(NOON)
    assert not Outgoing.objects.exists()
    assert queries.invitation_of(key, NOON.date()).undelivered
    joining.resend(invitation=key, by=by, at=NOON)
    letter(here, key)
    assert not queries.invitation_of(key, NOON.date()).undelivered


def test_whoever_does_not_answer_is_forgotten_after_a_week(here, by, walk: Walk):
    invite(by)
    run_once(NOON + 7 * DAY)
    assert Invitation.objects.exists()
    run_once(NOON + 8 * DAY + timedelta(hours=1))
    assert not Invitation.objects.exists()
    assert HOUR < DAY
