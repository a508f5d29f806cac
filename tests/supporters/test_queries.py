"""Who could be asked, in one query, and who one of them is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.people import make_person, make_supporter
from touchbase.accounts.models import Account, AccountState
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound
from touchbase.matching.ranking import Candidate, Rules, Wanted, rank
from touchbase.matching.reasons import Bar
from touchbase.supporters import actions, queries
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 14)


def candidates(program, open_now=None):
    """Everybody of a program, by their key."""
    found = queries.candidates(program.id, policy=program.policy, today=TODAY, open_now=open_now or {})
    return {one.key: one for one in found}


def written(person, name):
    """The same person with another way of writing their name."""
    Account.objects.filter(pk=person.account.pk).update(name=name)
    return person


def candidate(person, program, open_now=None):
    return candidates(program, open_now)[person.member.supporter]


def test_a_candidate_is_what_the_supporter_said_and_nothing_else(here):
    robin = make_supporter(
        here,
        "Robin Vale",
        leads=["surgery"],
        languages=["en", "es"],
        topics={"nights": "matching"},
        parts_of_week=["evenings"],
        away=[["2026-06-01", "2026-06-09"]],
        resting_until=date(2026, 5, 20),
        limit=3,
        turn=5,
    )
    key = written(robin, "Dr. Robin Vale").member.supporter
    assert candidate(robin, here, {key: 1}) == Candidate(
        key=key,
        called="robin vale",
        active=True,
        trained=True,
        refresher_by=date(2028, 1, 31),
        resting_until=date(2026, 5, 20),
        away=((date(2026, 6, 1), date(2026, 6, 9)),),
        open_now=1,
        limit=3,
        contacts=frozenset({"robin.vale@harbor.example.org", "+12075550170"}),
        leads=frozenset({"surgery"}),
        department="surgery",
        site="east",
        profession="physician",
        stage="senior",
        languages=frozenset({"en", "es"}),
        topics=frozenset({"nights"}),
        times=frozenset({"evenings"}),
        channels=frozenset({"text", "call", "email"}),
        turn=5,
    )


def test_only_supporters_of_the_program_are_candidates(here, elsewhere, people):
    make_supporter(elsewhere, "Sam Far")
    expected = {people.supporter.member.supporter, people.other_supporter.member.supporter}
    assert set(candidates(here)) == expected


def test_who_has_no_phone_is_known_by_the_address_alone(here):
    robin = make_supporter(here, "Robin Vale", phone="")
    assert candidate(robin, here).contacts == {"robin.vale@harbor.example.org"}


def test_who_stopped_or_left_is_not_active(here):
    stopped, left = make_supporter(here, "Robin Vale", active=False), make_supporter(here, "Ari Stone")
    Account.objects.filter(pk=left.account.pk).update(state=AccountState.LEFT)
    assert [candidate(one, here).active for one in (stopped, left)] == [False, False]


def test_training_is_judged_by_the_day_and_the_policy(here):
    untrained = make_supporter(here, "Robin Vale", trained_month=None)
    later = make_supporter(here, "Ari Stone", trained_month=date(2026, 6, 1))
    stale = make_supporter(here, "Lou Bly", trained_month=date(2024, 4, 1))
    fresh = make_supporter(
        here, "Kit Sorel", trained_month=date(2020, 1, 1), refresher_month=date(2024, 5, 1)
    )
    found = rank(Wanted(), candidates(here).values(), Rules(), TODAY)
    assert {each.key: each.bar for each in found.left_out} == {
        untrained.member.supporter: Bar.NOT_TRAINED,
        later.member.supporter: Bar.NOT_TRAINED,
        stale.member.supporter: Bar.REFRESHER_OVERDUE,
    }
    assert [match.key for match in found.best] == [fresh.member.supporter]


def test_who_is_away_as_a_person_is_away_as_a_supporter(here):
    robin = make_supporter(here, "Robin Vale")
    Account.objects.filter(pk=robin.account.pk).update(away_until=TODAY)
    found = rank(Wanted(), candidates(here).values(), Rules(), TODAY)
    assert [each.bar for each in found.left_out] == [Bar.AWAY]
    Account.objects.filter(pk=robin.account.pk).update(away_until=date(2026, 5, 13))
    assert rank(Wanted(), candidates(here).values(), Rules(), TODAY).left_out == ()


@pytest.mark.parametrize("contact", ["robin.vale@harbor.example.org", "+12075550170"])
def test_nobody_is_their_own_peer_by_address_or_phone(here, contact):
    make_supporter(here, "Robin Vale")
    found = rank(Wanted(contact=contact), candidates(here).values(), Rules(), TODAY)
    assert [each.bar for each in found.left_out] == [Bar.THEMSELF]


def test_a_phone_typed_in_any_way_is_found_as_the_persons_own(here):
    robin = make_person(here, Role.SUPPORTER, "Robin Vale").member.supporter
    actions.create(membership=robin, profession="nurse", phone="1 (207) 555-0179", trained_month=TODAY)
    found = rank(Wanted(contact="+12075550179"), candidates(here).values(), Rules(), TODAY)
    assert [each.bar for each in found.left_out] == [Bar.THEMSELF]


def test_not_with_finds_a_supporter_however_the_name_is_typed(here):
    written(make_supporter(here, "Robin Vale"), "Dr. Robin Välé, MD")
    found = rank(Wanted(not_with="robin vale"), candidates(here).values(), Rules(), TODAY)
    assert [each.bar for each in found.left_out] == [Bar.NOT_WITH]


@pytest.mark.parametrize("number", [1, 30])
def test_one_query_for_one_supporter_or_thirty(here, number):
    for n in range(number):
        make_supporter(here, f"Robin Vale{n}")
    with CaptureQueriesContext(connection) as asked:
        assert len(candidates(here)) == number
    assert len(asked) == 1


# ------------------------------------------------------------------------------------------------ profiles


def test_a_profile_is_what_pages_and_letters_show(here):
    robin = make_supporter(
        here,
        "Robin Vale",
        own_words="Call late.",
        resting_until=TODAY,
        away=[["2026-06-01", "2026-06-09"]],
        parts_of_week=["evenings"],
        limit=1,
    )
    shown = queries.profile(written(robin, "Dr. Robin Vale").member.supporter, TODAY)
    assert shown == queries.Profile(
        id=robin.member.supporter,
        name="Dr. Robin Vale",
        title="a surgeon",
        profession="physician",
        stage="senior",
        department="surgery",
        site="east",
        languages=("en",),
        phone="+12075550170",
        email="robin.vale@harbor.example.org",
        own_words="Call late.",
        limit=1,
        parts_of_week=("evenings",),
        channels=("text", "call", "email"),
        away=((date(2026, 6, 1), date(2026, 6, 9)),),
        resting=True,
        resting_until=TODAY,
    )
    assert (shown.first_name, shown.initials) == ("Robin", "RV")


def test_rest_is_told_for_a_day_and_never_without_one(here):
    robin = make_supporter(here, "Robin Vale", resting_until=TODAY).member.supporter
    assert not queries.profile(robin).resting
    assert not queries.profile(robin, date(2026, 5, 15)).resting


@pytest.mark.parametrize(("name", "initials"), [("Robin", "R"), ("Robin de la Vale", "RV"), ("Dr.", "")])
def test_initials_stand_where_others_have_a_picture(here, name, initials):
    robin = written(make_supporter(here, "Robin Vale"), name)
    assert queries.profile(robin.member.supporter).initials == initials


def test_a_stranger_and_a_coordinator_have_no_profile(here, people):
    for membership in ("0" * 26, people.coordinator.member.ids[Role.COORDINATOR]):
        with pytest.raises(NotFound):
            queries.profile(membership)


def test_several_profiles_are_one_query_and_who_left_is_missing(here):
    robin, ari = make_supporter(here, "Robin Vale"), make_supporter(here, "Ari Stone")
    ids = [robin.member.supporter, ari.member.supporter, "0" * 26]
    with CaptureQueriesContext(connection) as asked:
        found = queries.profiles(ids)
    assert {key: one.name for key, one in found.items()} == {ids[0]: "Robin Vale", ids[1]: "Ari Stone"}
    assert len(asked) == 1


def test_whoever_still_serves_may_be_asked_again(here):
    robin, ari, lou = (make_supporter(here, name) for name in ("Robin Vale", "Ari Stone", "Lou Bly"))
    Supporter.objects.filter(membership=ari.member.supporter).update(active=False)
    Account.objects.filter(pk=lou.account.pk).update(state=AccountState.LEFT)
    people = [robin.member.supporter, ari.member.supporter, lou.member.supporter, "0" * 26, ""]
    assert [queries.may_be_asked(one) for one in people] == [True, False, False, False, False]
