"""What a message says is worked out as it leaves; one whose moment has passed isn't sent."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.core import mail

from tests.canary import FINCH
from tests.factories.languages import bilingual_text
from tests.factories.programs import make_program
from tests.factories.walking import DAY, HOUR, NOON, PHONE, Walk, asking, by_mail
from touchbase.accounts.actions import set_language
from touchbase.accounts.models import Membership
from touchbase.notifications.messages import Template
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import Due, Letter
from touchbase.outreach import actions, answers, conversations, letters, queries
from touchbase.programs.policy import Channel, SendBy
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener, person
from touchbase.supporters.models import Supporter
from touchbase.vault import store
from touchbase.vault.grants import Reason

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def composed(walk: Walk, *, handle: str = "", member: str = "", template: Template) -> Letter | None:
    due = Due(id="1", program=walk.here.id, handle=handle, member=member, template=template, tries=0)
    return letters.composer(NOON + DAY)(due)


def to_person(walk: Walk, handle: str, template: Template) -> Letter | None:
    return composed(walk, handle=handle, template=template)


def named(walk: Walk, handle: str):
    return person(handle, opener=Opener("", Actor.CLOCK, NOON), reason=Reason.SEND)


# --------------------------------------------------------------------------------- to staff


@pytest.mark.parametrize(
    ("template", "place"),
    [
        (Template.WAITING, "mine"),
        (Template.ENDED, "mine"),
        (Template.REMINDER, "desk/board"),
        (Template.LATE, "desk/board"),
        (Template.WRONG_CONTACT, "desk/board"),
        (Template.SAFETY, "desk/board"),
        (Template.NAMED, "desk/nominations"),
        (Template.TRAINING, "mine/training"),
        (Template.MEETING, "mine/meetings"),
        (Template.CARE, "mine/care"),
        (Template.CARE_DESK, "desk/care"),
        (Template.TOGETHER, "desk/together"),
    ],
)
def test_staff_read_one_subject_their_name_and_the_way_to_their_front_page(walk, template, place):
    letter = composed(walk, member=walk.people.supporter.member.supporter, template=template)
    assert letter is not None
    assert (letter.to, letter.subject) == (
        "robin.vale@harbor.example.org",
        "Touchbase: something is waiting",
    )
    assert (letter.reply_to, letter.from_name) == ("", "Harbor Peer Support")
    assert letter.body.startswith("Hi Robin Vale,\n")
    assert f"/harbor/{place}/" in letter.body


def test_an_ask_is_written_while_it_waits_for_an_answer(walk: Walk):
    walk.matched()
    robin, ari = walk.people.supporter.member.supporter, walk.people.other_supporter.member.supporter
    letter = composed(walk, member=robin, template=Template.ASK)
    assert letter is not None
    assert "Could you take this one? You'll see who it is after you say yes." in letter.body
    assert composed(walk, member=ari, template=Template.ASK) is None


def test_nobody_is_asked_about_what_has_gone_to_another(walk: Walk):
    handle = walk.matched()
    actions.pass_on(handle=handle, by=walk.people.supporter.member, at=NOON + 2 * HOUR)
    robin = walk.people.supporter.member.supporter
    assert composed(walk, member=robin, template=Template.ASK) is None


def test_who_has_left_is_written_nothing(walk: Walk):
    leader = Membership.objects.get(role="leader")
    leader.delete()
    assert composed(walk, member=leader.id, template=Template.WAITING) is None


# --------------------------------------------------------------------------------- to the person


def test_the_note_is_the_peers_own_and_the_organization_sends_it(mails: Walk):
    Supporter.objects.update(own_words="I have been where you are.")
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    letter = to_person(mails, handle, Template.INVITATION)
    assert letter is not None
    assert (letter.to, letter.subject, letter.from_name) == (FINCH.email, "Touching base", "Harbor")
    assert letter.reply_to == "robin.vale@harbor.example.org"
    assert letter.body.startswith(f"Hi {FINCH.name},\n\nI'm Robin Vale, a surgeon here.\n")
    assert "I have been where you are." in letter.body
    assert "I have time when it suits you." in letter.body


def test_its_link_is_the_one_that_holds_now_and_its_end_a_number_for_the_worst(mails: Walk):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    token = conversations.new_link(handle=handle, by=mails.people.coordinator.member, at=NOON + DAY)
    letter = to_person(mails, handle, Template.INVITATION)
    assert letter is not None
    assert f"/t/{token}/" in letter.body
    assert queries.private_view(token, at=NOON + DAY).handle == handle
    assert "Need someone right now? Call or text 988." in letter.body


@pytest.mark.parametrize("template", [Template.INVITATION, Template.SECOND_TOUCH])
def test_no_note_is_sent_after_an_answer(mails: Walk, template: Template):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    mails.answer(handle, Answer.NOT_NOW, NOON + 4 * HOUR)
    assert to_person(mails, handle, template) is None


def test_no_note_is_sent_that_the_peer_sent_themself(mails: Walk):
    assert to_person(mails, mails.invited(of=by_mail()), Template.INVITATION) is None


def test_the_list_goes_to_who_asked_for_it_and_rests(mails: Walk):
    handle = mails.resting(of=by_mail(), said=Answer.RESOURCES)
    assert to_person(mails, handle, Template.RESOURCES) is None
    answers.send_list(held=mails.held(handle), at=NOON + DAY)
    letter = to_person(mails, handle, Template.RESOURCES)
    assert letter is not None
    assert (
        "- The first days after a hard case. One page on sleep, food, and who to tell. "
        "https://example.org/first-days\n"
    ) in letter.body
    assert "- Your doctor, or someone you trust." in letter.body
    assert letter.body.rstrip().endswith("Robin\n\nNeed someone right now? Call or text 988.")


def test_when_the_peer_has_left_meanwhile_the_program_signs(mails: Walk):
    handle = mails.resting(of=by_mail(), said=Answer.RESOURCES)
    answers.send_list(held=mails.held(handle), at=NOON + DAY)
    mails.hush()
    Membership.objects.filter(pk=mails.people.supporter.member.supporter).delete()
    letter = to_person(mails, handle, Template.RESOURCES)
    assert letter is not None
    assert letter.reply_to == "peers@harbor.example.org"
    assert "\nHarbor Peer Support\n" in letter.body


def test_a_check_in_goes_out_while_they_talk(mails: Walk):
    handle, robin = mails.talking(of=by_mail()), mails.people.supporter.member
    conversations.check_in(handle=handle, by=robin, day=date(2026, 5, 20), at=NOON + DAY)
    assert to_person(mails, handle, Template.CHECK_IN) is None
    conversations.send_check_in(handle=handle, by=robin, at=NOON + 7 * DAY)
    letter = to_person(mails, handle, Template.CHECK_IN)
    assert letter is not None
    assert "You said it was OK to check back." in letter.body
    conversations.close(handle=handle, by=robin, at=NOON + 7 * DAY)
    assert to_person(mails, handle, Template.CHECK_IN) is None


def test_nobody_is_written_to_who_was_erased_or_whose_key_is_gone(mails: Walk):
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    store.destroy(handle=handle, program=mails.here.id, counts=(), at=NOON)
    assert to_person(mails, handle, Template.INVITATION) is None
    assert to_person(mails, "0" * 26, Template.INVITATION) is None


def test_what_is_about_to_leave_names_nobody_and_what_leaves_is_theirs(mails: Walk):
    mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    assert Outgoing.objects.filter(template="invitation").count() == 1
    mails.sweep(NOON + 3 * HOUR)
    sent = {message.to[0]: message.subject for message in mail.outbox}
    assert sent == {
        FINCH.email: "Touching base",
        "dana.quill@harbor.example.org": "Touchbase: something is waiting",
    }


# --------------------------------------------------------------------------------- on the peer's own phone


def note(walk: Walk, handle: str, template: Template = Template.INVITATION) -> letters.ReadyNote:
    return letters.ready_note(template, walk.held(handle), named(walk, handle), NOON + 3 * HOUR)


def test_a_text_opens_the_phone_with_its_words_ready(walk: Walk):
    ready = note(walk, walk.accepted())
    number, _mark, body = ready.opens.partition("?&body=")
    assert (number, unquote(body), ready.subject) == (f"sms:{PHONE}", ready.body.strip(), "")
    assert ready.body.startswith(f"Hi {FINCH.name}, it's Robin Vale at Harbor. Just touching base.")
    assert not ready.by_touchbase


def test_a_call_opens_the_phone_and_gives_a_script(walk: Walk):
    ready = note(walk, walk.accepted(of=asking(channel=Channel.CALL)))
    assert (ready.opens, ready.subject) == (f"tel:{PHONE}", "")
    assert ready.body.startswith("If they pick up, say:")


def test_a_mail_opens_with_subject_and_words(walk: Walk):
    ready = note(walk, walk.accepted(of=by_mail()), Template.SECOND_TOUCH)
    assert ready.opens.startswith(f"mailto:{FINCH.email}?subject=Touching%20base&body=Hi%20")
    assert not ready.by_touchbase


def test_touchbase_offers_to_send_only_what_it_can(mails: Walk, settings):
    assert note(mails, mails.accepted(of=by_mail())).by_touchbase
    settings.SMTP_ADDRESS = ""
    assert not note(mails, mails.accepted(of=by_mail())).by_touchbase


def test_and_never_a_text(mails: Walk):
    assert not note(mails, mails.accepted()).by_touchbase


@pytest.mark.parametrize(
    ("channel", "address"),
    [(Channel.TEXT, f"sms:{PHONE}"), (Channel.CALL, f"tel:{PHONE}")],
)
def test_a_phone_is_reached_without_words_too(walk: Walk, channel: Channel, address: str):
    handle = walk.accepted(of=asking(channel=channel))
    assert letters.reach(named(walk, handle)) == address


def test_so_is_a_mailbox(walk: Walk):
    assert letters.reach(named(walk, walk.accepted(of=by_mail()))) == f"mailto:{FINCH.email}"


def test_a_list_has_three_lines_at_most(walk: Walk):
    policy = walk.here.policy
    longer = policy.model_copy(update={"resources": policy.resources * 5})
    assert len(letters.resource_list(longer, letters.START).splitlines()) == 3
    assert letters.resource_list(policy, letters.HELP) == ""


# --------------------------------------------------------------------------------- in another language


def test_who_asked_in_spanish_is_written_to_in_it_with_the_programs_own_words(mails: Walk, reviewed):
    mails.here = make_program(bilingual_text(confidence='send_by = "system"'))
    handle = mails.accepted(of=by_mail(language="es"))
    robin, at = mails.people.supporter.member, NOON + 3 * HOUR
    actions.touch(handle=handle, by=robin, at=at, how=SendBy.SYSTEM, times=("mornings",))
    letter = to_person(mails, handle, Template.INVITATION)
    assert letter is not None
    assert (letter.subject, letter.body.startswith(f"Hola, {FINCH.name}:")) == ("Touching base", True)
    assert "tengo tiempo por la mañana" in letter.body


def test_a_supporter_is_written_to_in_the_language_of_their_account(walk: Walk, reviewed):
    robin = walk.people.supporter
    set_language(account=robin.account.pk, language="es")
    letter = composed(walk, member=robin.member.supporter, template=Template.WAITING)
    assert letter is not None
    assert (letter.subject, letter.body.startswith("Hola, Robin Vale:")) == (
        "Touchbase: something is waiting", True,
    )  # fmt: skip
