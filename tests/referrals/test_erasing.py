"""Forgotten exactly once, and counted exactly once, whatever is cut off in between."""

from datetime import date

import pytest

from tests.factories.crashing import Killed, killed_before_writing_to
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, PHONE, Walk, asking
from touchbase.kernel.errors import StepNotAllowed
from touchbase.notifications.models import Outgoing
from touchbase.programs.policy import Mode
from touchbase.programs.queries import program_by_id
from touchbase.referrals import actions, arrival, erasing, queries
from touchbase.referrals.course import Source, Talk
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link, Referral, Tombstone
from touchbase.vault import store
from touchbase.vault.models import Key, Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def withdrawn(walk: Walk, handle: str):
    return actions.withdraw(held=walk.held(handle), by=Actor.RECIPIENT, at=NOON + DAY)


def pool() -> dict[tuple[str, str], int]:
    return {(row.measure, row.category): row.n for row in Pool.objects.all()}


def test_nothing_of_the_person_is_left_but_marginals_and_two_tombstones(walk: Walk):
    handle = walk.talking()
    assert erasing.erase(held=withdrawn(walk, handle), at=NOON + DAY)
    left = [model.objects.count() for model in (Referral, Capsule, Link, Key)]
    assert left == [0, 0, 0, 0]
    assert Tombstone.objects.get().until == date(2026, 5, 16)
    assert queries.buried(handle)
    assert pool() == {
        ("people", "people"): 1,
        ("source", "self"): 1,
        ("profession", "nurse"): 1,
        ("match", "within-24"): 1,
        ("note", "within-24"): 1,
        ("touches", "fewer"): 1,
        ("answer", "yes"): 1,
        ("safety", "not-opened"): 1,
    }


def test_who_never_got_a_peer_is_counted_as_such(walk: Walk):
    erasing.erase(held=withdrawn(walk, walk.received()), at=NOON)
    assert pool() == {
        ("people", "people"): 1,
        ("source", "self"): 1,
        ("profession", "nurse"): 1,
        ("match", "later"): 1,
        ("note", "later"): 1,
        ("touches", "fewer"): 1,
        ("answer", "none"): 1,
        ("safety", "not-opened"): 1,
    }


@pytest.mark.parametrize(
    ("talk", "mode", "minutes"),
    [
        (Talk(mode=Mode.PHONE, minutes="15 to 30"), "phone", "15 to 30"),
        (Talk(), "not-said", "not-said"),
    ],
)
def test_a_conversation_is_counted_as_far_as_it_was_said(walk: Walk, talk: Talk, mode: str, minutes: str):
    held = walk.held(walk.talking())
    actions.note(held=held, at=NOON, course=held.course.changed(talks=(talk, Talk())))
    erasing.erase(held=withdrawn(walk, held.handle), at=NOON)
    counted = {measure: category for measure, category in pool() if measure != "people"}
    told = {name: counted[name] for name in ("answer", "conversations", "mode", "minutes")}
    assert told == {"answer": "talked", "conversations": "two", "mode": mode, "minutes": minutes}


def test_only_what_is_closed_is_erased(walk: Walk):
    with pytest.raises(StepNotAllowed, match=r"^Only a closed referral is erased\.$"):
        erasing.erase(held=walk.held(walk.received()), at=NOON)
    assert Key.objects.count() == 1


def test_what_waits_to_be_sent_to_the_person_goes_with_them(walk: Walk):
    handle = walk.received()
    Outgoing.objects.create(program=row_of(walk), handle=handle, template="invitation", not_before=NOON)
    erasing.erase(held=withdrawn(walk, handle), at=NOON)
    assert not Outgoing.objects.filter(handle=handle).exists()


def row_of(walk: Walk):
    return Referral.objects.get().program


def test_cut_off_before_the_key_goes_nothing_has_happened(walk: Walk):
    closing = withdrawn(walk, walk.received())
    with pytest.raises(Killed), killed_before_writing_to("vault_key"):
        erasing.erase(held=closing, at=NOON)
    assert (Key.objects.count(), Referral.objects.count(), pool()) == (1, 1, {})
    assert erasing.erase(held=closing, at=NOON)
    assert pool()["people", "people"] == 1


def test_cut_off_between_key_and_count_neither_has_happened(walk: Walk):
    closing = withdrawn(walk, walk.received())
    with pytest.raises(Killed), killed_before_writing_to("vault_pool"):
        erasing.erase(held=closing, at=NOON)
    assert (Key.objects.count(), pool()) == (1, {})


def test_cut_off_before_the_row_goes_it_is_finished_and_nobody_is_counted_twice(walk: Walk):
    handle = walk.received()
    closing = withdrawn(walk, handle)
    with pytest.raises(Killed), killed_before_writing_to("referrals_tombstone"):
        erasing.erase(held=closing, at=NOON)
    assert (Key.objects.count(), Referral.objects.count(), pool()["people", "people"]) == (0, 1, 1)
    assert not erasing.erase(held=closing, at=NOON)
    assert (Referral.objects.count(), pool()["people", "people"]) == (0, 1)
    assert not erasing.erase(held=closing, at=NOON)


def test_a_closed_one_without_its_key_is_buried_and_an_open_one_is_not(walk: Walk):
    closed, open_ = walk.received(), walk.received(of=asking(contact="+15035550199"))
    withdrawn(walk, closed)
    for handle in (closed, open_):
        store.destroy(handle=handle, program=walk.here.id, counts=(), at=NOON)
    assert [erasing.finish(handle=handle, at=NOON) for handle in (closed, open_)] == [True, False]
    assert [row.handle for row in Referral.objects.all()] == [open_]


def test_burying_twice_leaves_one_tombstone(walk: Walk):
    handle = walk.received()
    erasing.bury(handle=handle, at=NOON)
    erasing.bury(handle=handle, at=NOON + DAY)
    assert Tombstone.objects.get().until == date(2026, 5, 15)


def test_a_tombstone_stands_for_two_days_and_then_goes(walk: Walk):
    erasing.bury(handle=walk.received(), at=NOON)
    assert [erasing.clear_tombstones(at=NOON + days * DAY) for days in (0, 1, 2, 3)] == [0, 0, 0, 1]
    assert not Tombstone.objects.exists()


def test_under_a_legal_hold_nothing_is_erased_and_the_reason_is_said(walk: Walk):
    """The program's rules of today decide, not those under which the person came (ruling B33)."""
    handle = walk.received()
    closing = withdrawn(walk, handle)
    make_program(policy_text(legal='erase_paused = "A court asked us to keep everything."'))
    with pytest.raises(erasing.ErasingPaused) as paused:
        erasing.erase(held=closing, at=NOON)
    assert paused.value.message == (
        "Right now nothing is erased: A court asked us to keep everything. "
        "The wish is kept, and nothing more is sent. Everything is erased as soon as this ends."
    )
    assert (walk.state(handle), Key.objects.count(), pool()) == (State.CLOSING, 1, {})
    make_program(policy_text())
    assert erasing.erase(held=closing, at=NOON + HOUR)
    assert not Referral.objects.exists()


def test_one_who_came_under_a_hold_that_was_lifted_is_erased(walk: Walk):
    make_program(policy_text(legal='erase_paused = "A court asked us to keep everything."'))
    here = program_by_id(walk.here.id)
    handle = arrival.arrive(here=here, asking=asking(), source=Source.SELF, once="", at=NOON).handle
    assert walk.held(handle).policy.erasing_paused
    make_program(policy_text())
    assert erasing.erase(held=withdrawn(walk, handle), at=NOON)


def test_the_contact_is_free_for_a_new_request_that_knows_nothing_of_the_old(walk: Walk):
    erasing.erase(held=withdrawn(walk, walk.resting()), at=NOON)
    assert queries.of_contact(PHONE, program=walk.here.id) == frozenset()
    again = walk.held(walk.received())
    assert (again.course.answer, again.course.touches, again.course.trail) == (None, (), ())
