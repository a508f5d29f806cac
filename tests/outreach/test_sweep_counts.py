"""Once a month the clock adds who is gone to the counters, releases what is ripe, and tidies up."""

from datetime import date

import pytest

from tests.factories.crashing import Killed, counting_writes, from_the_same_beginning, killed_before
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.accounts.models import StaffSession
from touchbase.outreach import answers, feedback, sweep
from touchbase.outreach.sweep import run_once
from touchbase.referrals.models import Tombstone
from touchbase.utilization.models import Counter, Release
from touchbase.vault.models import Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def eleven_gone(walk: Walk, at=NOON) -> None:
    for n in range(11):
        answers.withdraw(held=walk.held(walk.received(at, of=asking(contact=f"+15035550{n:03}"))), at=at)


def test_once_a_month_eleven_people_are_added_to_their_half_year(walk: Walk):
    eleven_gone(walk)
    run_once(NOON + HOUR)
    source = Counter.objects.get(measure="source")
    assert (source.half_year, source.category, source.n) == ("2026-H1", "self", 11)
    assert not Pool.objects.exists()
    eleven_gone(walk, NOON + DAY)
    run_once(NOON + DAY)
    assert Counter.objects.get(measure="source").n == 11
    run_once(NOON + 31 * DAY)
    assert Counter.objects.get(measure="source").n == 22


def test_ten_wait_for_the_eleventh(walk: Walk):
    for n in range(10):
        answers.withdraw(held=walk.held(walk.received(of=asking(contact=f"+15035550{n:03}"))), at=NOON)
    run_once(NOON + 60 * DAY)
    assert (Counter.objects.count(), Pool.objects.get(measure="people").n) == (0, 10)


def test_answers_are_added_when_there_are_eleven_and_wait_for_no_month(walk: Walk):
    for _ in range(10):
        feedback.answer(here=walk.here, question="feedback-help", said="yes")
    run_once(NOON)
    assert not Counter.objects.exists()
    for day in range(2):
        for _ in range(11):
            feedback.answer(here=walk.here, question="feedback-reach", said="some")
        run_once(NOON + day * DAY)
    found = {row.measure: row.n for row in Counter.objects.all()}
    assert found == {"feedback": 32, "feedback-reach": 22, "feedback-help": 10}


def test_cut_off_anywhere_while_counting_everybody_is_added_once(walk: Walk):
    eleven_gone(walk)
    with from_the_same_beginning(), counting_writes() as writes:
        sweep._count(NOON)
    assert writes.n == 5  # a batch, its month, that it was added, the counters, and the batch again
    for before in range(1, writes.n + 1):
        with from_the_same_beginning():
            with pytest.raises(Killed), killed_before(before):
                sweep._count(NOON)
            sweep._count(NOON)
            assert Counter.objects.get(measure="source").n == 11
            assert not Pool.objects.exists()


def test_half_a_year_is_released_when_it_is_over_and_stays_as_it_was(walk: Walk):
    eleven_gone(walk)
    run_once(NOON + HOUR)
    run_once(NOON.replace(month=6, day=30))
    assert not Release.objects.exists()
    run_once(NOON.replace(month=7, day=1))
    release = Release.objects.get()
    assert (release.half_year, release.made_day) == ("2026-H1", date(2026, 7, 1))
    run_once(NOON.replace(month=7, day=2))
    assert Release.objects.get().table == release.table


def test_the_month_is_the_programs(walk: Walk):
    """Half past eleven on the evening of June 30 at Harbor is July in London."""
    eleven_gone(walk)
    run_once(NOON.replace(month=7, day=1, hour=3, minute=30))
    assert set(Counter.objects.values_list("half_year", flat=True)) == {"2026-H1"}
    assert not Release.objects.exists()


def test_sessions_and_tombstones_that_have_run_out_go(walk: Walk, visitor_of):
    visitor_of(walk.people.supporter.account)
    answers.withdraw(held=walk.held(walk.received()), at=NOON)
    session = StaffSession.objects.get()
    StaffSession.objects.update(until=session.until - 9 * HOUR)
    run_once(NOON + 3 * DAY)
    assert (StaffSession.objects.count(), Tombstone.objects.count()) == (0, 0)
