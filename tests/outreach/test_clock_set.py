"""A worker that was away, a clock that was set, the nights it changes: nothing early, all of it once.

What the machine says is put together here: how long it has been up goes on by itself, its clock is set.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.canary import FINCH, LINNET, WREN
from tests.factories.walking import DAY, HOUR, MINUTE, NOON, Walk, asking
from touchbase.notifications.models import Outgoing
from touchbase.outreach.sweep import Swept, run_once
from touchbase.referrals.course import Event
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter
from touchbase.vault import clockguard
from touchbase.vault.clockguard import Machine
from touchbase.vault.models import Epoch, EpochState, Key, Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

UP, STARTED = 3 * DAY, timedelta(days=20_000)
YEARS = 3652 * DAY  # ten of them
Put = Callable[..., None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Say how much time has passed within the same boot, and by how much the clock was set meanwhile."""

    def put(passed: timedelta, set_by: timedelta = timedelta()) -> None:
        monkeypatch.setattr(clockguard, "machine", lambda: Machine("a boot", UP + passed, STARTED + set_by))

    put(timedelta())
    return put


@contextmanager
def acts() -> Iterator[list[str]]:
    """Whose row was written, in order."""
    seen: list[str] = []

    def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "referrals_referral"'):
            seen.extend(value for value in params if isinstance(value, str) and len(value) == 26)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        yield seen


def everywhere(walk: Walk) -> list[str]:
    """Somebody at each point of the way."""
    Supporter.objects.update(limit=3)
    ways = (walk.received, walk.matched, walk.invited, walk.resting, walk.closing)
    return [way(of=asking(contact=f"+1503555018{n}")) for n, way in enumerate(ways)]


def states() -> dict[str, str]:
    return dict(Referral.objects.values_list("handle", "state"))


def test_a_worker_that_slept_25_hours_sends_each_reminder_once_in_the_order_they_were_due(
    walk: Walk, clock: Put
):
    morning = NOON - 4 * HOUR  # half of each one's time is over before the evening, one after the other
    late = walk.received(morning, of=asking(WREN))
    first = walk.received(morning - 30 * MINUTE, of=asking(FINCH))
    last = walk.received(morning + 30 * MINUTE, of=asking(LINNET))
    walk.hush()
    run_once(morning + HOUR)
    clock(25 * HOUR)
    with acts() as written:
        swept = run_once(morning + 26 * HOUR)
    handles = [handle for handle in written if handle in {first, late, last}]
    assert handles == [first] * 3 + [late] * 3 + [last] * 3
    assert swept.events == 9
    for handle in handles:
        assert walk.held(handle).course.done == (Event.HALF, Event.EIGHTY, Event.DUE)
    assert run_once(morning + 26 * HOUR) == Swept()


def test_one_that_rested_and_one_that_closed_while_the_worker_slept_go_in_their_order(walk: Walk, clock: Put):
    resting, closing = walk.resting(of=asking(WREN)), walk.closing()
    walk.hush()
    run_once(NOON + 4 * HOUR)
    clock(9 * DAY)
    assert run_once(NOON + 9 * DAY).erased == 1
    assert closing not in states()
    assert states()[resting] == State.CLOSING  # who rested still has the time in which a close is undone
    assert run_once(NOON + 9 * DAY).erased == 0
    clock(10 * DAY)
    assert run_once(NOON + 10 * DAY).erased == 1
    assert (states(), Pool.objects.get(measure="people").n) == ({}, 2)


@pytest.mark.parametrize("by", [HOUR, DAY, YEARS], ids=["an hour", "a day", "ten years"])
def test_a_clock_set_ahead_within_one_boot_ends_nobodys_referral_and_does_nothing_early(walk, clock, by):
    handles = everywhere(walk)
    run_once(NOON + 5 * HOUR)
    walk.hush()
    before = states(), [walk.held(handle).course for handle in handles]
    clock(5 * MINUTE, set_by=by)
    assert run_once(NOON + 5 * HOUR + 5 * MINUTE + by) == Swept()
    assert (states(), [walk.held(handle).course for handle in handles]) == before
    assert (Key.objects.count(), Epoch.objects.exclude(state=EpochState.LIVE).count()) == (5, 0)
    assert Outgoing.objects.count() == 0


def test_after_ten_years_that_were_none_everything_comes_at_its_time_as_if_nothing_had_been(walk, clock):
    """Else a reminder would have been noted ten years ahead, and not come again before then."""
    handle = walk.received()
    run_once(NOON)
    for hours in (24, 26):
        clock(hours * HOUR, set_by=YEARS)
        run_once(NOON + hours * HOUR + YEARS)
    assert walk.held(handle).course.done == (Event.HALF, Event.EIGHTY, Event.DUE)
    assert walk.held(handle).course.reminded == NOON + DAY
    assert max(Outgoing.objects.values_list("not_before", flat=True), default=NOON) < NOON + 2 * DAY
    clock(48 * HOUR)
    walk.hush()
    assert run_once(NOON + 2 * DAY).events == 1
    assert walk.held(handle).course.reminded == NOON + 2 * DAY


@pytest.mark.parametrize("by", [-HOUR, -DAY, -YEARS], ids=["an hour", "a day", "ten years"])
def test_a_clock_set_back_goes_on_from_the_latest_moment_seen(walk, clock, by):
    handle = walk.received()
    run_once(NOON)
    before, after = DAY - 5 * MINUTE, DAY + 5 * MINUTE
    clock(before)
    run_once(NOON + before)
    walk.hush()
    clock(after, set_by=by)
    assert run_once(NOON + after + by).events == 1
    assert walk.held(handle).course.reminded == NOON + DAY
    walk.hush()
    clock(26 * HOUR)
    assert run_once(NOON + 26 * HOUR) == Swept()


def test_while_the_clock_is_ten_years_behind_who_closed_is_still_erased(walk, clock):
    handle = walk.closing()
    run_once(NOON + 4 * HOUR)
    clock(2 * DAY, set_by=-YEARS)
    assert run_once(NOON + 2 * DAY - YEARS).erased == 1
    assert handle not in states()
    assert Key.objects.count() == 0


# Eleven in the evening before the clocks change at Harbor, and before and on a leap day.
NIGHTS = {
    "spring": datetime(2026, 3, 8, 4, 0, tzinfo=UTC),
    "autumn": datetime(2026, 11, 1, 3, 0, tzinfo=UTC),
    "before a leap day": datetime(2028, 2, 29, 4, 0, tzinfo=UTC),
    "on a leap day": datetime(2028, 3, 1, 4, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("since", NIGHTS.values(), ids=NIGHTS)
def test_over_a_night_of_another_length_or_day_all_of_it_is_done_once_and_nothing_before_its_time(
    walk, clock, since
):
    handle = walk.received(since)
    run_once(since)
    due = walk.held(handle).course.due
    told: dict[Event, datetime] = {}
    for n in range(1, 2 * 50 + 1):
        at = since + n * HOUR / 2
        clock(n * HOUR / 2)
        waits = walk.held(handle)
        done = run_once(at).events
        assert done == (1 if waits.next_at <= at else 0)
        told |= {event: at for event in walk.held(handle).course.done if event not in told}
    assert list(told) == [Event.HALF, Event.EIGHTY, Event.DUE]
    assert sorted(told.values()) == list(told.values())
    assert told[Event.DUE] == due
