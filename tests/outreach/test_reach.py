"""Nobody else's referral: it isn't there for another program, another supporter, a leader or a stranger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from tests.canary import WREN
from tests.factories.people import make_person, make_supporter
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking, by_mail
from touchbase.accounts import actions as accounts
from touchbase.accounts.queries import Member, member_of
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound, StepNotAllowed
from touchbase.outreach import actions, answers, conversations, queries, reach
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import SendBy
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import Actor, State
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

AT = NOON + DAY
Look = Callable[..., Any]

DESK: dict[str, Look] = {
    "desk view": queries.desk_view,
    "show the name": queries.reveal,
    "ask": lambda handle, *, by, at: actions.ask(handle=handle, supporter="nobody", by=by, at=at),
    "reassign": actions.reassign,
    "new link": conversations.new_link,
    "release": conversations.release_held,
    "for the desk": reach.for_desk,
}
SUPPORTER: dict[str, Look] = {
    "ask view": partial(queries.ask_view, named=True),
    "accept": actions.accept,
    "pass": actions.pass_on,
    "step aside": actions.step_aside,
    "hand back": actions.hand_back,
    "write": lambda handle, *, by, at: actions.touch(handle=handle, by=by, at=at, how=SendBy.PEER),
    "answered": lambda handle, *, by, at: conversations.answered(
        handle=handle, by=by, said=Answer.YES, at=at
    ),
    "talked": lambda handle, *, by, at: conversations.talked(
        handle=handle, by=by, at=at, mode=None, minutes="", close=True
    ),
    "check in": lambda handle, *, by, at: conversations.check_in(handle=handle, by=by, day=None, at=at),
    "send the check-in": conversations.send_check_in,
    "just closed": reach.just_closed,
    "as peer": reach.as_peer,
}
EITHER: dict[str, Look] = {
    "close": conversations.close,
    "undo": conversations.undo_close,
    "erase": conversations.erase_now,
    "in reach": reach.in_reach,
}
EVERYTHING = DESK | SUPPORTER | EITHER


def look(what: str, handle: str, by: Member, at: datetime = AT) -> Any:
    return EVERYTHING[what](handle=handle, by=by, at=at)


def refused(what: str, handle: str, by: Member) -> None:
    with pytest.raises(NotFound) as missing:
        look(what, handle, by)
    assert missing.value.message == "This page isn't here. It may have ended, to protect someone's privacy."


@pytest.mark.parametrize("state", State)
def test_for_whoever_has_no_part_in_it_it_isnt_there(walk: Walk, state: State):
    handle = walk.to(state)
    before = walk.held(handle)
    for part in ("elsewhere", "leader", "operator", "other_supporter"):
        for what in EVERYTHING:
            refused(what, handle, getattr(walk.people, part).member)
    assert walk.held(handle) == before


def test_a_supporter_who_passed_knows_nothing_of_it_any_more(walk: Walk):
    handle, passed = walk.matched(), walk.people.supporter
    actions.pass_on(handle=handle, by=passed.member, at=NOON + HOUR)
    walk.ask(handle, walk.people.other_supporter, NOON + 2 * HOUR)
    actions.accept(handle=handle, by=walk.people.other_supporter.member, at=NOON + 2 * HOUR)
    for what in EVERYTHING:
        refused(what, handle, passed.member)


def test_what_was_never_there_is_the_same_for_everybody(walk: Walk):
    for _part, person in walk.people.everyone():
        if person is not None:
            for what in EVERYTHING:
                refused(what, "0" * 26, person.member)


def test_the_desk_takes_no_step_in_a_supporters_place(walk: Walk):
    handle = walk.talking()
    for what in SUPPORTER:
        refused(what, handle, walk.people.coordinator.member)


def test_a_supporter_who_was_only_asked_can_end_nothing(walk: Walk):
    handle = walk.matched()
    for what in ("close", "undo", "erase", "in reach", "talked", "as peer"):
        refused(what, handle, walk.people.supporter.member)
    assert walk.state(handle) is State.MATCHED


def test_nor_when_the_desk_closed_it_meanwhile(walk: Walk):
    handle = walk.matched()
    conversations.close(handle=handle, by=walk.people.coordinator.member, at=NOON + 2 * HOUR)
    for what in ("close", "undo", "erase", "just closed", "as peer"):
        refused(what, handle, walk.people.supporter.member)


def test_its_supporter_reaches_it_until_it_is_erased_and_the_desk_all_the_way(walk: Walk):
    handle, at = walk.talking(), NOON + 5 * HOUR
    supporter, desk = walk.people.supporter.member, walk.people.coordinator.member
    assert reach.in_reach(handle, by=supporter, at=at)[1] is Actor.SUPPORTER
    assert reach.in_reach(handle, by=desk, at=at)[1] is Actor.COORDINATOR
    conversations.close(handle=handle, by=supporter, at=at)
    assert reach.just_closed(handle, by=supporter, at=at).course.previous is State.TALKING
    assert reach.in_reach(handle, by=supporter, at=at)[1] is Actor.SUPPORTER
    conversations.erase_now(handle=handle, by=supporter, at=at)
    for person in (supporter, desk):
        with pytest.raises(NotFound):
            reach.in_reach(handle, by=person, at=at)


def test_the_backup_reaches_what_the_coordinator_does(walk: Walk):
    handle = walk.received()
    assert reach.for_desk(handle, by=walk.people.backup.member, at=AT).handle == handle


# --------------------------------------------------------------- programs that show nothing after a yes


@pytest.fixture
def quiet(walk: Walk) -> Walk:
    """A program that keeps everything after a yes from its coordinator (ruling B8)."""
    walk.here = make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    return walk


WITH_A_PEER = [State.ACCEPTED, State.INVITED, State.TALKING, State.RESTING, State.CLOSING]


@pytest.mark.parametrize("state", WITH_A_PEER)
def test_after_a_yes_the_desk_can_do_nothing_and_sees_nothing(quiet: Walk, state: State):
    handle = quiet.to(state)
    for what in sorted((DESK | EITHER).keys() - {"desk view"}):
        refused(what, handle, quiet.people.coordinator.member)


def test_and_all_it_is_shown_is_that_a_peer_has_it_whatever_has_become_of_it(quiet: Walk):
    by = quiet.people.coordinator.member
    views = []
    for state in WITH_A_PEER:
        handle = quiet.to(state)
        view = queries.desk_view(handle, by=by, at=AT)
        views.append(replace(view, held=replace(view.held, handle="", row_version=0)))
        answers.withdraw(held=quiet.held(handle), at=AT)
    assert [view.hidden for view in views] == [True] * 5
    assert [view for view in views if view != views[0]] == []
    assert (views[0].person, views[0].wishes, views[0].ranking) == (None, None, None)


@pytest.mark.parametrize("state", [State.RECEIVED, State.MATCHED])
def test_before_a_yes_the_desk_sees_and_does_as_everywhere(quiet: Walk, state: State):
    handle, by = quiet.to(state), quiet.people.coordinator.member
    assert not queries.desk_view(handle, by=by, at=AT).hidden
    conversations.close(handle=handle, by=by, at=AT)
    conversations.undo_close(handle=handle, by=by, at=AT)
    assert quiet.state(handle) is state


def test_what_happened_with_a_peer_stays_hidden_when_it_waits_again(quiet: Walk):
    handle = quiet.talking()
    actions.hand_back(handle=handle, by=quiet.people.supporter.member, at=NOON + 5 * HOUR)
    view = queries.desk_view(handle, by=quiet.people.coordinator.member, at=AT)
    course = view.held.course
    assert [line.step.value for line in course.trail] == ["match"]
    assert (course.touches, course.talks, course.answer, course.aside) == ((), (), None, 0)
    board = queries.board(here=quiet.here, by=quiet.people.coordinator.member, at=AT)
    assert [row.course for row in board.waiting] == [course]


def test_a_program_that_becomes_quiet_hides_who_is_there_already(walk: Walk):
    handle = walk.talking()
    assert not queries.desk_view(handle, by=walk.people.coordinator.member, at=AT).hidden
    make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    assert queries.desk_view(handle, by=walk.people.coordinator.member, at=AT).hidden


def test_a_program_that_becomes_open_keeps_what_it_promised(quiet: Walk):
    handle = quiet.talking()
    make_program(policy_text())
    assert queries.desk_view(handle, by=quiet.people.coordinator.member, at=AT).hidden


# --------------------------------------------------------------- somebody of the desk asks for themself


def own(walk: Walk) -> str:
    """The coordinator asks for a peer."""
    return walk.received(of=by_mail(contact=walk.people.coordinator.account.email))


def test_a_coordinators_own_request_is_the_backups_to_see(walk: Walk):
    handle = own(walk)
    assert walk.told() == [("backup", "reminder"), ("coordinator", "reminder")]
    refused("desk view", handle, walk.people.coordinator.member)
    assert reach.for_desk(handle, by=walk.people.backup.member, at=AT).handle == handle
    rows = queries.board(here=walk.here, by=walk.people.coordinator.member, at=AT)
    assert (rows.waiting, rows.more_waiting) == ((), 0)


def test_one_who_supports_too_is_known_by_their_phone(walk: Walk):
    account = walk.people.coordinator.account
    accounts.add_member(program_id=walk.here.id, role=Role.SUPPORTER, email=account.email, name=account.name)
    both = member_of(account, walk.here.id)
    assert both is not None
    assert reach.own_requests(both, AT) == frozenset()  # no profile, no phone
    phone = "+12075550177"
    Supporter.objects.create(membership_id=both.supporter, profession="nurse", phone=phone)
    handle = walk.received(of=asking(contact=phone))
    assert reach.own_requests(both, AT) == {handle}
    assert reach.own_requests(walk.people.coordinator.member, AT) == frozenset()


def test_where_nobody_else_is_there_it_stays_in_sight(walk: Walk):
    handle = own(walk)
    accounts.set_away(account=walk.people.backup.account.id, until=AT.date(), today=NOON.date())
    assert reach.for_desk(handle, by=walk.people.coordinator.member, at=AT).handle == handle


def test_a_coordinator_who_is_also_a_supporter_doesnt_ask_themself(walk: Walk):
    desk = make_person(walk.here, Role.COORDINATOR, "Sam Both")
    make_supporter(walk.here, "Sam Both")
    both = member_of(desk.account, walk.here.id)
    assert both is not None
    handle = walk.received()
    with pytest.raises(NotAvailable) as told:
        actions.ask(handle=handle, supporter=both.supporter, by=both, at=AT)
    assert told.value.message == "You can't ask yourself. Let the other person at the desk ask you."
    walk.ask(handle, replace(desk, member=both), AT)
    assert reach.in_reach(handle, by=both, at=AT)[1] is Actor.COORDINATOR  # asked is not yet a peer
    actions.accept(handle=handle, by=both, at=AT)
    assert reach.in_reach(handle, by=both, at=AT)[1] is Actor.SUPPORTER


def test_a_step_from_the_wrong_state_says_so_to_who_may_see_it(walk: Walk):
    handle = walk.received(of=asking(WREN))
    with pytest.raises(StepNotAllowed):
        actions.reassign(handle=handle, by=walk.people.coordinator.member, at=AT)
