"""What waits to be sent: rows of ids, each sent once by one sender (rulings A8, B17, D17)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail

from tests.canary import FINCH
from tests.notifications.posting import MINUTE, NOON, deliver, letter
from touchbase.kernel.clock import SLOT, slot_down
from touchbase.kernel.ids import new_id
from touchbase.notifications import outbox, queries
from touchbase.notifications.errors import MessageRefused
from touchbase.notifications.messages import Template
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import LOCK, Delivered

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NIGHT = datetime(2026, 5, 15, 5, 40, tzinfo=UTC)  # twenty to two
MORNING = datetime(2026, 5, 15, 11, tzinfo=UTC)  # seven


# ---- waiting


def test_a_row_holds_ids_and_half_hours_and_nothing_else(here, to_person):
    handle = to_person()

    row = dict(Outgoing.objects.values().get())
    assert len(str(row.pop("id"))) == 26
    assert row == {
        "program_id": here.id,
        "handle": handle,
        "member_id": None,
        "template": "invitation",
        "not_before": slot_down(NOON),
        "tries": 0,
        "lock_until": None,
    }


def test_a_row_to_staff_names_no_referral(to_desk):
    member = to_desk()

    assert list(Outgoing.objects.values_list("handle", "member", "template")) == [("", member, "reminder")]


def test_asking_again_while_it_waits_changes_nothing(to_person, to_desk):
    handle = to_person()
    to_desk()
    before = list(Outgoing.objects.order_by("id").values())

    to_person(handle=handle, at=NOON + timedelta(hours=1))
    to_desk(at=NOON + timedelta(hours=1))

    assert list(Outgoing.objects.order_by("id").values()) == before


def test_the_same_may_be_sent_again_once_it_was_sent(to_desk):
    for _ in range(2):
        to_desk()
        assert deliver() == Delivered(sent=1)

    assert len(django_mail.outbox) == 2


@pytest.mark.parametrize(
    ("template", "leaves"),
    [(Template.REMINDER, MORNING), (Template.LATE, MORNING), (Template.SAFETY, slot_down(NIGHT))],
)
def test_mail_to_staff_waits_for_the_morning_unless_it_is_urgent(to_desk, template, leaves):
    to_desk(template, NIGHT)

    assert Outgoing.objects.get().not_before == leaves
    assert deliver(NIGHT).sent == (leaves < NIGHT)
    assert deliver(MORNING).sent == (leaves > NIGHT)


@pytest.mark.parametrize(
    ("template", "leaves"), [(Template.INVITATION, MORNING), (Template.RESOURCES, slot_down(NIGHT))]
)
def test_mail_to_a_recipient_waits_too_except_for_the_list_they_just_asked_for(to_person, template, leaves):
    to_person(template, NIGHT)

    assert Outgoing.objects.get().not_before == leaves


@pytest.mark.parametrize("chance", [0.0, 0.4, 0.999])
def test_mail_to_a_group_is_spread_over_waking_half_hours(to_person, chance):
    until = NOON + timedelta(hours=20)
    to_person(until=until, chance=lambda: chance)

    # From this half hour to nine in the evening, and from seven to eight in the morning.
    evening = [slot_down(NOON) + n * SLOT for n in range(18)]
    slots = [*evening, MORNING, MORNING + SLOT, MORNING + 2 * SLOT]
    assert Outgoing.objects.get().not_before == slots[int(chance * 21)]


def test_mail_to_a_group_goes_at_once_when_there_is_no_time_left(to_person):
    to_person(until=NOON + MINUTE)

    assert Outgoing.objects.get().not_before == slot_down(NOON)


@pytest.mark.parametrize("template", [Template.ASK, Template.INVITATION_TEXT, Template.NOT_NOW])
def test_what_is_no_mail_to_a_recipient_is_refused(to_person, template):
    with pytest.raises(MessageRefused):
        to_person(template)


def test_what_is_for_a_recipient_never_goes_to_staff(to_desk):
    with pytest.raises(MessageRefused):
        to_desk(Template.INVITATION)


def test_erasing_a_person_forgets_what_waits_for_them_alone(to_person, to_desk):
    handle, other = to_person(), to_person()
    to_desk()
    assert queries.is_pending(handle)

    outbox.drop_person(handle=handle)

    assert not queries.is_pending(handle)
    assert queries.is_pending(other)
    assert Outgoing.objects.count() == 2


# ---- sending


def test_what_is_due_is_written_at_the_last_moment_sent_and_forgotten(here, to_person):
    handle = to_person()
    seen = []

    def compose(due):
        seen.append(due)
        return letter(due)

    assert deliver(compose=compose) == Delivered(sent=1)
    assert [(due.program, due.handle, due.member, due.template, due.tries) for due in seen] == [
        (here.id, handle, "", Template.INVITATION, 0)
    ]
    assert [message.to for message in django_mail.outbox] == [[FINCH.email]]
    assert not Outgoing.objects.exists()


def test_a_message_with_nothing_left_to_say_is_dropped(to_person):
    to_person()

    assert deliver(compose=lambda due: None) == Delivered(dropped=1)
    assert not Outgoing.objects.exists()
    assert django_mail.outbox == []


def test_one_round_takes_the_oldest_first_and_no_more_than_it_may(to_person):
    late, early = to_person(at=NOON), to_person(at=NOON - timedelta(hours=3))

    assert deliver(limit=1).sent == 1
    assert not queries.is_pending(early)
    assert queries.is_pending(late)


def test_a_message_another_sender_has_is_left_to_it(to_person):
    to_person()
    inner = []

    def compose(due):
        inner.append(deliver())
        return letter(due)

    assert deliver(compose=compose) == Delivered(sent=1)
    assert inner == [Delivered()]
    assert len(django_mail.outbox) == 1


def test_a_row_taken_between_looking_and_claiming_is_skipped(to_person):
    to_person(at=NOON - timedelta(hours=1))
    to_person()

    def compose(due):
        deliver()  # somebody else takes the other one, which this round has already listed
        return letter(due)

    assert deliver(compose=compose) == Delivered(sent=1)
    assert len(django_mail.outbox) == 2


def test_each_lock_is_counted_from_its_claim_however_slow_the_server_is(to_person, monkeypatch):
    to_person(at=NOON - timedelta(hours=1))
    second = to_person()
    passed = iter([0.0, 0.0, 3600.0])
    monkeypatch.setattr(outbox, "monotonic", lambda: next(passed))
    locks = []

    def compose(due):
        locks.append(Outgoing.objects.get(pk=due.id).lock_until)
        return letter(due)

    assert deliver(compose=compose).sent == 2
    assert locks == [NOON + LOCK, NOON + timedelta(hours=1) + LOCK]
    assert not queries.is_pending(second)


def test_a_message_of_a_version_we_do_not_know_stays_and_stops_nothing(here, to_person):
    to_person()
    Outgoing.objects.create(program_id=here.id, handle=new_id(), template="poem", not_before=NOON)

    assert deliver() == Delivered(sent=1)
    assert [row.template for row in Outgoing.objects.all()] == ["poem"]
