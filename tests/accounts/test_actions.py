"""Joining, leaving, being away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.people import make_person, make_supporter
from touchbase.accounts import actions, passkeys, queries
from touchbase.accounts.models import Account, Invitation, Membership, StaffSession
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs.models import Program
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 15, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def invite(program, role=Role.COORDINATOR, email="robin.vale@example.org", at=AT, **more):
    """A link to a role."""
    return actions.invite(program_id=program.id, role=role, email=email, at=at, **more)


def roles(account, program):
    """What somebody is in a program."""
    member = queries.member_of(account, program.id)
    return member.roles if member else frozenset()


# ------------------------------------------------------------------------------------------ invitations


def test_a_link_makes_its_holder_a_member(here):
    token = invite(here, email=" Robin.Vale@Example.org ")

    accepted = actions.accept_invitation(token=token, name="  Robin \n Vale ", at=AT)

    robin = Account.objects.get()
    assert (robin.email, robin.name) == ("robin.vale@example.org", "Robin Vale")
    assert accepted == actions.Accepted(robin, robin.memberships.get().id, signs_in=False)
    assert roles(robin, here) == {Role.COORDINATOR}


def test_a_link_says_what_it_is_for_and_whether_the_person_is_known(here, people):
    token = invite(here, Role.LEADER, people.supporter.account.email)

    assert queries.invited(token, AT.date()) == queries.Invited(
        here.id, Role.LEADER, "robin.vale@harbor.example.org", "Robin Vale", date(2026, 3, 9)
    )
    assert queries.invited(invite(here), AT.date()).name == ""


def test_a_known_person_keeps_their_name(here, people):
    token = invite(here, Role.LEADER, people.supporter.account.email)

    accepted = actions.accept_invitation(token=token, name="Somebody Else", at=AT)

    assert accepted.account == people.supporter.account
    assert accepted.account.name == "Robin Vale"


def test_only_a_link_made_at_the_machine_signs_in(here):
    assert actions.accept_invitation(token=invite(here, signs_in=True), name="Robin Vale", at=AT).signs_in


def test_a_link_is_kept_as_a_hash_alone(here):
    token = invite(here)

    kept = Invitation.objects.get()
    assert token not in str(vars(kept))
    assert kept.token_hash == queries.token_hash(token)


def test_a_link_works_once(here):
    token = invite(here)
    actions.accept_invitation(token=token, name="Robin Vale", at=AT)

    with pytest.raises(NotFound):
        actions.accept_invitation(token=token, name="Robin Vale", at=AT)
    assert Membership.objects.count() == 1


def test_a_link_that_was_used_this_moment_gives_nothing(here, monkeypatch):
    token = invite(here)
    row = queries.invitation(token, AT.date())
    Invitation.objects.all().delete()
    monkeypatch.setattr(queries, "invitation", lambda token, today: row)

    with pytest.raises(NotFound):
        actions.accept_invitation(token=token, name="Robin Vale", at=AT)
    assert Membership.objects.count() == 0


@pytest.mark.parametrize(("days", "works"), [(7, True), (8, False)])
def test_a_link_works_for_a_week(here, days, works):
    token = invite(here)

    try:
        actions.accept_invitation(token=token, name="Robin Vale", at=AT + days * DAY)
    except NotFound:
        assert not works
    assert Membership.objects.count() == works


def test_a_new_link_ends_the_one_before_and_clears_old_ones_away(here, elsewhere):
    invite(elsewhere, email="someone.else@example.org", at=AT - 30 * DAY)
    before = invite(here)
    other_role = invite(here, Role.SUPPORTER)
    now = invite(here)

    assert set(Invitation.objects.values_list("pk", flat=True)) == {
        queries.token_hash(other_role),
        queries.token_hash(now),
    }
    with pytest.raises(NotFound):
        queries.invited(before, AT.date())


@pytest.mark.parametrize(
    "email", ["", "robin", "robin@", "robin vale@example.org", "a@example.org\nb@example.org"]
)
def test_what_is_no_address_is_not_invited(here, email):
    with pytest.raises(DomainError) as refused:
        invite(here, email=email)
    assert str(refused.value) == "Enter an email address, like robin.vale@example.org."


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Robin\u202eelaV"])
def test_what_is_no_name_joins_nothing(here, name):
    token = invite(here)

    with pytest.raises(DomainError) as refused:
        actions.accept_invitation(token=token, name=name, at=AT)
    assert str(refused.value) == "Enter the name your colleagues know, in 80 characters or fewer."
    assert (Account.objects.count(), Invitation.objects.count()) == (0, 1)


def test_an_invitation_is_in_the_sums_of_desk_acts_without_whom(here):
    invite(here)
    invite(here, email="ari.stone@example.org", by="someone")

    assert [(act.actor, act.verb, act.n) for act in log.acts(program=here.id, since=AT.date())] == [
        ("operator", "invite", 1),
        ("someone", "invite", 1),
    ]


# ----------------------------------------------------------------------------------- roles that stay apart

APART = (
    "One person can't be two of coordinator, backup and leader in a program. "
    "Give the role to somebody else, or let them leave the other one first."
)


@pytest.mark.parametrize(
    ("part", "role"),
    [
        ("leader", Role.COORDINATOR),
        ("coordinator", Role.LEADER),
        ("backup", Role.LEADER),
        ("coordinator", Role.BACKUP),
    ],
)
def test_nobody_is_invited_to_read_people_and_counts(people, here, part, role):
    with pytest.raises(DomainError) as refused:
        invite(here, role, getattr(people, part).account.email)
    assert str(refused.value) == APART


def test_nor_do_they_become_both_by_a_link_from_before(people, here):
    token = invite(here, Role.COORDINATOR, "robin.vale@example.org")
    actions.add_member(
        program_id=here.id, role=Role.LEADER, email="robin.vale@example.org", name="Robin Vale"
    )

    with pytest.raises(DomainError) as refused:
        actions.accept_invitation(token=token, name="", at=AT)
    assert str(refused.value) == APART
    assert Invitation.objects.count() == 1


def test_somebody_may_be_invited_to_the_role_they_have(people, here):
    token = invite(here, Role.COORDINATOR, people.coordinator.account.email)

    accepted = actions.accept_invitation(token=token, name="", at=AT)

    assert accepted.membership == people.coordinator.member.ids[Role.COORDINATOR]


def test_a_coordinator_may_be_a_supporter_too(people, here):
    actions.add_member(
        program_id=here.id, role=Role.SUPPORTER, email=people.coordinator.account.email, name=""
    )

    assert roles(people.coordinator.account, here) == {Role.COORDINATOR, Role.SUPPORTER}


def test_becoming_a_member_twice_changes_nothing(here):
    first = make_person(here, Role.LEADER, "Max Field")
    again = make_person(here, Role.LEADER, "Max Field")

    assert first == again
    assert (Account.objects.count(), Membership.objects.count()) == (1, 1)


# ------------------------------------------------------------------------------------------------ leaving


def test_who_leaves_their_last_role_is_gone_with_sessions_and_passkeys(here, visitor_of):
    robin = make_supporter(here, "Robin Vale")
    visitor_of(robin.account)
    passkeys.add(account=robin.account.id, name="my phone", credential={})

    actions.leave(membership=robin.member.supporter)

    assert not Account.objects.exists()
    assert not Supporter.objects.exists()
    assert not StaffSession.objects.exists()
    assert passkeys.passkeys_of(robin.account.id) == []


def test_who_leaves_one_of_two_roles_stays(people, here):
    leading = actions.add_member(
        program_id=here.id, role=Role.LEADER, email=people.supporter.account.email, name=""
    )

    actions.leave(membership=leading)

    assert roles(people.supporter.account, here) == {Role.SUPPORTER}


def test_the_only_coordinator_cannot_leave(people):
    with pytest.raises(DomainError) as refused:
        actions.leave(membership=people.coordinator.member.ids[Role.COORDINATOR])

    assert str(refused.value) == (
        "This is the only coordinator. Invite another first, so that nobody who asks is left waiting."
    )
    assert Membership.objects.filter(role=Role.COORDINATOR).count() == 2  # one in each program


def test_one_of_two_coordinators_can(people, here):
    make_person(here, Role.COORDINATOR, "Sam Second")

    actions.leave(membership=people.coordinator.member.ids[Role.COORDINATOR])

    assert [one.name for one in queries.staff(here.id, Role.COORDINATOR, AT.date())] == ["Sam Second"]


def test_who_was_gone_already_is_not_found():
    with pytest.raises(NotFound):
        actions.leave(membership="gone")


def test_a_supporter_somebody_counts_on_cannot_leave(here):
    from touchbase.referrals.models import Referral

    robin = make_supporter(here, "Robin Vale")
    Referral.objects.create(
        program=Program.objects.get(),
        policy_version=1,
        state="accepted",
        assignee_id=robin.member.supporter,
        next_at=AT,
        next_kind="touch",
    )

    with pytest.raises(DomainError) as refused:
        actions.leave(membership=robin.member.supporter)

    assert str(refused.value) == "Somebody still counts on this person. Give their referrals back first."

    with pytest.raises(DomainError, match="Close every referral first"):
        actions.dissolve(program_id=here.id)
    assert Membership.objects.filter(pk=robin.member.supporter).exists()
    assert roles(robin.account, here) == {Role.SUPPORTER}


# --------------------------------------------------------------------------------------------------- away


def test_being_away_and_back(people):
    dana = people.coordinator.account
    actions.set_away(account=dana.id, until=date(2026, 3, 6), today=AT.date())
    assert Account.objects.get(pk=dana.id).away_until == date(2026, 3, 6)

    actions.set_away(account=dana.id, until=None, today=AT.date())
    assert Account.objects.get(pk=dana.id).away_until is None


def test_nobody_is_away_until_yesterday(people):
    with pytest.raises(DomainError) as refused:
        actions.set_away(account=people.coordinator.account.id, until=date(2026, 3, 1), today=AT.date())
    assert str(refused.value) == "Choose today or a later day."
