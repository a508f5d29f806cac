"""Those of one list: kept one by one, asked for one by one, and nothing to each other after a while."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.factories.people import make_supporter
from tests.factories.walking import HOUR, NOON, Walk
from tests.outreach.gathered import ONCE, came, mixed, somebody
from touchbase.accounts.models import Account
from touchbase.accounts.queries import member_of
from touchbase.audit import log
from touchbase.kernel.errors import NotFound
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions, gathering, sweep, team
from touchbase.programs.policy import SendBy
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def members(walk: Walk, batch: str, at=NOON):
    return gathering.members(batch, program=walk.here.id, at=at)


def test_each_person_is_a_referral_of_their_own_and_the_desk_is_told_once(walk: Walk):
    batch = came(walk.here, 3)
    assert Referral.objects.filter(held=True, state="received").count() == 3
    assert len(members(walk, batch)) == 3
    assert [row.template for row in Outgoing.objects.all()] == ["reminder"]


def test_the_order_of_the_list_is_not_the_order_of_arrival(walk: Walk):
    kept = []
    people = [somebody(number) for number in range(6)]

    def shuffle(those):
        mixed(1)(those)
        kept.extend(those)

    team.receive(here=walk.here, people=people, once=ONCE, batch="b", at=NOON, shuffle=shuffle)
    assert kept != people
    assert sorted(each.contact for each in kept) == sorted(each.contact for each in people)


def test_the_same_press_goes_on_where_the_first_was_cut_off(walk: Walk):
    people = [somebody(number) for number in range(4)]
    team.receive(here=walk.here, people=people[:2], once=ONCE, batch="b", at=NOON)
    team.receive(here=walk.here, people=people, once=ONCE, batch="b", at=NOON)
    assert Referral.objects.count() == 4


def test_they_are_nothing_to_each_other_after_72_hours(walk: Walk):
    batch = came(walk.here, 2)
    sweep.run_once(NOON + 71 * HOUR)
    assert len(members(walk, batch, NOON + 71 * HOUR)) == 2
    sweep.run_once(NOON + 72 * HOUR)
    assert members(walk, batch, NOON + 72 * HOUR) == []
    assert Referral.objects.count() == 2


def test_who_has_a_peer_is_nothing_to_the_others_any_more(walk: Walk):
    batch = came(walk.here, 2)
    first = members(walk, batch)[0]
    robin = walk.people.supporter.member
    actions.ask(handle=first.handle, supporter=robin.supporter, by=walk.people.coordinator.member, at=NOON)
    assert len(members(walk, batch)) == 2
    after = actions.accept(handle=first.handle, by=robin, at=NOON)
    assert after.course.batch == ""
    assert len(members(walk, batch)) == 1


def test_one_press_says_that_all_look_real(walk: Walk):
    batch = came(walk.here, 3)
    assert team.release(batch=batch, by=walk.people.coordinator.member, at=NOON) == 3
    assert not Referral.objects.filter(held=True).exists()
    assert (
        log.count(
            program=walk.here.id, actor=walk.people.coordinator.account.id, verb="release", day=NOON.date()
        )
        == 3
    )


def test_one_press_asks_all_and_no_limit_is_exceeded(walk: Walk):
    batch = came(walk.here, 5)
    found = members(walk, batch)
    robin, ari = (who.member.supporter for who in (walk.people.supporter, walk.people.other_supporter))
    chosen = {held.handle: robin for held in found[:3]} | {found[3].handle: ari, found[4].handle: ""}
    dana = walk.people.coordinator.member
    assert team.ask_all(batch=batch, chosen=chosen, by=dana, at=NOON) == (3, 1)
    assert Referral.objects.filter(assignee_id=robin).count() == 2
    assert Referral.objects.filter(assignee_id=ari).count() == 1
    assert Referral.objects.filter(state="received").count() == 2


@pytest.mark.parametrize("part", ["supporter", "leader", "operator", "elsewhere"])
def test_nobody_else_sees_releases_or_asks(walk: Walk, part: str):
    batch = came(walk.here, 2)
    who = getattr(walk.people, part).member
    for act in (
        lambda: team.release(batch=batch, by=who, at=NOON),
        lambda: team.ask_all(batch=batch, chosen={}, by=who, at=NOON),
        lambda: gathering.together(batch, here=walk.here, by=who, at=NOON),
    ):
        with pytest.raises(NotFound):
            act()


def test_who_was_there_is_asked_for_nobody_of_the_same_list(walk: Walk):
    make_supporter(walk.here, "Wren Sorel")
    batch = came(walk.here, 3)
    robin, dana = walk.people.supporter.member, walk.people.coordinator.member
    first, second, third = members(walk, batch)
    for held in (first, second):
        actions.ask(handle=held.handle, supporter=robin.supporter, by=dana, at=NOON)
    team.was_there(handle=first.handle, by=robin, at=NOON)
    after = members(walk, batch)
    assert [(held.state, robin.supporter in held.course.barred) for held in after] == [
        (State.RECEIVED, True)
    ] * 3
    found = gathering.together(batch, here=walk.here, by=dana, at=NOON)
    assert robin.supporter not in {option.key for each in found.people for option in each.options}
    assert third.handle in {each.one.held.handle for each in found.people}


def test_who_passed_for_one_of_the_list_before_is_barred_from_them_once(walk: Walk):
    batch = came(walk.here, 2)
    robin, dana = walk.people.supporter.member, walk.people.coordinator.member
    first, second = members(walk, batch)
    for held in (first, second):
        actions.ask(handle=held.handle, supporter=robin.supporter, by=dana, at=NOON)
    actions.pass_on(handle=second.handle, by=robin, at=NOON)
    team.was_there(handle=first.handle, by=robin, at=NOON)
    assert [held.course.barred for held in members(walk, batch)] == [(robin.supporter,)] * 2


def test_who_was_there_with_somebody_who_came_alone_passes_and_nothing_more(walk: Walk):
    handle, robin = walk.matched(), walk.people.supporter.member
    other = walk.received()
    team.was_there(handle=handle, by=robin, at=NOON)
    assert (walk.held(handle).state, walk.held(handle).course.barred) == (State.RECEIVED, (robin.supporter,))
    assert walk.held(other).course.barred == ()


def test_mails_to_those_of_one_list_are_spread_over_the_time_to_reach_out(mails: Walk):
    for number, name in enumerate(("Wren Sorel", "Jay Rook", "Fen Teal", "Kes Marlow")):
        make_supporter(mails.here, name, phone=f"+120755502{number:02d}")
    batch = came(mails.here, 3)
    found = gathering.together(batch, here=mails.here, by=mails.people.coordinator.member, at=NOON)
    chosen = {each.one.held.handle: each.chosen for each in found.people}
    team.ask_all(batch=batch, chosen=chosen, by=mails.people.coordinator.member, at=NOON)
    assert all(each.chosen for each in found.people)
    spread = set()
    for _again in range(6):
        spread |= notes_of(mails, chosen)
    assert min(spread) >= NOON
    assert max(spread) <= NOON + timedelta(hours=24)
    assert len(spread) > 1


def notes_of(walk: Walk, chosen):
    """When the notes would go, if each supporter had them sent now. Taken back afterwards."""
    found = set()
    with transaction.atomic():
        for handle, supporter in chosen.items():
            account = Account.objects.get(memberships=supporter)
            who = member_of(account, walk.here.id)
            assert who is not None
            actions.accept(handle=handle, by=who, at=NOON)
            actions.touch(handle=handle, by=who, at=NOON, how=SendBy.SYSTEM)
        found = set(Outgoing.objects.exclude(handle="").values_list("not_before", flat=True))
        transaction.set_rollback(True)
    return found


def test_a_coordinator_on_the_list_is_told_to_the_backup_as_well(walk: Walk):
    people = [somebody(5, contact=walk.people.coordinator.account.email)]
    team.receive(here=walk.here, people=people, once=ONCE, batch="b", at=NOON)
    assert set(Outgoing.objects.values_list("member_id", flat=True)) == {
        member.id for member in memberships(walk)
    }


def memberships(walk: Walk):
    desk = [walk.people.coordinator.account, walk.people.backup.account]
    return [membership for account in desk for membership in account.memberships.all()]
