"""A contact that doesn't work: the desk is told, finds another one, and may ask who told us once (D2)."""

import pytest

from tests.canary import FINCH, LINNET, WREN
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.audit.models import Act
from touchbase.kernel.errors import NotFound, StepNotAllowed
from touchbase.outreach import actions, contacts, queries
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.sweep import run_once
from touchbase.programs.policy import Channel
from touchbase.referrals import queries as referrals
from touchbase.referrals.course import Source
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.referrals.queries import Opener
from touchbase.vault import store

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

AT = NOON + 4 * HOUR
OTHER = "+12075550188"
TOLD_US = "+15035550144"  # the number of LINNET


def fail(walk: Walk, handle: str, at=AT):
    contacts.contact_failed(handle=handle, by=walk.people.supporter.member, at=at)
    return walk.held(handle)


def contact(handle: str):
    return referrals.contact(handle, opener=Opener("", Actor.RECIPIENT, AT))


def referred(walk: Walk) -> str:
    """Somebody a colleague asked for, with a peer who said yes."""
    of = asking(referrer_contact=TOLD_US, referrer_name=LINNET.name)
    kept = actions.receive(here=walk.here, asking=of, once="", at=NOON, source=Source.COLLEAGUE)
    handle = referrals.handle_of_link(walk.link(kept), at=NOON)
    walk.ask(handle, walk.people.supporter)
    actions.accept(handle=handle, by=walk.people.supporter.member, at=NOON + 2 * HOUR)
    return handle


@pytest.mark.parametrize("step", ["accepted", "invited"])
def test_it_comes_back_with_a_flag_and_the_desk_is_told(walk: Walk, step: str):
    handle = getattr(walk, step)()
    walk.hush()
    held = fail(walk, handle)
    assert (held.state, held.held, held.assignee) == (State.RECEIVED, True, "")
    assert (held.course.wrong_contact, held.course.touches, held.course.barred) == (True, (), ())
    assert held.course.due >= AT + 12 * HOUR
    assert walk.told() == [("coordinator", "reminder")]


@pytest.mark.parametrize("state", [State.MATCHED, State.TALKING, State.RESTING])
def test_before_a_yes_and_after_an_answer_there_is_nothing_to_fail(walk: Walk, state: State):
    handle = walk.to(state)
    with pytest.raises((StepNotAllowed, NotFound)):
        fail(walk, handle, NOON + DAY)
    assert walk.state(handle) is state


def test_a_link_that_went_there_ends_and_one_that_never_left_stays(walk: Walk):
    sent, unsent = walk.invited(), walk.accepted(of=asking(WREN))
    before = {link.referral_id: link.token_hash for link in Link.objects.all()}
    fail(walk, sent)
    fail(walk, unsent)
    after = {link.referral_id: link.token_hash for link in Link.objects.all()}
    assert (before[sent] == after[sent], before[unsent] == after[unsent]) == (False, True)


def test_nobody_is_asked_before_it_is_replaced_neither_by_the_desk_nor_by_the_clock(walk: Walk):
    handle = walk.accepted()
    fail(walk, handle)
    with pytest.raises(NotAvailable, match="Replace it first"):
        walk.ask(handle, walk.people.supporter, AT)
    run_once(AT + DAY)
    assert walk.state(handle) is State.RECEIVED


def test_replaced_it_is_sealed_anew_and_noticed_by_the_new_one_alone(walk: Walk):
    handle = walk.accepted()
    fail(walk, handle)
    old = bytes(Capsule.objects.get(referral=handle, purpose="contact").blob)
    desk = walk.people.coordinator.member
    contacts.replace_contact(handle=handle, channel=Channel.CALL, address=OTHER, by=desk, at=AT)
    held = walk.held(handle)
    assert (held.course.wrong_contact, held.held) == (False, False)
    assert (contact(handle).channel, contact(handle).address) == (Channel.CALL, OTHER)
    assert bytes(Capsule.objects.get(referral=handle, purpose="contact").blob) != old
    found = [
        store.matching_handles(program=walk.here.id, contact_tag=each) for each in (OTHER, asking().contact)
    ]
    assert found == [[handle], []]
    assert Act.objects.get(verb="replace contact").n == 1
    walk.ask(handle, walk.people.supporter, AT)
    assert walk.state(handle) is State.MATCHED


def test_a_replaced_contact_leaves_an_unchecked_one_unchecked(walk: Walk):
    kept = actions.receive(here=walk.here, asking=asking(), once="", at=NOON, source=Source.COLLEAGUE)
    handle = referrals.handle_of_link(walk.link(kept), at=NOON)
    desk = walk.people.coordinator.member
    contacts.replace_contact(handle=handle, channel=Channel.TEXT, address=OTHER, by=desk, at=AT)
    assert Referral.objects.get(handle=handle).held


def test_a_contact_is_changed_only_while_its_person_waits(walk: Walk):
    handle = walk.matched()
    with pytest.raises(NotAvailable, match="while its person waits"):
        contacts.replace_contact(
            handle=handle, channel=Channel.TEXT, address=OTHER, by=walk.people.coordinator.member, at=AT
        )
    assert contact(handle).address == asking().contact


def test_who_told_us_is_shown_once_and_not_kept_any_longer(walk: Walk):
    handle = referred(walk)
    fail(walk, handle)
    desk = walk.people.coordinator.member
    assert contacts.ask_referrer(handle=handle, by=desk, at=AT) == TOLD_US
    assert (contact(handle).referrer_contact, contact(handle).address) == ("", asking().contact)
    assert walk.held(handle).held
    with pytest.raises(NotAvailable, match="or it was shown already"):
        contacts.ask_referrer(handle=handle, by=desk, at=AT)
    assert Act.objects.get(verb="ask referrer").n == 1


def test_who_told_us_is_nobodys_business_while_the_contact_works(walk: Walk):
    of = asking(referrer_contact=TOLD_US)
    kept = actions.receive(here=walk.here, asking=of, once="", at=NOON, source=Source.COLLEAGUE)
    handle = referrals.handle_of_link(walk.link(kept), at=NOON)
    with pytest.raises(NotAvailable, match="only when a contact doesn't work"):
        contacts.ask_referrer(handle=handle, by=walk.people.coordinator.member, at=AT)
    assert contact(handle).referrer_contact == TOLD_US


@pytest.mark.parametrize("part", ["elsewhere", "leader", "operator", "other_supporter"])
def test_for_everybody_else_it_isnt_there(walk: Walk, part: str):
    handle = walk.accepted()
    who = getattr(walk.people, part).member
    with pytest.raises(NotFound):
        contacts.contact_failed(handle=handle, by=who, at=AT)
    fail(walk, handle)
    with pytest.raises(NotFound):
        contacts.replace_contact(handle=handle, channel=Channel.TEXT, address=OTHER, by=who, at=AT)
    with pytest.raises(NotFound):
        contacts.ask_referrer(handle=handle, by=who, at=AT)


def test_its_person_reads_on_their_page_that_we_could_not_reach_them(walk: Walk):
    handle = walk.accepted()
    fail(walk, handle)
    details = queries.private_details(walk.held(handle), at=AT)
    assert details.own.contact.address == asking().contact
    assert FINCH.name == details.own.identity.name
