"""What a message says, and what none may ever say (rulings A9 to A11, B17, B18, C10, F15)."""

import re
from pathlib import Path

import pytest

from tests.notifications.letters import LINK, PROGRAMS, SITE, fields_for
from tests.notifications.reading import grade, syllables
from touchbase.notifications import messages
from touchbase.notifications.catalogue import TO_RECIPIENT, TO_STAFF, Reader
from touchbase.notifications.channels.mail import BODY_STEP, padded
from touchbase.notifications.errors import MessageRefused
from touchbase.notifications.messages import FIELDS, SHAPES, Rendered, Template, render, worded_for
from touchbase.notifications.segments import segments
from touchbase.programs.choices import Channel

WORDS = Path(messages.__file__).parent / "templates/notifications/en"
BY_READER = {
    reader: [template for template in Template if SHAPES[template].reader == reader]
    for reader in ("recipient", "staff", "nominee", "invited")
}
TEXTS = [template for template in Template if template.value.endswith("-text")]
# What none may hold, whoever reads it (ux.md section 4, product.md section 9).
NEVER = {"department", "event", "reason", "date", "ref", "due", "source_line", "referrer_name", "profession"}


def written(template: Template, slug: str = "legacy", **changes: str) -> Rendered:
    return render(template, "en", fields_for(template, slug) | changes)


def everywhere(templates):
    return pytest.mark.parametrize(
        ("template", "slug"), [(template, slug) for template in templates for slug in PROGRAMS]
    )


# ---- every message


@pytest.mark.parametrize("template", Template)
def test_the_words_hold_exactly_the_fields_of_the_table(template):
    text = (WORDS / f"{SHAPES[template].file}.txt").read_text()

    assert set(re.findall(r"\{([^{}]*)\}", text)) == SHAPES[template].fields
    assert text.count("{") == text.count("}") == len(re.findall(r"\{[a-z_]+\}", text))


def test_every_file_of_words_belongs_to_a_message():
    assert {path.stem for path in WORDS.glob("*.txt")} == {shape.file for shape in SHAPES.values()}


def test_no_reader_has_a_field_for_what_must_never_be_said():
    assert not NEVER & frozenset().union(*FIELDS.values())
    assert FIELDS[Reader.STAFF] == {"staff_name", "program_name", "link"}
    assert {field for field in FIELDS[Reader.NOMINEE] if field.endswith("_name")} == {
        "nominee_name",
        "org_name",
    }
    assert {field for field in FIELDS[Reader.INVITED] if field.endswith("_name")} == {
        "inviter_name",
        "program_name",
    }
    assert all(shape.fields <= FIELDS[shape.reader] for shape in SHAPES.values())


@pytest.mark.parametrize("template", BY_READER["recipient"])
def test_every_mail_to_a_recipient_has_the_same_subject(template):
    kind = template.value.rsplit("-", 1)[-1]

    assert SHAPES[template].subject == (
        "" if kind in {"text", "call"} or template == "not-now" else TO_RECIPIENT
    )
    assert TO_RECIPIENT == "Touching base"


@pytest.mark.parametrize("template", BY_READER["staff"] + BY_READER["nominee"] + BY_READER["invited"])
def test_every_mail_to_staff_and_to_who_may_join_them_has_the_same_subject(template):
    assert SHAPES[template].subject == TO_STAFF == "Touchbase: something is waiting"


@everywhere(Template)
def test_every_mail_of_every_program_has_the_same_size(template, slug):
    body = padded(written(template, slug).body)

    assert len(body.replace("\n", "\r\n").encode()) == BODY_STEP


@everywhere(BY_READER["recipient"])
def test_what_a_recipient_reads_is_for_grade_6_or_lower(template, slug):
    assert grade(written(template, slug).body) <= 6


@everywhere(BY_READER["staff"] + BY_READER["nominee"] + BY_READER["invited"])
def test_what_staff_read_is_easy_too(template, slug):
    assert grade(written(template, slug).body) <= 6


def test_the_measure_of_reading_can_fail():
    hard = "Confidentiality considerations notwithstanding, organizations coordinate interventions."

    assert grade(hard) > 12
    assert grade("The cat sat on the mat, and then it went to sleep there.") < 3
    assert [syllables(word) for word in ("rest", "people", "needed", "voicemail")] == [1, 2, 2, 3]


@pytest.mark.parametrize("template", Template)
def test_no_message_uses_the_words_we_do_not_say(template):
    body = written(template).body.lower()

    unfit = "case|ticket|client|patient|victim|requester|decline|mentor|incident|error|unfortunately"
    assert not re.search(rf"\b({unfit})s?\b|!", body.replace("a hard case", ""))


# ---- merging


def test_a_field_nobody_knows_is_refused_without_its_value():
    with pytest.raises(MessageRefused) as refused:
        written(Template.INVITATION, department="Canary Ward")

    assert refused.value.message == "This message can't have: department. Take it out."


@pytest.mark.parametrize("template", BY_READER["staff"])
def test_a_recipients_name_is_refused_in_every_message_to_staff(template):
    with pytest.raises(MessageRefused):
        written(template, first_name="Canary Finchley")


@pytest.mark.parametrize("template", BY_READER["staff"])
@pytest.mark.parametrize(
    "link",
    [LINK, f"{SITE}/legacy/mine/asks/{'7f3q2' * 5}a/", f"{SITE}/legacy/?ref=7F-Q2", f"{SITE}/legacy/#7F-Q2"],
)
def test_a_message_to_staff_never_leads_to_a_referral(template, link):
    with pytest.raises(MessageRefused):
        written(template, link=link)


def test_a_long_address_of_a_program_is_no_referral():
    link = f"{SITE}/massachusetts-general-hospital/desk/board/"

    assert link in written(Template.REMINDER, link=link).body


@pytest.mark.parametrize("missing", ["first_name", "link", "urgent_line"])
def test_a_missing_field_is_refused_by_its_name(missing):
    fields = fields_for(Template.INVITATION, "legacy")

    for given in ({name: text for name, text in fields.items() if name != missing}, fields | {missing: "  "}):
        with pytest.raises(MessageRefused) as refused:
            render(Template.INVITATION, "en", given)
        assert refused.value.message == f"This message needs: {missing}."


@pytest.mark.parametrize("sign", ["\n", "\r", "\x00", "\u202e", "\u2028"])
@pytest.mark.parametrize("name", ["first_name", "supporter_name", "link"])
def test_a_value_that_breaks_a_line_or_hides_something_is_refused(name, sign):
    with pytest.raises(MessageRefused) as refused:
        written(Template.INVITATION, **{name: f"Morgan{sign}Ellery"})

    assert refused.value.message == f"Write this without line breaks or hidden characters: {name}."


def test_a_list_may_have_several_lines():
    assert "- one\n- two" in written(Template.RESOURCES, resource_list="- one\n- two").body


def test_a_value_is_put_in_as_it_is_and_never_read_as_a_template():
    body = written(Template.INVITATION, first_name="{link} {{ 7 }} <b>O'Neil</b> & Co").body

    assert body.startswith("Hi {link} {{ 7 }} <b>O'Neil</b> & Co,\n")


def test_a_language_without_words_of_its_own_reads_english():
    fields = fields_for(Template.INVITATION, "legacy")

    assert render(Template.INVITATION, "qq", fields) == render(Template.INVITATION, "en", fields)


def test_printing_a_message_shows_nothing_of_it():
    assert repr(written(Template.INVITATION)) == "Rendered()"


# ---- single messages


def test_the_invitation_says_who_writes_and_nothing_of_why():
    body = written(Template.INVITATION).body

    lines = body.splitlines()
    assert lines[0] == "Hi Dr. Morgan Ellery-Whitcombe,"
    assert lines[2] == "I'm Dr. Robin Vale-Hartmann, an emergency physician here."
    assert "What you say stays with me, unless someone may be in danger." in body
    assert "Please don't write what happened." in body
    assert f"Let me know with one press: {LINK}" in body
    assert not re.search(r"peer supporter|asked (me|us)|colleague|stays between us", body)


def test_a_supporters_own_words_open_the_invitation_and_the_rest_stays():
    usual, own = (
        written(Template.INVITATION),
        written(Template.INVITATION, own_words="I like long walks.\nYou?"),
    )

    opening = "I don't know any details, and I don't need them. I'm just checking on you."
    assert usual.body.count(opening) == 1
    assert own.body == usual.body.replace(opening, "I like long walks.\nYou?")


def test_own_words_end_at_300_characters():
    assert "w" * 300 in written(Template.INVITATION, own_words="w" * 300).body
    with pytest.raises(MessageRefused):
        written(Template.INVITATION, own_words="w" * 301)


def test_a_supporter_without_title_or_times_still_writes_whole_sentences():
    body = written(Template.INVITATION, supporter_role="", time_offer="").body

    assert "I'm Dr. Robin Vale-Hartmann, a colleague here." in body
    assert "I have time when it suits you." in body


def test_a_program_without_resources_still_sends_a_list():
    body = written(Template.RESOURCES, resource_list="", help_list="").body

    assert body.count("\n- ") == 3


def test_the_second_note_is_the_last_and_leads_back_to_the_program_later():
    body = written(Template.SECOND_TOUCH).body

    assert "this is the last note from me" in body
    assert f"{SITE}/legacy/" in body
    assert LINK in body


def test_an_ask_names_nobody_and_passing_is_as_easy():
    body = written(Template.ASK).body

    assert "Could you take this one? You'll see who it is after you say yes." in body
    assert "pass with one press and we'll ask another peer. No reason needed." in body
    assert f"{SITE}/legacy/mine/" in body


def test_opened_safety_steps_read_like_anything_else_that_is_late():
    assert written(Template.SAFETY) == written(Template.LATE)
    assert SHAPES[Template.SAFETY].urgent
    assert not SHAPES[Template.LATE].urgent


def test_what_is_late_says_what_to_do():
    assert (
        "ask a peer, ask the backup coordinator, or call the person yourself" in written(Template.LATE).body
    )


def test_a_call_never_hands_out_a_link():
    calls = [template for template in Template if template.value.endswith("-call")]

    assert len(calls) == 4
    assert not any({"link", "program_link"} & SHAPES[template].fields for template in calls)


# ---- texts


@everywhere(TEXTS)
def test_a_text_travels_in_two_pieces_for_every_program(template, slug):
    assert segments(written(template, slug).body.strip()) <= 2


@pytest.mark.parametrize("template", TEXTS)
def test_a_text_has_straight_quotes_whatever_was_typed(template):
    body = written(template, first_name="Pat O\u2019Neil \u2013 \u201cP\u201d").body

    assert 'Pat O\'Neil - "P"' in body
    assert segments(body.strip()) <= 2


def test_a_mail_keeps_the_quotes_that_were_typed():
    assert "Pat O\u2019Neil" in written(Template.INVITATION, first_name="Pat O\u2019Neil").body


@pytest.mark.parametrize(
    ("template", "channel", "form"),
    [
        (Template.INVITATION, Channel.EMAIL, Template.INVITATION),
        (Template.INVITATION, Channel.TEXT, Template.INVITATION_TEXT),
        (Template.SECOND_TOUCH, Channel.CALL, Template.SECOND_TOUCH_CALL),
        (Template.CHECK_IN, Channel.TEXT, Template.CHECK_IN_TEXT),
        (Template.RESOURCES, Channel.CALL, Template.RESOURCES_CALL),
        (Template.NOT_NOW, Channel.TEXT, Template.NOT_NOW),
    ],
)
def test_each_channel_has_its_form_of_a_message(template, channel, form):
    assert worded_for(template, channel) is form
