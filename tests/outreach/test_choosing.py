"""Somebody chose their peer themself: that one is asked first, and what if they can't (ruling B7)."""

import pytest

from tests.canary import FINCH
from tests.factories.listing import make_listed, with_list
from tests.factories.people import People, make_supporter
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking, by_mail
from touchbase.kernel.errors import StepNotAllowed
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions, choosing, conversations, queries
from touchbase.outreach.errors import NotAvailable
from touchbase.outreach.sweep import run_once
from touchbase.referrals.course import Event
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def robin(here, people: People):
    """Who is chosen. Ari Stone would fit better: she is asked longest ago."""
    Supporter.objects.filter(membership=people.supporter.member.supporter).update(turn=900)
    return people.supporter


def chose(robin, of=asking, **more):
    return of(peer=robin.member.supporter, **more)


def assignee(handle: str) -> str:
    return Referral.objects.get(handle=handle).assignee_id or ""


def to_the_person(handle: str) -> list[str]:
    return list(Outgoing.objects.filter(handle=handle).values_list("template", flat=True))


@pytest.mark.parametrize("match_by", ["coordinator", "clock"])
def test_the_chosen_peer_is_asked_at_once_whoever_matches_otherwise(walk: Walk, robin, match_by):
    walk.here = with_list(matching=f'match_by = "{match_by}"')
    handle = walk.received(of=chose(robin))
    assert (walk.state(handle), assignee(handle)) == (State.MATCHED, robin.member.supporter)
    told = Outgoing.objects.values_list("member_id", "template")
    assert list(told) == [(robin.member.supporter, "ask")]


def test_without_a_choice_nobody_is_asked_at_once(walk: Walk, robin):
    assert walk.state(walk.received()) is State.RECEIVED


@pytest.mark.parametrize(
    "cannot",
    [{"limit": 0}, {"paused": True}, {"resting_until": NOON.date()}, {"trained_month": None}],
    ids=lambda given: next(iter(given)),
)
def test_a_chosen_peer_who_cant_is_not_asked_and_another_is(walk: Walk, robin, cannot):
    Supporter.objects.filter(membership=robin.member.supporter).update(**cannot)
    handle = walk.received(of=chose(robin))
    assert walk.state(handle) is State.RECEIVED
    assert not walk.held(handle).course.asks_first
    walk.ask(handle, walk.people.other_supporter)
    assert walk.state(handle) is State.MATCHED


def test_after_a_pass_another_may_be_asked_without_a_word(walk: Walk, robin):
    handle = walk.received(of=chose(robin))
    actions.pass_on(handle=handle, by=robin.member, at=NOON + HOUR)
    assert not walk.held(handle).course.asks_first
    assert to_the_person(handle) == []
    assert [option.name for option in fitting(walk, handle)] == ["Ari Stone"]


def fitting(walk: Walk, handle: str):
    return queries.fitting(queries.desk_view(handle, by=walk.people.coordinator.member, at=NOON + HOUR))


def passes(robin, handle):
    actions.pass_on(handle=handle, by=robin.member, at=NOON + HOUR)


def stays_silent(robin, handle):
    run_once(NOON + 5 * HOUR)


def steps_aside(robin, handle):
    actions.accept(handle=handle, by=robin.member, at=NOON)
    actions.step_aside(handle=handle, by=robin.member, at=NOON + HOUR)


@pytest.mark.parametrize("ends", [passes, stays_silent, steps_aside])
def test_who_wanted_to_be_told_first_is_and_nobody_else_is_asked(walk: Walk, robin, ends):
    handle = walk.received(of=chose(robin, only_peer=True))
    ends(robin, handle)
    assert walk.held(handle).course.asks_first
    assert fitting(walk, handle) == ()
    with pytest.raises(NotAvailable):
        walk.ask(handle, walk.people.other_supporter)
    assert walk.state(handle) is State.RECEIVED


def test_the_clock_asks_nobody_else_either(walk: Walk, robin):
    walk.here = with_list(matching='match_by = "clock"\nclock_share = 0.1')
    handle = walk.received(of=chose(robin, only_peer=True))
    passes(robin, handle)
    run_once(NOON + DAY)
    assert walk.state(handle) is State.RECEIVED
    # The desk is reminded of it as of everybody who waits.
    assert {Event.HALF, Event.EIGHTY, Event.DUE} <= set(walk.held(handle).course.done)


def test_a_chosen_peer_who_cant_be_asked_at_all_is_told_first_too(walk: Walk, robin):
    Supporter.objects.filter(membership=robin.member.supporter).update(paused=True)
    handle = walk.received(of=chose(robin, only_peer=True))
    assert (walk.state(handle), walk.held(handle).course.asks_first) == (State.RECEIVED, True)


def test_it_goes_by_mail_where_we_can_and_only_once_it_is_so(walk: Walk, robin, settings):
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    handle = walk.received(of=chose(robin, by_mail, only_peer=True))
    assert to_the_person(handle) == []
    passes(robin, handle)
    assert to_the_person(handle) == ["choice"]
    texted = walk.received(of=chose(robin, only_peer=True, contact="+15035550199"))
    passes(robin, texted)
    assert to_the_person(texted) == []


def test_the_mail_names_nobody_but_the_reader_and_is_dropped_when_they_were_faster(
    walk: Walk, robin, settings, mailbox_of_sweep
):
    handle = walk.received(of=chose(robin, by_mail, only_peer=True))
    passes(robin, handle)
    (letter,) = mailbox_of_sweep(NOON + HOUR)
    assert letter.subject == "Touching base"
    assert "You chose a peer and asked us to tell you first" in letter.body
    assert "Robin" not in letter.body + letter.from_email


@pytest.fixture
def mailbox_of_sweep(settings):
    """What one look of the clock sends."""
    from django.core import mail

    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def sent(at):
        run_once(at)
        return [each for each in mail.outbox if FINCH.email in each.to]

    return sent


@pytest.mark.parametrize("by", [Actor.RECIPIENT, Actor.COORDINATOR])
def test_once_they_say_so_another_is_asked_in_a_new_wait(walk: Walk, robin, by):
    handle = walk.received(of=chose(robin, only_peer=True))
    passes(robin, handle)
    late = NOON + 40 * HOUR
    if by is Actor.RECIPIENT:
        choosing.ask_another(held=walk.held(handle), by=by, at=late)
    else:
        choosing.ask_another_for(handle=handle, by=walk.people.coordinator.member, at=late)
    course = walk.held(handle).course
    assert (course.asks_first, course.anyone, course.due) == (False, True, late + 12 * HOUR)
    assert [option.name for option in fitting(walk, handle)] == ["Ari Stone"]
    choosing.ask_another(held=walk.held(handle), by=by, at=late + HOUR)  # twice is as once
    assert walk.held(handle).course == course
    walk.ask(handle, walk.people.other_supporter)
    actions.pass_on(handle=handle, by=walk.people.other_supporter.member, at=late)
    assert not walk.held(handle).course.asks_first


def test_nobody_is_asked_who_was_not_waiting_for_a_word(walk: Walk, robin):
    handle = walk.received(of=chose(robin, only_peer=True))
    with pytest.raises(NotAvailable):
        choosing.ask_another(held=walk.held(handle), by=Actor.RECIPIENT, at=NOON)
    conversations.close(handle=handle, by=walk.people.coordinator.member, at=NOON)
    with pytest.raises((StepNotAllowed, NotAvailable)):
        choosing.ask_another(held=walk.held(handle), by=Actor.RECIPIENT, at=NOON)


def test_a_choice_overrules_other_wishes_but_never_the_programs_never(walk: Walk, robin):
    handle = walk.received(of=chose(robin, department="surgery"))
    assert walk.state(handle) is State.RECEIVED  # Robin is of the same department
    other = walk.received(of=chose(robin, wants=("other-site",), site="east", contact="+15035550188"))
    assert walk.state(other) is State.MATCHED


def test_a_supporter_who_keeps_apart_from_somebody_is_not_asked_though_chosen(walk: Walk, robin):
    from touchbase.supporters import actions as supporters

    supporters.keep_apart(membership=robin.member.supporter, contact=FINCH.phone)
    handle = walk.received(of=chose(robin))
    assert walk.state(handle) is State.RECEIVED
    view = queries.desk_view(handle, by=walk.people.coordinator.member, at=NOON)
    shown = [option.name for option in (*queries.fitting(view), *queries.left_out(view))]
    assert shown == ["Ari Stone"]


def test_who_was_chosen_by_nobody_stays_as_they_are(walk: Walk):
    make_listed(walk.here, "Lou Bly")
    make_supporter(walk.here, "Kit Sorel")
    assert walk.state(walk.received(of=asking(only_peer=True))) is State.RECEIVED
    assert not walk.held(Referral.objects.get().handle).course.asks_first


def test_an_ask_at_night_waits_for_the_morning_unless_the_peer_said_it_need_not(walk: Walk, robin):
    night = NOON + 12 * HOUR
    walk.received(night, of=chose(robin))
    assert Outgoing.objects.get(template="ask").not_before == NOON + 19 * HOUR
    Outgoing.objects.all().delete()
    Supporter.objects.update(nights=True)
    walk.received(night, of=chose(robin, contact="+15035550177"))
    assert Outgoing.objects.get(template="ask").not_before == night
