"""One look of the clock: everything due, each thing once, whatever can't be done or ends in the middle."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection, connections

from tests.canary import WREN
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.kernel.errors import Unavailable
from touchbase.outreach.sweep import Swept, run_once
from touchbase.referrals import actions, erasing
from touchbase.referrals.course import Event
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Referral, Tombstone
from touchbase.supporters.models import Supporter
from touchbase.utilization.models import Counter, Release
from touchbase.vault import store
from touchbase.vault.models import Key, Mark, Pool
from touchbase.vault.sealing import Purpose

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_with_nothing_due_nothing_happens(walk: Walk):
    walk.received()
    walk.hush()
    assert run_once(NOON) == Swept()


def test_it_says_what_it_did(walk: Walk):
    walk.received()
    closed = walk.closing(of=asking(WREN))
    walk.hush()
    assert run_once(NOON + 12 * HOUR) == Swept(events=1, erased=1, sent=0)
    assert run_once(NOON + 19 * HOUR) == Swept(events=1, sent=2)  # the reminders, as the program wakes
    assert not Referral.objects.filter(handle=closed).exists()


def test_everything_due_is_looked_at_however_many_pages_it_takes(walk: Walk):
    for n in range(5):
        walk.received(of=asking(contact=f"+1503555018{n}"))
    assert run_once(NOON + 9 * HOUR, batch=2).events == 5
    assert run_once(NOON + 9 * HOUR, batch=2).events == 0


def test_rows_that_cant_be_handled_dont_keep_the_others_from_their_turn(walk: Walk, caplog):
    """However many of them stand first in the queue."""
    broken = [walk.received(NOON - DAY, of=asking(WREN, contact=f"+1503555017{n}")) for n in range(3)]
    waits = walk.received()
    Capsule.objects.filter(referral__in=broken, purpose="course").update(blob=b"not what was sealed")
    swept = run_once(NOON + 9 * HOUR, batch=1)
    assert swept.refused == ["vault-refused"] * 3
    assert walk.held(waits).course.done == (Event.HALF,)
    assert {record.getMessage() for record in caplog.records} >= {"sweep.not_done vault-refused"}


def test_a_failure_of_ours_about_one_is_logged_by_its_kind_and_the_others_go_on(walk: Walk, caplog):
    broken, waits = walk.received(NOON - DAY, of=asking(WREN)), walk.received()
    held = walk.held(broken)
    actions.note(held=held, at=NOON, course=held.course)
    course = walk.held(broken)
    sealed = store.seal(
        handle=broken, program=walk.here.id, purpose=Purpose.COURSE, data=b"{}",
        version=course.row_version,
    )  # fmt: skip
    Capsule.objects.filter(referral=broken, purpose="course").update(nonce=sealed.nonce, blob=sealed.blob)
    assert run_once(NOON + 9 * HOUR).refused == ["ValidationError"]
    assert walk.held(waits).course.done == (Event.HALF,)
    assert "sweep.not_done ValidationError" in caplog.text


def test_one_whose_key_was_lost_is_counted_each_time_and_kept(walk: Walk, caplog):
    lost = walk.received()
    store.destroy(handle=lost, program=walk.here.id, counts=(), at=NOON)
    walk.hush()
    assert [run_once(NOON + 9 * HOUR) for _look in range(2)] == [Swept(lost=1)] * 2
    assert Referral.objects.filter(handle=lost).exists()
    assert "sweep.keys_lost 1" in caplog.text


def test_one_cut_off_between_key_and_row_is_finished_and_not_counted_twice(walk: Walk):
    handle = walk.received()
    actions.withdraw(held=walk.held(handle), by=Actor.RECIPIENT, at=NOON)
    store.destroy(handle=handle, program=walk.here.id, counts=[("source", "self")], at=NOON)
    walk.hush()
    assert run_once(NOON) == Swept(erased=1)
    assert (Referral.objects.count(), Tombstone.objects.count()) == (0, 1)
    assert Pool.objects.get(measure="people").n == 1


def test_one_cut_off_between_closing_and_erasing_is_erased_at_the_next_look(walk: Walk):
    handle = walk.talking()
    actions.withdraw(held=walk.held(handle), by=Actor.RECIPIENT, at=NOON + DAY)
    assert run_once(NOON + DAY).erased == 1


def test_one_that_somebody_else_erases_meanwhile_is_nobodys_failure(walk: Walk):
    rest = [walk.closing()]

    def erased_first(execute, sql, params, many, context):
        if 'FROM "referrals_capsule"' in sql and rest:
            erasing.bury(handle=rest.pop(), at=NOON + DAY)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(erased_first):
        assert run_once(NOON + DAY).refused == []
    assert rest == []


def test_a_step_that_somebody_else_takes_meanwhile_is_nobodys_failure(walk: Walk):
    walk.received()

    def overtaken(execute, sql, params, many, context):
        first = sql.startswith('UPDATE "referrals_referral" SET "state"')
        return execute(f"{sql} AND 1 = 0" if first else sql, params, many, context)

    walk.hush()
    with connection.execute_wrapper(overtaken):
        assert run_once(NOON + 9 * HOUR) == Swept()
    assert walk.told() == []
    assert run_once(NOON + 9 * HOUR).events == 1


@pytest.mark.parametrize("alias", ["default", "vault"])
def test_a_store_that_is_away_ends_the_look_and_the_next_one_goes_on(walk: Walk, alias: str):
    walk.received()
    table, failure = {
        "vault": ("vault_key", Unavailable),
        "default": ("accounts_staffsession", DatabaseError),
    }[alias]
    with connections[alias].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    with pytest.raises(failure):
        run_once(NOON + 9 * HOUR)


def test_a_store_that_goes_away_in_the_middle_ends_the_look_too(walk: Walk):
    walk.received()

    def away(execute, sql, params, many, context):
        if 'FROM "referrals_capsule"' in sql:
            raise OperationalError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        run_once(NOON + 9 * HOUR)


# --------------------------------------------------------------------------------- a clock that was set


@pytest.fixture
def frozen(walk: Walk) -> Walk:
    """The machine's clock was set forward by an hour within one boot."""
    run_once(NOON - DAY)
    mark = Mark.objects.get()
    Mark.objects.update(started=mark.started - timedelta(hours=1) // timedelta(milliseconds=1))
    return walk


def test_a_frozen_clock_ends_nothing(frozen: Walk):
    Supporter.objects.update(limit=3)
    handles = {
        frozen.matched(of=asking(contact="+15035550180")): State.MATCHED,
        frozen.invited(of=asking(contact="+15035550181")): State.INVITED,
        frozen.resting(of=asking(contact="+15035550182")): State.RESTING,
        frozen.closing(of=asking(contact="+15035550183")): State.CLOSING,
        frozen.received(of=asking(contact="+15035550184")): State.RECEIVED,
    }
    swept = run_once(NOON + 200 * DAY)
    assert {handle: frozen.state(handle) for handle in handles} == handles
    assert (swept.erased, Key.objects.count()) == (0, 5)


def test_but_it_still_reminds_of_what_is_due_by_the_count(frozen: Walk):
    """The clock said NOON - DAY when it was set: what was due before that is told, and nothing early."""
    late, early = frozen.received(NOON - 3 * DAY), frozen.received(of=asking(WREN))
    run_once(NOON + 3650 * DAY)
    assert frozen.held(late).course.done == (Event.HALF, Event.EIGHTY, Event.DUE)
    assert frozen.held(early).course.done == ()


def test_and_neither_counts_nor_tidies(frozen: Walk):
    erasing.bury(handle=frozen.received(), at=NOON - 30 * DAY)
    for n in range(11):
        store.create(program=frozen.here.id, handle=f"{n:026}", capsules={}, contact_tag=None, at=NOON)
        store.destroy(handle=f"{n:026}", program=frozen.here.id, counts=(), at=NOON)
    run_once(NOON + 400 * DAY)
    assert (Tombstone.objects.count(), Counter.objects.count(), Release.objects.count()) == (1, 0, 0)


# --------------------------------------------------------------------------------- a legal hold


def test_while_a_program_is_on_hold_nothing_of_it_is_erased_and_all_else_goes_on(walk: Walk, elsewhere):
    handle = walk.closing()
    make_program(policy_text(legal='erase_paused = "A court asked us to keep everything."'))
    waits = walk.received(of=asking(WREN))
    swept = run_once(NOON + DAY)
    assert (swept.erased, swept.refused) == (0, [])
    assert (walk.state(handle), Key.objects.count()) == (State.CLOSING, 2)
    assert walk.held(waits).course.done != ()
    make_program(policy_text())
    assert run_once(NOON + DAY).erased == 1


def test_another_programs_hold_holds_nothing_here(walk: Walk):
    walk.closing()
    make_program(policy_text("inland", legal='erase_paused = "A court asked us to keep everything."'))
    assert run_once(NOON + DAY).erased == 1


def test_the_whole_way_by_itself(walk: Walk):
    """Nobody answers: a note, a second one, a rest, a close, erased; one look a day is enough."""
    handle = walk.invited()
    states = []
    for day in range(1, 30):
        run_once(NOON + day * DAY)
        if not Referral.objects.filter(handle=handle).exists():
            break
        states.append(walk.state(handle))
    assert list(dict.fromkeys(states)) == [State.INVITED, State.RESTING, State.CLOSING]
    assert Pool.objects.get(measure="answer").category == "none"
