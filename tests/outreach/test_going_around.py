"""Not through the coordinator: the backup alone sees it and is written to, all the way (ruling D9)."""

import pytest

from tests.factories.people import make_person
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.accounts.models import Membership
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound
from touchbase.outreach import actions, conversations, ending, queries
from touchbase.outreach.sweep import run_once
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

AROUND = asking(around=True)


def seen(walk: Walk, part: str) -> set[str]:
    board = queries.board(here=walk.here, by=getattr(walk.people, part).member, at=NOON + HOUR)
    return {row.handle for row in (*board.waiting, *board.others)}


def by_backup(walk: Walk, at=NOON + HOUR) -> str:
    handle = walk.received(of=AROUND)
    supporter = walk.people.supporter.member.supporter
    actions.ask(handle=handle, supporter=supporter, by=walk.people.backup.member, at=at)
    return handle


def test_only_the_backup_is_written_to_and_sees_it(walk: Walk):
    handle = walk.received(of=AROUND)
    assert walk.told() == [("backup", "reminder")]
    assert (seen(walk, "coordinator"), seen(walk, "backup")) == (set(), {handle})


@pytest.mark.parametrize(
    "look",
    [queries.desk_view, queries.reveal, conversations.new_link, conversations.release_held, ending.redirect],
)
def test_for_the_coordinator_it_isnt_there_by_its_address_either(walk: Walk, look):
    handle = walk.received(of=AROUND)
    with pytest.raises(NotFound):
        look(handle=handle, by=walk.people.coordinator.member, at=NOON + HOUR)


def test_it_stays_so_with_a_peer_and_when_it_comes_back(walk: Walk):
    handle = by_backup(walk)
    assert seen(walk, "coordinator") == set()
    walk.hush()
    actions.pass_on(handle=handle, by=walk.people.supporter.member, at=NOON + 2 * HOUR)
    assert walk.told() == [("backup", "reminder")]
    assert (seen(walk, "coordinator"), seen(walk, "backup")) == (set(), {handle})


def test_every_reminder_of_the_clock_goes_to_the_backup_alone(walk: Walk):
    walk.received(of=AROUND)
    for hours in (13, 20, 24, 49):
        walk.hush()
        run_once(NOON + hours * HOUR)
        assert {part for part, _template in walk.told()} <= {"backup"}
    assert walk.held(
        queries.board(here=walk.here, by=walk.people.backup.member, at=NOON + 3 * DAY).waiting[0].handle
    ).course.reminded


def test_a_coordinator_isnt_told_that_it_is_the_same_person(walk: Walk):
    walk.received(of=AROUND)
    other = walk.received(NOON + HOUR)
    line = next(
        line for line in queries.board(
            here=walk.here, by=walk.people.coordinator.member, at=NOON + HOUR
        ).waiting
    )  # fmt: skip
    assert (line.handle, line.same) == (other, ())


def test_without_a_backup_it_is_seen_after_all_since_nobody_else_would(walk: Walk):
    handle = walk.received(of=AROUND)
    Membership.objects.filter(program_id=walk.here.id, role=Role.BACKUP).delete()
    assert seen(walk, "coordinator") == {handle}
    assert walk.state(handle) is State.RECEIVED


def test_a_second_coordinator_doesnt_see_it_either(walk: Walk):
    second = make_person(walk.here, Role.COORDINATOR, "Sam Pike")
    walk.received(of=AROUND)
    board = queries.board(here=walk.here, by=second.member, at=NOON + HOUR)
    assert (board.waiting, board.others) == ((), ())
