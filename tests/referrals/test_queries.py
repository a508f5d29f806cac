"""The one door to what is sealed: who opens says so, and rows of others aren't there."""

from dataclasses import replace
from datetime import date

import pytest

from tests.canary import FINCH, WREN
from tests.factories.walking import DAY, HOUR, NOON, PHONE, Walk, asking
from touchbase.kernel.errors import NotFound
from touchbase.outreach import answers
from touchbase.referrals import actions, queries, rows
from touchbase.referrals.course import Contact, Source
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link
from touchbase.referrals.queries import Opener
from touchbase.vault import store
from touchbase.vault.errors import Gone, Refused
from touchbase.vault.grants import Reason

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

CLOCK = Opener("", Actor.CLOCK, NOON)
DESK = Opener("dana", Actor.COORDINATOR, NOON)
OTHER = asking(WREN)


def lose(walk: Walk, handle: str) -> None:
    """Destroy a key alone, as a vault restored from nothing would."""
    store.destroy(handle=handle, program=walk.here.id, counts=(), at=NOON)


def test_one_referral_opens_with_its_course(walk: Walk):
    held = queries.working(walk.received(), opener=CLOCK, program=walk.here.id)
    assert (held.state, held.course.source, held.policy) == (State.RECEIVED, Source.SELF, walk.here.policy)


def test_one_in_every_scope_is_there(walk: Walk):
    handle = walk.matched()
    supporter = walk.people.supporter.member.supporter
    inside = queries.working(
        handle, opener=CLOCK, program=walk.here.id, assignee=supporter, state=State.MATCHED
    )
    assert inside.handle == handle


@pytest.mark.parametrize("scope", ["program", "assignee", "state", "handle"])
def test_one_out_of_scope_isnt_there_and_isnt_opened(walk: Walk, elsewhere, scope):
    handle = walk.matched()
    lose(walk, handle)  # were it opened, it would be gone and not missing
    looks = {
        "program": lambda: queries.working(handle, opener=CLOCK, program=elsewhere.id),
        "assignee": lambda: queries.working(handle, opener=CLOCK, assignee="nobody"),
        "state": lambda: queries.working(handle, opener=CLOCK, state=State.CLOSING),
        "handle": lambda: queries.working("0" * 26, opener=CLOCK),
    }
    with pytest.raises(NotFound) as missing:
        looks[scope]()
    assert missing.value.message == "This page isn't here. It may have ended, to protect someone's privacy."


def test_one_without_its_key_is_gone(walk: Walk):
    handle = walk.received()
    lose(walk, handle)
    with pytest.raises(Gone):
        queries.working(handle, opener=CLOCK)


def test_a_supporters_referrals_come_with_what_is_due_first(walk: Walk):
    later, sooner = walk.accepted(NOON), walk.matched(NOON + HOUR, of=OTHER)
    supporter = Opener("robin", Actor.SUPPORTER, NOON)
    found = queries.workings_held_by(walk.people.supporter.member.supporter, opener=supporter)
    assert [held.handle for held in found] == [sooner, later]
    assert [held.next_at for held in found] == sorted(held.next_at for held in found)
    other = walk.people.other_supporter.member.supporter
    assert queries.workings_held_by(other, opener=supporter) == []


def test_one_whose_key_was_lost_doesnt_hide_the_others(walk: Walk):
    lost, kept = walk.accepted(), walk.accepted(of=OTHER)
    lose(walk, lost)
    supporter = walk.people.supporter.member.supporter
    found = queries.workings_held_by(supporter, opener=Opener("robin", Actor.SUPPORTER, NOON))
    assert [held.handle for held in found] == [kept]


def test_those_who_wait_are_opened_with_their_names_together(walk: Walk):
    finch, wren = walk.received(), walk.received(of=OTHER)
    found = {each.working.handle: each.identity.name for each in queries.waiting([finch, wren], opener=DESK)}
    assert found == {finch: FINCH.name, wren: WREN.name}


def test_who_doesnt_wait_any_more_isnt_named_and_who_was_lost_doesnt_hide_the_others(walk: Walk):
    waits, asked, lost = walk.received(), walk.matched(of=OTHER), walk.received(of=replace(OTHER, name="W"))
    lose(walk, lost)
    found = queries.waiting([waits, asked, lost], opener=DESK)
    assert [each.working.handle for each in found] == [waits]


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        (Actor.SUPPORTER, Reason.QUEUE),
        (Actor.CLOCK, Reason.SUPPORT),
        (Actor.RECIPIENT, Reason.REVEAL),
        (Actor.COORDINATOR, Reason.SEND),
    ],
)
def test_a_name_isnt_opened_for_a_reason_that_isnt_ones_own(walk: Walk, role: Actor, reason: Reason):
    handle = walk.received()
    with pytest.raises(Refused):
        queries.person(handle, opener=Opener("somebody", role, NOON), reason=reason)


def test_the_recipients_page_opens_the_contact_alone(walk: Walk):
    mine = queries.contact(walk.received(), opener=Opener("", Actor.RECIPIENT, NOON))
    assert (mine.address, type(mine)) == (PHONE, Contact)


@pytest.mark.parametrize("read", [queries.contact, queries.wishes])
def test_what_isnt_there_cant_be_read(walk: Walk, read):
    with pytest.raises(NotFound):
        read("0" * 26, opener=CLOCK)


def test_a_link_leads_to_its_referral_until_its_day_is_over(walk: Walk):
    handle = walk.received()
    token = queries.link_token(handle, program=walk.here.id, n=1, opener=CLOCK)
    until = Link.objects.get().until
    last = NOON.replace(month=until.month, day=until.day)
    assert queries.handle_of_link(token, at=last) == handle
    with pytest.raises(NotFound) as ended:
        queries.handle_of_link(token, at=last + DAY)
    assert ended.value.message == "This link has ended, to protect your privacy. Nothing is wrong."
    with pytest.raises(NotFound):
        queries.handle_of_link("", at=NOON)
    assert until > date(2026, 9, 1)


def test_the_same_contact_is_found_in_the_same_program_without_opening(walk: Walk, elsewhere):
    handle = walk.received()
    assert queries.of_contact(PHONE, program=walk.here.id) == {handle}
    assert queries.of_contact(PHONE, program=elsewhere.id) == frozenset()
    assert queries.of_contact("+15035550199", program=walk.here.id) == frozenset()


def test_it_says_how_many_go_by_each_version(walk: Walk):
    walk.received()
    walk.received(of=OTHER)
    assert rows.named_versions(walk.here.id) == {1: 2}
    assert rows.named_versions("nowhere") == {}


def test_a_capsule_of_another_referral_opens_nothing(walk: Walk):
    one, other = walk.received(), walk.received(of=OTHER)
    theirs = Capsule.objects.get(referral=other, purpose="identity")
    Capsule.objects.filter(referral=one, purpose="identity").update(nonce=theirs.nonce, blob=theirs.blob)
    with pytest.raises(Refused):
        queries.person(one, opener=CLOCK, reason=Reason.SEND)


def test_a_row_and_its_course_are_read_by_one_statement(walk: Walk, django_assert_num_queries):
    handle = walk.received()
    with django_assert_num_queries(1):
        queries.working(handle, opener=CLOCK)
    actions.note(held=walk.held(handle), at=NOON, course=walk.held(handle).course)
    with django_assert_num_queries(1):
        queries.person(handle, opener=CLOCK, reason=Reason.SEND)


def test_to_one_that_was_erased_no_rules_are_promised_any_more(walk: Walk):
    handle = walk.received()
    assert queries.policy_promised(handle) == walk.here.policy
    answers.withdraw(held=walk.held(handle), at=NOON)
    with pytest.raises(NotFound, match="It may have ended"):
        queries.policy_promised(handle)
