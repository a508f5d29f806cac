"""A policy that changes midway leaves open referrals what they were promised (ruling D16)."""

import json

import pytest
from django.core.management import call_command

from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk
from touchbase.outreach import actions, queries
from touchbase.programs.statements import who_knows_rows
from touchbase.referrals import clock
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

HASTY = "match_within_hours = 4\nweekend_match_within_hours = 4\ntouch_within_hours = 2"


def test_the_due_times_stay_as_they_were_promised(walk: Walk):
    handle = walk.received()
    before = walk.held(handle)
    make_program(policy_text(clock=HASTY))
    after = walk.held(handle)
    assert (after.course.due, after.next_at) == (before.course.due, before.next_at)
    assert after.course.due == NOON + DAY
    walk.hush()
    walk.sweep(NOON + 5 * HOUR)  # the new clock would be over
    assert walk.told() == []


def test_what_becomes_due_later_goes_by_the_promise_too(walk: Walk):
    handle = walk.matched()
    make_program(policy_text(clock=HASTY))
    actions.accept(handle=handle, by=walk.people.supporter.member, at=NOON + 2 * HOUR)
    held = walk.held(handle)
    assert clock.touch_due(NOON + 2 * HOUR, held.policy) == NOON + 26 * HOUR
    assert held.next_at == NOON + 14 * HOUR  # the nudge at half of the time


def test_who_arrives_after_the_change_has_the_new_clock(walk: Walk):
    walk.here = make_program(policy_text(clock=HASTY))
    assert walk.held(walk.received()).course.due == NOON + 4 * HOUR


def test_who_may_know_stays_where_the_new_rules_would_tell_more(walk: Walk):
    walk.here = make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    handle = walk.accepted()
    promise = who_knows_rows(walk.held(handle).policy)
    make_program(policy_text(confidence='coordinator_sees = "life"'))
    assert who_knows_rows(walk.held(handle).policy) == promise
    shown = queries.desk_view(handle, by=walk.people.coordinator.member, at=NOON + DAY)
    assert (shown.hidden, shown.held.state) == (True, State.ACCEPTED)


def test_what_protects_more_applies_at_once(walk: Walk):
    handle = walk.accepted()
    at, by = NOON + DAY, walk.people.coordinator.member
    assert not queries.desk_view(handle, by=by, at=at).hidden
    make_program(policy_text(confidence='coordinator_sees = "until_accept"'))
    assert queries.desk_view(handle, by=by, at=at).hidden
    told = [row.what for row in who_knows_rows(walk.held(handle).policy)]
    until = "Your name, and how to reach you, until a peer says yes. Then only that you are with a peer."
    assert until in told


def test_whom_to_call_is_never_an_old_number(walk: Walk):
    handle = walk.talking()
    make_program(policy_text(coordinator='phone = "207-555-0188"'))
    assert walk.held(handle).policy.coordinator.phone == "207-555-0188"


def test_applying_says_how_many_are_open_under_the_old_rules(walk: Walk, tmp_path, capsys):
    walk.received()
    walk.accepted()
    file = tmp_path / "harbor.toml"
    file.write_text(policy_text(clock=HASTY))
    call_command("programs", "apply", str(file))
    assert capsys.readouterr().out == "Applied harbor version 2, 2 open under version 1.\n"
    call_command("programs", "apply", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["programs"][0]["open_before"] == {"1": 2}
