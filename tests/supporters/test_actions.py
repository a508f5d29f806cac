"""What supporters change, and their place in the queue."""

from datetime import date

import pytest
from django.forms.models import model_to_dict

from tests.factories.people import make_person, make_supporter
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound
from touchbase.supporters import actions
from touchbase.supporters.availability import DaysUnclear
from touchbase.supporters.details import DetailsUnclear
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 14)
STRANGER = "0" * 26


def stored(person):
    """A supporter's row as it is now."""
    return Supporter.objects.get(membership=person.member.supporter)


def joined(program, name):
    """Somebody who is a supporter without a profile yet; their membership."""
    return make_person(program, Role.SUPPORTER, name).member.supporter


# ---------------------------------------------------------------------------------------------- beginning


def test_a_profile_is_made_with_what_was_said_and_plain_values_for_the_rest(here):
    membership = joined(here, "Noor Hale")
    actions.create(
        membership=membership, profession="nurse", phone="207 555 0171", trained_month=date(2026, 4, 9)
    )
    kept = Supporter.objects.get(membership=membership)
    assert (kept.profession, kept.languages, kept.phone) == ("nurse", ["en"], "+12075550171")
    assert (kept.active, kept.limit, kept.resting_until, kept.turn) == (True, 2, None, 0)
    assert (kept.trained_month, kept.refresher_month) == (date(2026, 4, 1), None)


def test_who_has_no_profile_yet_has_no_list_of_whom_to_keep_apart_from(here):
    membership = joined(here, "Noor Hale")
    with pytest.raises(NotFound):
        actions.keep_apart(membership=membership, contact="207 555 0142")
    with pytest.raises(NotFound):
        actions.keep_apart_no_more(membership=membership)


def test_a_newcomer_joins_at_the_median_of_their_own_program(here, elsewhere):
    for turn, name in ((4, "Ari Stone"), (8, "Lou Bly"), (50, "Kit Sorel")):
        make_supporter(here, name, turn=turn)
    make_supporter(elsewhere, "Sam Far", turn=900)
    membership = joined(here, "Noor Hale")
    actions.create(membership=membership, profession="nurse")
    assert Supporter.objects.get(membership=membership).turn == 8


def test_a_profile_needs_a_profession_of_the_program(here):
    membership = joined(here, "Noor Hale")
    with pytest.raises(DetailsUnclear) as caught:
        actions.create(membership=membership)
    assert caught.value.field == "profession"
    assert not Supporter.objects.filter(membership=membership).exists()


def test_there_is_one_profile_a_supporter(here):
    robin = make_supporter(here, "Robin Vale")
    with pytest.raises(DetailsUnclear, match="has a profile already"):
        actions.create(membership=robin.member.supporter, profession="nurse")
    assert stored(robin).profession == "physician"


def test_only_a_supporters_membership_gets_a_profile(here, people):
    coordinator = people.coordinator.member.ids[Role.COORDINATOR]
    for membership in (coordinator, STRANGER):
        with pytest.raises(NotFound):
            actions.create(membership=membership, profession="nurse")


# ---------------------------------------------------------------------------------------------- changing


def test_what_is_left_out_of_a_change_stays(here):
    robin = make_supporter(here, "Robin Vale", own_words="Call late.", limit=1)
    actions.update_profile(membership=robin.member.supporter, own_words="", leads=["surgery"])
    kept = stored(robin)
    assert (kept.own_words, kept.leads, kept.limit, kept.title) == ("", ["surgery"], 1, "a surgeon")


def test_a_change_that_does_not_fit_changes_nothing(here):
    robin = make_supporter(here, "Robin Vale")
    with pytest.raises(DetailsUnclear):
        actions.update_profile(membership=robin.member.supporter, limit=1, department="moon base")
    assert (stored(robin).limit, stored(robin).department) == (2, "surgery")


def test_a_change_is_ones_own(here):
    robin, ari = make_supporter(here, "Robin Vale"), make_supporter(here, "Ari Stone")
    actions.update_profile(membership=robin.member.supporter, limit=3)
    assert stored(ari).limit == 2


def test_rest_is_two_weeks_and_ends_on_a_press(here):
    robin = make_supporter(here, "Robin Vale")
    actions.rest(membership=robin.member.supporter, today=TODAY)
    assert stored(robin).resting_until == date(2026, 5, 27)
    actions.back(membership=robin.member.supporter, today=TODAY)
    assert stored(robin).resting_until is None


def test_days_away_replace_the_earlier_ones(here):
    robin = make_supporter(here, "Robin Vale", away=[["2026-05-20", "2026-05-21"]])
    ranges = [(date(2026, 7, 1), date(2026, 7, 9)), (date(2026, 5, 1), date(2026, 5, 2))]
    actions.set_away(membership=robin.member.supporter, ranges=ranges, today=TODAY)
    assert stored(robin).away == [["2026-07-01", "2026-07-09"]]
    with pytest.raises(DaysUnclear):
        actions.set_away(membership=robin.member.supporter, ranges=[(TODAY, date(2026, 5, 1))], today=TODAY)
    assert stored(robin).away == [["2026-07-01", "2026-07-09"]]


# ------------------------------------------------------------------------------------------------- turns


def test_who_was_asked_goes_to_the_end_of_their_own_programs_queue(here, elsewhere):
    robin, ari = make_supporter(here, "Robin Vale", turn=3), make_supporter(here, "Ari Stone", turn=7)
    far = make_supporter(elsewhere, "Sam Far", turn=900)
    actions.asked(membership=robin.member.supporter)
    actions.asked(membership=robin.member.supporter)
    assert [stored(one).turn for one in (robin, ari, far)] == [9, 7, 900]


def test_being_asked_leaves_no_date_behind(here):
    """A place in a queue says who came after whom, never when somebody was helped (ruling B15)."""
    robin = make_supporter(here, "Robin Vale")
    before = model_to_dict(stored(robin))
    actions.asked(membership=robin.member.supporter)
    after = model_to_dict(stored(robin))
    assert {key for key in after if after[key] != before[key]} == {"turn"}


@pytest.mark.parametrize(
    "act",
    [
        lambda who: actions.update_profile(membership=who, limit=1),
        lambda who: actions.rest(membership=who, today=TODAY),
        lambda who: actions.back(membership=who, today=TODAY),
        lambda who: actions.set_away(membership=who, ranges=[], today=TODAY),
        lambda who: actions.asked(membership=who),
    ],
)
def test_a_stranger_and_a_supporter_without_a_profile_are_not_there(here, act):
    make_supporter(here, "Robin Vale")
    for membership in (STRANGER, joined(here, "Noor Hale")):
        with pytest.raises(NotFound, match="not in the program any more"):
            act(membership)
