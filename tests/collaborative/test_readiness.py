"""What a program needs before it opens: five facts in their order, and nothing that compares."""

from datetime import date

import pytest

from touchbase.collaborative.readiness import (
    LEAST_FTE,
    NEXT,
    Item,
    Owner,
    Progress,
    may_launch,
    missing,
    of_member,
    problems,
)

DAY = date(2026, 5, 11)
THERE = [Progress(item, Owner.TEAM, "", DAY) for item in Item if item is not Item.LAUNCH]


def test_a_new_member_has_all_five_before_it_in_their_order():
    assert [each.item for each in of_member([])] == list(Item)
    assert missing([]) == tuple(Item)
    assert LEAST_FTE == 25


def test_what_was_seen_to_be_so_is_there_with_its_day():
    found = of_member([Progress(Item.TEAM, Owner.COORDINATOR, "monthly", DAY)])
    assert [each.is_there for each in found] == [False, False, True, False, False]
    assert found[2].owner is Owner.COORDINATOR


def test_a_program_opens_when_everything_before_it_is_there():
    assert may_launch(THERE)
    assert not may_launch(THERE[1:])
    assert may_launch([*THERE, Progress(Item.LAUNCH, evident=DAY)])


@pytest.mark.parametrize("item", Item)
def test_each_item_has_next_steps_of_its_own_to_pick(item: Item):
    assert len(NEXT[item]) == len(set(NEXT[item])) == 3
    picked = problems(item, owner="team", next_step=NEXT[item][0], evident=DAY, today=DAY)
    assert picked == ()


def test_what_is_not_in_the_lists_or_not_yet_is_said():
    said = problems(Item.TEAM, owner="somebody", next_step="letter", evident=date(2026, 5, 12), today=DAY)
    assert said == ("owner", "next", "evident")
    assert problems(Item.TEAM, owner="", next_step="", evident=None, today=DAY) == ()
