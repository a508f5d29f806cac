"""Somebody asks: durable in both stores, once for one press, and never half."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from tests.canary import FINCH, WREN
from tests.factories.crashing import Killed, killed_before_writing_to
from tests.factories.meanwhile import meanwhile
from tests.factories.walking import DAY, HOUR, NOON, ONCE, PHONE, Walk, asking
from touchbase.kernel.errors import Unavailable
from touchbase.outreach import answers, conversations
from touchbase.outreach.sweep import run_once
from touchbase.programs.policy import Channel
from touchbase.referrals import clock, queries
from touchbase.referrals.arrival import Arrival, arrive
from touchbase.referrals.course import Contact, Source, Wishes
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.referrals.queries import Opener
from touchbase.vault import store
from touchbase.vault.grants import Reason
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

CLOCK = Opener("", Actor.CLOCK, NOON)


def come(here, *, once: str = "", at: datetime = NOON, source: Source = Source.SELF, **changes) -> Arrival:
    return arrive(here=here, asking=asking(**changes), source=source, once=once, at=at)


def cut_off(here) -> None:
    """A press whose process ends after the key and before the row."""
    with pytest.raises(Killed), transaction.atomic(), killed_before_writing_to("referrals_referral"):
        come(here, once=ONCE)


def test_a_referral_is_a_row_four_sealed_capsules_a_link_and_a_key(here):
    arrival = come(here)
    row = Referral.objects.get(handle=arrival.handle)
    assert (row.program_id, row.policy_version, row.state, row.held) == (here.id, 1, State.RECEIVED, False)
    assert (row.assignee_id, row.row_version) == (None, 0)
    assert sorted(Capsule.objects.values_list("purpose", flat=True)) == [
        "contact", "course", "identity", "wishes",
    ]  # fmt: skip
    assert Link.objects.get().token_hash == store.token_hash(arrival.token)
    assert store.handles(here.id) == {arrival.handle}


def test_what_was_typed_and_picked_opens_again(here):
    handle = come(
        here, times=("mornings",), department="emergency", site="west", wants=("other-site",),
        languages=("en",), topics=("nights",), not_with="Ari Stone", profession="nurse",
    ).handle  # fmt: skip
    person = queries.person(handle, opener=CLOCK, reason=Reason.SEND)
    wished, contact = queries.wishes(handle, opener=CLOCK)
    assert (person.identity.name, person.identity.language) == (FINCH.name, "en")
    assert contact == person.contact == Contact(channel=Channel.TEXT, address=PHONE, times=("mornings",))
    assert wished == Wishes(
        profession="nurse", department="emergency", site="west", wants=("other-site",), languages=("en",),
        topics=("nights",), not_with="Ari Stone",
    )  # fmt: skip


def test_its_clock_begins_with_the_half_hour_and_its_next_thing_is_plain(here):
    arrival = come(here, at=NOON + timedelta(minutes=17))
    assert arrival.course.arrived == arrival.course.waiting == arrival.course.active == NOON
    assert arrival.course.due == clock.match_due(NOON, here.policy) == NOON + DAY
    row = Referral.objects.get()
    assert (row.next_at, row.next_kind) == (datetime(2026, 5, 14, 0, 30, tzinfo=UTC), "half")


@pytest.mark.parametrize("source", [Source.COLLEAGUE, Source.TEAM])
def test_one_that_somebody_else_asked_for_is_held_until_the_desk_has_looked(here, source):
    assert come(here, source=source).fresh
    assert Referral.objects.get().held


def test_the_link_ends_on_the_first_of_a_month_so_that_it_tells_no_day(here):
    come(here, at=NOON)
    come(here, at=NOON + 7 * DAY)
    assert set(Link.objects.values_list("until", flat=True)) == {date(2026, 10, 1)}


def test_the_link_lives_as_long_as_the_referral_may(here):
    for day in range(0, 366, 7):
        arrival = come(here, at=NOON + day * DAY)
        until = Link.objects.get(referral=arrival.handle).until
        assert until > clock.longest_until(arrival.course.arrived, here.policy).date() + timedelta(days=14)


def test_the_same_press_twice_is_one_referral_with_one_link(here):
    first, second = come(here, once=ONCE), come(here, once=ONCE, at=NOON + HOUR)
    assert (second.handle, second.token, second.course) == (first.handle, first.token, first.course)
    assert (first.fresh, second.fresh) == (True, False)
    assert Referral.objects.count() == Key.objects.count() == Link.objects.count() == 1


def test_of_two_presses_in_one_moment_that_finish_what_was_cut_off_one_makes_the_row(here):
    cut_off(here)
    other: list[Arrival] = []
    with meanwhile(lambda: other.append(come(here, once=ONCE)), after='FROM "referrals_referral"'):
        mine = come(here, once=ONCE)
    assert [(each.handle, each.token, each.fresh) for each in (mine, *other)] == [
        (mine.handle, mine.token, False),
        (mine.handle, mine.token, True),
    ]
    assert Referral.objects.count() == Key.objects.count() == Link.objects.count() == 1


def test_what_belongs_to_a_new_row_and_can_not_be_kept_leaves_no_row(here):
    def then(_handle: str) -> None:
        raise IntegrityError("what belongs to it")

    with pytest.raises(IntegrityError, match="what belongs to it"):
        arrive(here=here, asking=asking(), source=Source.SELF, once=ONCE, at=NOON, then=then)
    assert (Referral.objects.count(), Link.objects.count()) == (0, 0)


def test_a_later_press_gets_the_link_that_holds_now(walk: Walk):
    handle = walk.received(once=ONCE)
    coordinator = walk.people.coordinator.member
    token = conversations.new_link(handle=handle, by=coordinator, at=NOON + HOUR)
    assert come(walk.here, once=ONCE, at=NOON + 2 * HOUR).token == token


def test_without_the_forms_number_every_press_is_a_referral(here):
    assert come(here).handle != come(here).handle
    assert Referral.objects.count() == 2


def test_two_people_with_one_copy_of_the_form_are_two_referrals(here):
    first = come(here, once=ONCE)
    second = arrive(here=here, asking=asking(WREN), source=Source.SELF, once=ONCE, at=NOON)
    assert (first.handle != second.handle, Referral.objects.count()) == (True, 2)


def test_nothing_is_kept_when_the_vault_is_away(here):
    with connections["vault"].cursor() as cursor:
        cursor.execute("ALTER TABLE vault_key RENAME TO elsewhere")
    with pytest.raises(Unavailable):
        come(here, once=ONCE)
    assert Referral.objects.count() == 0


def test_a_press_that_was_cut_off_between_the_stores_is_finished_by_the_next(here):
    cut_off(here)
    assert (Key.objects.count(), Referral.objects.count()) == (1, 0)
    again = come(here, once=ONCE, at=NOON + HOUR)
    assert again.fresh
    assert (Key.objects.count(), Referral.objects.count()) == (1, 1)
    assert queries.working(again.handle, opener=CLOCK).course.arrived == NOON + HOUR
    assert queries.handle_of_link(again.token, at=NOON) == again.handle


def test_a_key_that_never_got_a_row_goes_after_an_hour(here):
    cut_off(here)
    run_once(NOON)
    run_once(NOON + 30 * timedelta(minutes=1))
    assert Key.objects.count() == 1
    run_once(NOON + HOUR)
    assert Key.objects.count() == 0


def test_a_press_whose_row_comes_after_all_keeps_its_key(here):
    cut_off(here)
    run_once(NOON)
    handle = come(here, once=ONCE, at=NOON + timedelta(minutes=50)).handle
    run_once(NOON + HOUR)
    run_once(NOON + 2 * HOUR)
    assert queries.working(handle, opener=CLOCK).state is State.RECEIVED


def test_a_form_that_is_sent_again_after_its_referral_was_erased_asks_anew(walk: Walk):
    handle = walk.received(once=ONCE)
    answers.withdraw(held=walk.held(handle), at=NOON)
    again, twice = (come(walk.here, once=ONCE, at=NOON + HOUR).handle for _ in range(2))
    assert again == twice != handle
    assert walk.state(again) is State.RECEIVED
