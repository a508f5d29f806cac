"""A note goes out: from the peer's own phone, or by mail from us where that is what was promised."""

import pytest

from tests.factories.walking import DAY, HOUR, MINUTE, NOON, Walk, by_mail, steps_of
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions
from touchbase.outreach.errors import NotAvailable
from touchbase.programs.policy import SendBy
from touchbase.referrals.course import Touch
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_a_note_from_the_peers_own_phone_leaves_nothing_with_us(walk: Walk):
    handle = walk.accepted()
    walk.hush()
    held = walk.touch(handle, NOON + 3 * HOUR + 10 * MINUTE)
    assert (held.state, held.course.touches) == (State.INVITED, (Touch(at=NOON + 3 * HOUR),))
    assert walk.told() == []


def test_the_second_note_goes_in_its_window_and_there_is_no_third(walk: Walk):
    handle, sent = walk.invited(), NOON + 3 * HOUR
    with pytest.raises(NotAvailable, match="It's too soon for a second note"):
        walk.touch(handle, sent + 2 * DAY)
    assert walk.touch(handle, sent + 3 * DAY).state is State.INVITED
    with pytest.raises(NotAvailable, match="Two notes have gone out"):
        walk.touch(handle, sent + 4 * DAY)
    assert steps_of(walk.held(handle))[-2:] == ["touch", "second touch"]


def test_the_second_note_can_be_too_late(walk: Walk):
    handle, sent = walk.invited(), NOON + 3 * HOUR
    with pytest.raises(NotAvailable, match="The time for a second note is over"):
        walk.touch(handle, sent + 5 * DAY + HOUR)


@pytest.mark.parametrize("state", [State.TALKING])
def test_no_note_goes_after_an_answer(walk: Walk, state: State):
    with pytest.raises(NotAvailable, match="No note can go now: they have answered, or this has closed"):
        walk.touch(walk.to(state), NOON + 4 * DAY)


def test_only_times_of_the_program_are_offered_and_two_at_most(walk: Walk):
    handle = walk.accepted()
    robin = walk.people.supporter.member
    held = actions.touch(
        handle=handle, by=robin, at=NOON + 3 * HOUR, how=SendBy.PEER, times=("evenings", "x", "mornings")
    )
    assert held.course.offered_times == ("mornings", "evenings")


def test_touchbase_sends_the_first_note_and_the_second_by_mail(mails: Walk):
    handle = mails.accepted(of=by_mail())
    mails.hush()
    held = mails.touch(handle, NOON + 3 * HOUR, how=SendBy.SYSTEM)
    assert held.course.touches == (Touch(at=NOON + 3 * HOUR, system=True),)
    assert mails.told() == [("recipient", "invitation")]
    mails.hush()
    mails.touch(handle, NOON + 4 * DAY, how=SendBy.SYSTEM)
    assert mails.told() == [("recipient", "second-touch")]


def cant_send(walk: Walk, handle: str) -> None:
    with pytest.raises(NotAvailable) as told:
        walk.touch(handle, NOON + 3 * HOUR, how=SendBy.SYSTEM)
    assert (
        told.value.message == "We can't send this one for you. Send it from your own phone or mail instead."
    )
    assert (walk.state(handle), walk.held(handle).course.touches) == (State.ACCEPTED, ())


def test_a_text_is_never_sent_by_touchbase_and_never_noted_as_sent(mails: Walk):
    cant_send(mails, mails.accepted())


def test_nothing_is_sent_by_touchbase_where_the_program_wants_its_peers_to(walk: Walk, settings):
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    cant_send(walk, walk.accepted(of=by_mail()))


def test_nor_without_a_mail_server(mails: Walk, settings):
    settings.SMTP_ADDRESS = ""
    cant_send(mails, mails.accepted(of=by_mail()))


def test_a_note_that_waits_for_the_morning_and_is_given_back_at_night_was_none(mails: Walk):
    evening = NOON + 7 * HOUR + 45 * MINUTE  # 7:45 pm at Harbor
    handle = mails.accepted(evening, of=by_mail())
    mails.touch(handle, evening + 2 * HOUR, how=SendBy.SYSTEM)
    assert Outgoing.objects.get(handle=handle).not_before == NOON + 19 * HOUR  # 7 am
    actions.hand_back(handle=handle, by=mails.people.supporter.member, at=evening + 3 * HOUR)
    assert mails.held(handle).course.touches == ()
    assert not Outgoing.objects.filter(handle=handle).exists()


def test_a_note_that_went_out_stays_counted_when_it_is_given_back(mails: Walk):
    handle = mails.accepted(of=by_mail())
    mails.touch(handle, NOON + 3 * HOUR, how=SendBy.SYSTEM)
    mails.hush()
    actions.hand_back(handle=handle, by=mails.people.supporter.member, at=NOON + 4 * HOUR)
    assert len(mails.held(handle).course.touches) == 1
