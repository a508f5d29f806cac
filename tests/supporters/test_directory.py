"""The list is a standing one: who chose to be on it, and what they said; never whom they help."""

from dataclasses import astuple
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.listing import listing_of, make_listed, two_alone, with_list
from tests.factories.people import make_supporter
from touchbase.accounts.models import Account, AccountState
from touchbase.supporters import actions
from touchbase.supporters.directory import chosen, fitting, listed
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 14)


def names(program):
    return [one.name for one in listed(program.id, policy=program.policy, today=TODAY)]


def test_only_who_chose_to_be_is_listed_by_name(elsewhere):
    here = with_list()
    make_supporter(here, "Kit Hidden")
    make_listed(here, "Robin Vale")
    make_listed(here, "Ari Stone")
    make_listed(elsewhere, "Sam Far")
    assert names(here) == ["Ari Stone", "Robin Vale"]


@pytest.mark.parametrize(
    "profile",
    [
        {"active": False},
        {"trained_month": None},
        {"trained_month": date(2026, 6, 1)},
        {"trained_month": date(2023, 1, 1)},
    ],
    ids=["stopped", "untrained", "not yet", "stale"],
)
def test_who_could_be_asked_by_nobody_is_not_listed(profile):
    here = with_list()
    make_listed(here, "Robin Vale", **profile)
    assert names(here) == []


def test_who_left_is_not_listed():
    here = with_list()
    robin = make_listed(here, "Robin Vale")
    Account.objects.filter(pk=robin.account.pk).update(state=AccountState.LEFT)
    assert names(here) == []


@pytest.mark.parametrize(
    "busy",
    [
        {"limit": 0},
        {"paused": True},
        {"resting_until": date(2026, 5, 20)},
        {"away": [["2026-05-01", "2026-05-30"]]},
        {"turn": 900},
    ],
    ids=lambda given: next(iter(given)),
)
def test_a_peer_who_is_full_resting_or_away_is_listed_unchanged(busy):
    here = with_list()
    robin = make_listed(here, "Robin Vale", days=["mon"], parts_of_week=["evenings"])
    (before,) = listed(here.id, policy=here.policy, today=TODAY)
    Supporter.objects.filter(membership=robin.member.supporter).update(**busy)
    assert listed(here.id, policy=here.policy, today=TODAY) == [before]


def test_only_topics_that_are_public_are_shown():
    here = with_list(supporters="")
    for topics in ("public", "asking", "matching"):
        make_listed(here, f"Peer {topics}", topics={"nights": topics})
    found = listed(here.id, policy=here.policy, today=TODAY)
    assert {one.name: one.topics for one in found} == {
        "Peer public": ("nights",), "Peer asking": (), "Peer matching": (),
    }  # fmt: skip


def test_no_key_of_a_member_or_an_account_is_on_the_list():
    here = with_list()
    robin = make_listed(here, "Robin Vale")
    (found,) = listed(here.id, policy=here.policy, today=TODAY)
    known = {robin.member.supporter, robin.account.pk, robin.account.email, "+12075550170"}
    assert known.isdisjoint(str(value) for value in astuple(found))


def test_who_leaves_the_list_and_comes_back_has_another_key_there():
    here = with_list()
    robin = make_listed(here, "Robin Vale")
    first = listing_of(robin)
    actions.update_profile(membership=robin.member.supporter, title="a surgeon", public=True)
    assert listing_of(robin) == first
    actions.update_profile(membership=robin.member.supporter, public=False)
    assert chosen(here.id, first, policy=here.policy, today=TODAY) is None
    actions.update_profile(membership=robin.member.supporter, public=True)
    assert chosen(here.id, first, policy=here.policy, today=TODAY) is None
    found = chosen(here.id, listing_of(robin), policy=here.policy, today=TODAY)
    assert found is not None
    assert found.member == robin.member.supporter


def test_a_key_of_another_program_or_none_chooses_nobody(elsewhere):
    here = with_list()
    far = make_listed(elsewhere, "Sam Far")
    assert [chosen(here.id, key, policy=here.policy, today=TODAY) for key in (listing_of(far), "", "x1")] == [
        None
    ] * 3


def test_a_contact_is_shown_only_where_the_two_alone_know():
    here = with_list()
    make_listed(here, "Robin Vale", contact_public="+12075550177")
    assert [one.contact for one in listed(here.id, policy=here.policy, today=TODAY)] == [""]
    here = two_alone()
    make_listed(here, "Ari Stone")  # nobody could reach them
    found = listed(here.id, policy=here.policy, today=TODAY)
    assert [(one.name, one.contact) for one in found] == [("Robin Vale", "+12075550177")]


def test_what_is_looked_for_must_all_be_there():
    here = with_list()
    make_listed(here, "Robin Vale", site="east", languages=["en", "es"])
    make_listed(here, "Ari Stone", site="west", profession="nurse", topics={"nights": "public"})
    everybody = listed(here.id, policy=here.policy, today=TODAY)

    def found(**wanted):
        return [one.first_name for one in fitting(everybody, wanted)]

    assert found(site="", language="") == ["Ari", "Robin"]
    assert found(site="east", language="es") == ["Robin"]
    assert found(site="west", language="es") == []
    assert found(topic="nights", profession="nurse") == ["Ari"]
    assert found(anything="else") == []


def test_one_query_for_five_and_for_five_hundred():
    here = with_list()
    costs = []
    for n in (5, 495):
        for number in range(n):
            make_listed(here, f"Peer {n} {number}")
        with CaptureQueriesContext(connection) as asked:
            found = len(listed(here.id, policy=here.policy, today=TODAY))
        costs.append((len(asked), found))
    assert costs == [(1, 5), (1, 500)]
