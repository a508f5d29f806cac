"""Being named, invited, and answering (D20, B35)."""

from datetime import date, timedelta

import pytest

from tests.factories.paths import NOON
from tests.factories.people import make_supporter
from touchbase.accounts.models import Account, Membership
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.models import Outgoing
from touchbase.supporters import nominating, nominations
from touchbase.supporters.details import DetailsUnclear
from touchbase.supporters.models import Nomination, Supporter
from touchbase.supporters.naming import Named, NominationState

pytestmark = pytest.mark.django_db

NOOR = Named("Noor Hale", "noor.hale@harbor.example.org")
TODAY = date(2026, 5, 11)


@pytest.fixture
def name(here):
    """Name somebody once; their nomination."""

    def call(who: Named = NOOR, at=NOON) -> str:
        nominating.name(program_id=here.id, named=who, at=at)
        return str(Nomination.objects.get(contact=who.contact, program=here.id).id)

    return call


@pytest.fixture
def invite(here, name, people):
    """Name and invite somebody; their nomination."""

    def call() -> str:
        key: str = name()
        by = people.coordinator.account.id
        nominating.invite(nomination=key, program_id=here.id, by=by, at=NOON)
        return key

    return call


def agree(key, **said):
    return nominating.agree(
        **{"nomination": key, "name": "Noor Hale", "profession": "nurse", "at": NOON} | said
    )


def test_several_who_name_one_person_are_a_number_and_nothing_else(here, name):
    key, *_again = [name() for _time in range(3)]
    row = Nomination.objects.values().get()
    assert (row["id"], row["named"], row["offered"]) == (key, 3, False)
    assert set(row) == {
        "id", "program_id", "name", "contact", "state", "named", "offered", "token_hash", "dies_on",
    }  # fmt: skip


def test_only_the_first_time_is_new(here):
    new = [nominating.name(program_id=here.id, named=NOOR, at=NOON) for _time in range(2)]
    assert new == [True, False]


def test_who_names_themself_is_not_counted_as_support(name):
    name(Named(NOOR.name, NOOR.contact, by_themself=True))
    assert Nomination.objects.values_list("named", "offered").get() == (0, True)


def test_the_same_address_in_another_program_is_another_matter(here, elsewhere, name):
    name()
    nominating.name(program_id=elsewhere.id, named=NOOR, at=NOON)
    assert Nomination.objects.count() == 2
    assert [one.named for one in nominations.waiting(here.id, TODAY)] == [1]


def test_nothing_is_sent_before_a_coordinators_press(here, name, people):
    key = name()
    assert not Outgoing.objects.exists()
    for _time in range(2):
        nominating.invite(nomination=key, program_id=here.id, by=people.coordinator.account.id, at=NOON)
    assert Outgoing.objects.values("handle", "member", "template").get() == {
        "handle": key,
        "member": None,
        "template": "nomination",
    }
    assert log.count(
        program=here.id, actor=people.coordinator.account.id, verb="invite nominee", day=TODAY
    ) == 1  # fmt: skip


def test_who_offered_it_reads_another_note_than_who_was_named(here, name, people):
    key = name(Named(NOOR.name, NOOR.contact, by_themself=True))
    nominating.invite(nomination=key, program_id=here.id, by=people.coordinator.account.id, at=NOON)
    assert Outgoing.objects.get().template == "offer"


def test_another_programs_coordinator_can_neither_invite_nor_set_aside(elsewhere, name):
    key = name()
    for act in (nominating.invite, nominating.set_aside):
        with pytest.raises(NotFound):
            act(nomination=key, program_id=elsewhere.id, by="x", at=NOON)
    assert Nomination.objects.get().state == NominationState.NAMED


def test_a_link_leads_to_who_was_invited_and_only_its_hash_is_kept(invite):
    key = invite()
    token = nominating.new_link(nomination=key)
    assert nominations.behind(token, TODAY).id == key
    assert token not in str(Nomination.objects.values().get())
    newer = nominating.new_link(nomination=key)
    assert nominations.behind(newer, TODAY).id == key
    with pytest.raises(NotFound):
        nominations.behind(token, TODAY)
    with pytest.raises(NotFound):
        nominations.behind(token[:-1] + "x", TODAY)


def test_who_is_set_aside_after_an_invitation_gets_no_mail_and_their_link_ends(here, invite):
    key = invite()
    token = nominating.new_link(nomination=key)
    nominating.set_aside(nomination=key, program_id=here.id, by="x", at=NOON)
    assert not Outgoing.objects.exists()
    with pytest.raises(NotFound):
        nominations.behind(token, TODAY)
    with pytest.raises(NotFound):
        nominating.new_link(nomination=key)


def test_somebody_who_supports_already_is_not_invited(here, people, name):
    key = name(Named("Robin", people.supporter.account.email))
    assert [one.supports for one in nominations.waiting(here.id, TODAY)] == [True]
    with pytest.raises(DomainError, match="supporter here already"):
        nominating.invite(nomination=key, program_id=here.id, by="x", at=NOON)


def test_not_for_me_leaves_nothing(invite):
    nominating.not_for_me(nomination=invite())
    assert (Nomination.objects.count(), Outgoing.objects.count()) == (0, 0)
    assert not Account.objects.filter(email=NOOR.contact).exists()


def test_every_row_dies_after_ninety_days_also_when_named_again_meanwhile(here, name, invite):
    invite()
    name(at=NOON + timedelta(days=80))
    nominating.clear_ended(today=TODAY + timedelta(days=90))
    assert Nomination.objects.count() == 1
    nominating.clear_ended(today=TODAY + timedelta(days=91))
    assert (Nomination.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_a_row_past_its_day_is_not_there_even_before_the_sweep(here, invite):
    key, later = invite(), NOON + timedelta(days=91)
    token = nominating.new_link(nomination=key)
    assert nominations.waiting(here.id, later.date()) == []
    with pytest.raises(NotFound):
        nominations.behind(token, later.date())
    with pytest.raises(NotFound):
        agree(key, at=later)


def test_agreeing_makes_a_member_with_a_profile_who_is_not_trained(here, invite):
    membership = agree(invite(), name="Dr. Noor Hale")
    kept = Supporter.objects.get(membership=membership)
    assert (kept.profession, kept.trained_month, kept.active) == ("nurse", None, True)
    row = Membership.objects.select_related("account").get(pk=membership)
    assert (row.role, row.account.email, row.account.name) == (Role.SUPPORTER, NOOR.contact, "Dr. Noor Hale")
    assert not Nomination.objects.exists()


def test_agreeing_needs_a_profession_of_the_program_and_keeps_nothing_without(invite):
    key = invite()
    with pytest.raises(DetailsUnclear):
        agree(key, profession="pirate")
    assert (Account.objects.filter(email=NOOR.contact).count(), Nomination.objects.count()) == (0, 1)


def test_nobody_agrees_who_was_not_invited(name):
    with pytest.raises(NotFound):
        agree(name())


def test_somebody_of_the_desk_who_agrees_is_a_supporter_besides(here, people, name):
    key = name(Named("Dana", people.coordinator.account.email))
    nominating.invite(nomination=key, program_id=here.id, by=people.coordinator.account.id, at=NOON)
    agree(key)
    roles = Membership.objects.filter(account=people.coordinator.account).values_list("role", flat=True)
    assert sorted(roles) == ["coordinator", "supporter"]


def test_who_became_a_supporter_since_the_invitation_keeps_the_profile_they_have(here, invite):
    key = invite()
    already = make_supporter(here, NOOR.name, title="a surgeon")
    assert already.account.email == NOOR.contact
    assert agree(key) == already.member.supporter
    kept = Supporter.objects.get(membership=already.member.supporter)
    assert (kept.title, kept.profession, kept.trained_month) == ("a surgeon", "physician", date(2026, 1, 1))
    assert not Nomination.objects.exists()


def test_a_mail_that_could_not_be_sent_comes_back_to_the_desk(here, invite, people):
    key = invite()
    nominating.not_delivered(nomination=key)
    assert [one.state for one in nominations.waiting(here.id, TODAY)] == [NominationState.UNDELIVERED]
    nominating.invite(nomination=key, program_id=here.id, by=people.coordinator.account.id, at=NOON)
    assert nominations.behind(nominating.new_link(nomination=key), TODAY).id == key


def test_the_list_costs_the_same_for_one_and_for_thirty(here, name, django_assert_num_queries):
    name()
    with django_assert_num_queries(2):
        nominations.waiting(here.id, TODAY)
    for n in range(30):
        name(Named(f"Noor {n}", f"noor{n}@harbor.example.org"))
    with django_assert_num_queries(2):
        assert len(nominations.waiting(here.id, TODAY)) == 31
