"""The board costs the same number of queries for one referral, thirty, and five hundred."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.canary import FINCH, WREN
from tests.factories.walking import HOUR, NOON, Walk, asking
from touchbase.outreach import queries
from touchbase.referrals import actions
from touchbase.referrals.course import Ask
from touchbase.referrals.lifecycle import Actor, State, Step
from touchbase.referrals.models import Capsule, Referral

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def fill(walk: Walk, n: int) -> None:
    """`n` more who wait."""
    for number in range(n):
        walk.received(of=asking(contact=f"+1503{5550000 + Referral.objects.count() + number:07}"))


def grow(walk: Walk, n: int) -> None:
    """`n` more rows that don't wait; nothing of them is opened, so they need no key."""
    supporter = walk.people.supporter.member.supporter
    like = walk.held(walk.matched(of=asking(contact="+15035559999")))
    row = Referral.objects.get(handle=like.handle)
    fields = {"program_id": row.program_id, "policy_version": 1, "next_at": row.next_at, "row_version": 1}
    Referral.objects.bulk_create(
        Referral(state="matched", assignee_id=supporter, next_kind="ask-expires", **fields) for _ in range(n)
    )


def cost(walk: Walk) -> tuple[int, int, queries.Board]:
    with (
        CaptureQueriesContext(connections["default"]) as rows,
        CaptureQueriesContext(connections["vault"]) as keys,
    ):
        found = queries.board(here=walk.here, by=walk.people.coordinator.member, at=NOON)
    return len(rows), len(keys), found


def test_one_and_thirty_and_five_hundred_cost_the_same(walk: Walk):
    fill(walk, 1)
    one = cost(walk)
    fill(walk, 29)
    thirty = cost(walk)
    fill(walk, 10)
    grow(walk, 460)
    most = cost(walk)
    assert one[:2] == thirty[:2] == most[:2]
    assert [len(each[2].waiting) for each in (one, thirty, most)] == [1, 30, 30]
    assert (most[2].more_waiting, len(most[2].others)) == (10, 461)


def test_at_most_thirty_names_are_opened(walk: Walk):
    fill(walk, 31)
    with CaptureQueriesContext(connections["default"]) as rows:
        queries.board(here=walk.here, by=walk.people.coordinator.member, at=NOON)
    opened = [query["sql"] for query in rows if 'FROM "referrals_capsule"' in query["sql"]]
    # Of everybody how far they have come, for whoever goes around the coordinator or came twice; then names.
    assert ["'identity'" in sql for sql in opened] == [False, True]
    with connections["default"].cursor() as cursor:
        cursor.execute(opened[1])
        assert len(cursor.fetchall()) == 3 * 30


def test_duplicates_shown_cost_no_more(walk: Walk):
    fill(walk, 2)
    before = cost(walk)
    for n in range(14):
        for who in (FINCH, WREN):
            walk.received(of=asking(who, contact=f"+1503555{8000 + n}"))
    after = cost(walk)
    assert [len(line.same) for line in after[2].waiting].count(1) == 28
    assert after[:2] == before[:2]


def test_a_supporters_page_costs_the_same_for_one_and_for_many(walk: Walk, django_assert_num_queries):
    robin = walk.people.supporter.member
    for n in range(3):
        handle = walk.received(of=asking(contact=f"+1503555019{n}"))
        held = walk.held(handle)
        ask = Ask(member=robin.supporter, at=NOON, until=NOON + HOUR)
        actions.take_step(
            held=held, step=Step.MATCH, by=Actor.CLOCK, at=NOON, course=held.course.changed(ask=ask),
            assignee=robin.supporter,
        )  # fmt: skip
        with django_assert_num_queries(1), django_assert_num_queries(1, using="vault"):
            assert len(queries.asks(by=robin, at=NOON)) == n + 1
    assert Capsule.objects.count() == 12
    assert Referral.objects.filter(state=State.MATCHED).count() == 3
