"""Erased at somebody's wish: at once, without undo, and never lost to somebody else's step."""

import pytest
from django.db import connection, connections, transaction

from tests.factories.crashing import Killed, killed_before_writing_to
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk
from touchbase.kernel.errors import ReferralMovedOn, Unavailable
from touchbase.outreach import answers, ending
from touchbase.referrals import actions, erasing
from touchbase.referrals.erasing import ErasingPaused
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral, Tombstone
from touchbase.vault.models import Key, Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

LATER = NOON + DAY
KNEW = {State.ACCEPTED, State.INVITED, State.TALKING}


def people() -> int:
    return sum(Pool.objects.filter(measure="people").values_list("n", flat=True))


@pytest.mark.parametrize("state", State)
def test_cancel_erases_from_anywhere_and_whoever_knew_whom_is_told(walk: Walk, state: State):
    handle = walk.to(state)
    walk.hush()
    answers.withdraw(held=walk.held(handle), at=LATER)
    assert (Referral.objects.count(), Key.objects.count(), people()) == (0, 0, 1)
    assert walk.told() == ([("supporter", "ended")] if state in KNEW else [])


@pytest.mark.parametrize("state", [State.INVITED, State.RESTING])
def test_it_was_never_them_the_desk_hears_that_a_contact_was_wrong(walk: Walk, state: State):
    handle = walk.to(state)
    walk.hush()
    answers.not_me(held=walk.held(handle), at=LATER)
    assert (Referral.objects.count(), Key.objects.count(), people()) == (0, 0, 1)
    ended = [("supporter", "ended")] if state in KNEW else []
    assert walk.told() == [("coordinator", "wrong-contact"), *ended]


def test_the_wish_isnt_taken_from_where_things_were_when_the_page_was_opened(walk: Walk):
    handle = walk.received()
    seen = walk.held(handle)
    walk.ask(handle, walk.people.supporter)
    answers.withdraw(held=seen, at=LATER)
    assert not Referral.objects.exists()


class Overtaking:
    """Somebody else moves a referral just before each of its next writes."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, execute, sql, params, many, context):
        if self.left and sql.startswith('UPDATE "referrals_referral" SET "state"'):
            self.left -= 1
            return execute(f"{sql} AND 1 = 0", params, many, context)  # as if its version weren't there
        return execute(sql, params, many, context)


def test_the_wish_isnt_lost_to_a_step_that_is_taken_in_the_same_moment(walk: Walk):
    held = walk.held(walk.received())
    with connection.execute_wrapper(Overtaking(4)):
        answers.withdraw(held=held, at=LATER)
    assert not Referral.objects.exists()


def test_but_it_isnt_tried_for_ever(walk: Walk):
    handle = walk.received()
    with connection.execute_wrapper(Overtaking(5)), pytest.raises(ReferralMovedOn):
        answers.withdraw(held=walk.held(handle), at=LATER)
    assert (walk.state(handle), walk.told()) == (State.RECEIVED, [("coordinator", "reminder")])


def test_two_who_wish_it_at_once_are_both_served_and_one_is_counted(walk: Walk):
    held = walk.held(walk.received())
    for _press in range(2):
        answers.withdraw(held=held, at=LATER)
    assert people() == 1


def test_erased_by_somebody_else_after_a_step_of_theirs_there_is_nothing_left_to_do(walk: Walk):
    handle = walk.received()
    seen = walk.held(handle)
    actions.withdraw(held=walk.held(handle), by=Actor.COORDINATOR, at=LATER)
    walk.sweep(LATER)
    answers.withdraw(held=seen, at=LATER)
    assert people() == 1


def test_cut_off_before_the_wish_is_kept_nothing_has_happened(walk: Walk):
    handle = walk.talking()
    walk.hush()
    with pytest.raises(Killed), killed_before_writing_to("notifications_outgoing"):
        answers.withdraw(held=walk.held(handle), at=LATER)
    assert (walk.state(handle), walk.told()) == (State.TALKING, [])


@pytest.mark.parametrize("table", ["vault_key", "vault_pool", "referrals_tombstone", "referrals_referral"])
def test_cut_off_after_it_the_sweep_finishes_and_counts_once(walk: Walk, table: str):
    handle = walk.talking()
    held = walk.held(handle)
    closing = ending._begin(held, Actor.RECIPIENT, LATER, lambda _before: None)
    with pytest.raises(Killed), killed_before_writing_to(table):
        erasing.erase(held=closing, at=LATER)
    walk.sweep(LATER)
    walk.sweep(LATER + HOUR)
    assert (Referral.objects.count(), Key.objects.count(), people()) == (0, 0, 1)
    assert Tombstone.objects.get().handle == handle


def test_with_the_vault_away_the_page_says_so_and_nothing_is_half_done(walk: Walk):
    handle = walk.received()
    held = walk.held(handle)
    with connections["vault"].cursor() as cursor:
        cursor.execute("ALTER TABLE vault_key RENAME TO elsewhere")
    # What fails in here fails alone: PostgreSQL takes nothing more in a transaction that has failed.
    with pytest.raises(Unavailable), transaction.atomic(using="vault"):
        answers.withdraw(held=held, at=LATER)
    with connections["vault"].cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO vault_key")
    assert walk.held(handle) == held


HOLD = policy_text(legal='erase_paused = "A court asked us to keep everything."')


def test_under_a_legal_hold_the_press_says_why_and_is_kept(walk: Walk):
    handle = walk.talking()
    walk.hush()
    make_program(HOLD)
    for _press in range(2):
        with pytest.raises(ErasingPaused, match="A court asked us to keep everything"):
            answers.withdraw(held=walk.held(handle), at=LATER)
    held = walk.held(handle)
    assert (held.state, held.assignee, held.course.previous) == (State.CLOSING, "", None)
    assert walk.told() == [("supporter", "ended")]


def test_and_is_done_when_it_is_lifted(walk: Walk):
    handle = walk.talking()
    make_program(HOLD)
    with pytest.raises(ErasingPaused):
        answers.withdraw(held=walk.held(handle), at=LATER)
    assert walk.sweep(LATER + DAY).erased == 0
    assert walk.state(handle) is State.CLOSING
    make_program(policy_text())
    assert walk.sweep(LATER + DAY).erased == 1
    assert (Referral.objects.count(), people()) == (0, 1)
