"""What is readable without the vault: where each referral stands, and what is due."""

import pytest

from tests.canary import WREN
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.referrals import rows
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_a_program_reads_its_own_what_is_due_first_at_the_top(walk: Walk, elsewhere):
    later, sooner = walk.received(NOON + DAY), walk.received(NOON, of=asking(WREN))
    assert [row.handle for row in rows.plain_of(walk.here.id)] == [sooner, later]
    assert rows.plain_of(elsewhere.id) == []


def test_a_row_as_a_value_says_all_that_is_plain(walk: Walk):
    handle = walk.matched()
    row, held = Referral.objects.get(), walk.held(handle)
    plain = rows.plain_of(walk.here.id)[0]
    assert (plain.handle, plain.program, plain.state) == (handle, walk.here.id, State.MATCHED)
    assert (plain.assignee, plain.held) == (walk.people.supporter.member.supporter, False)
    assert (plain.next_at, plain.next_kind, plain.row_version) == (row.next_at, row.next_kind, 1)
    assert (plain.policy, plain.policy_version) == (held.policy, 1)


def test_what_is_due_comes_page_by_page_and_each_once(walk: Walk):
    handles = {walk.received(NOON + n * HOUR) for n in range(5)}
    at = NOON + DAY
    first = rows.due(at, limit=2)
    second = rows.due(at, limit=2, after=first[-1])
    third = rows.due(at, limit=2, after=second[-1])
    assert [len(page) for page in (first, second, third)] == [2, 2, 1]
    assert {row.handle for row in (*first, *second, *third)} == handles
    assert rows.due(at, limit=2, after=third[-1]) == []


def test_rows_of_one_moment_are_told_apart_by_their_handles(walk: Walk):
    handles = [walk.received(), walk.received(of=asking(WREN))]
    first = rows.due(NOON + DAY, limit=1)
    second = rows.due(NOON + DAY, limit=1, after=first[0])
    assert [row.handle for row in (*first, *second)] == sorted(handles)


def test_nothing_is_due_before_its_time(walk: Walk):
    walk.received()
    first = rows.plain_of(walk.here.id)[0].next_at
    assert (len(rows.due(first, limit=9)), rows.due(first - HOUR, limit=9)) == (1, [])


def test_it_knows_who_is_asked_and_how_much_each_has_on_their_hands(walk: Walk):
    supporter = walk.people.supporter.member.supporter
    other = walk.people.other_supporter.member.supporter
    walk.accepted()
    assert not rows.is_asked(supporter)
    walk.matched(of=asking(WREN))
    assert (rows.is_asked(supporter), rows.is_asked(other)) == (True, False)
    assert rows.open_now(walk.here.id) == {supporter: 2}
    assert rows.all_handles() == {row.handle for row in rows.plain_of(walk.here.id)}
