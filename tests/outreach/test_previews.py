"""Messages previewed as each program sends them, by the code that sends them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.canary import FINCH
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import HOUR, NOON, Walk, by_mail
from touchbase.notifications.catalogue import SHAPES, TO_RECIPIENT, TO_STAFF, TO_SUBSCRIBER, Reader
from touchbase.notifications.messages import Template
from touchbase.notifications.models import Outgoing
from touchbase.notifications.outbox import Due
from touchbase.outreach import previews as sample
from touchbase.outreach.letters import composer
from touchbase.outreach.previews import previews
from touchbase.programs.policy import SendBy

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

AT = datetime(2026, 5, 11, 16, tzinfo=UTC)
FILES = sorted(Path("programs").glob("*.toml"))
everywhere = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])


def of(here, at=AT):
    return {one.template: one for one in previews(here, at)}


@everywhere
def test_every_message_of_the_catalogue_is_there_in_the_words_of_the_program(file):
    here = make_program(file.read_text())
    found = of(here)
    assert set(found) == set(Template)
    for template, one in found.items():
        assert (one.reader, one.subject) == (SHAPES[template].reader, SHAPES[template].subject)
        assert not re.search(r"\{[a-z_]+\}", one.body), template
    assert here.policy.program.name in found[Template.INVITATION].body
    assert here.policy.program.short_name in found[Template.INVITATION_TEXT].body
    assert here.policy.coordinator.phone in found[Template.NOT_NOW].body
    assert here.policy.urgent[0].label in found[Template.INVITATION].body
    assert found[Template.INVITATION].sender.startswith(f"{here.policy.program.short_name} <")
    assert found[Template.ASK].sender.startswith(f"{here.policy.program.name} <")
    assert found[Template.NOMINATION].reply_to == here.policy.coordinator.email


@everywhere
def test_nobody_in_a_preview_is_real(file):
    here = make_program(file.read_text())
    named = {sample.PERSON, sample.PEER, sample.MEMBER}
    for template, one in of(here).items():
        said = {name for name in named if name in one.body or name.split()[0] in one.body}
        # Of whom a letter to the list is, nobody knows.
        unnamed = {Template.NOT_NOW, Template.RESOURCES_CALL, Template.NEWS, Template.NEWS_CONFIRM}
        assert bool(said) is (template not in unnamed), template
        links = [link for link in re.findall(r"https?://\S+", one.body) if "/t/" in link or "/n/" in link]
        assert all(link.endswith(f"/{sample.TOKEN}/") for link in links), template
        assert set(re.findall(r"[\w.]+@[\w.]+", one.body)) <= {here.policy.coordinator.email}


def test_a_preview_is_the_letter_that_is_sent(mails: Walk):
    """The same code with the same values gives the same letter: only who it is about differs."""
    handle = mails.invited(of=by_mail(), how=SendBy.SYSTEM)
    sent = composer(NOON + 5 * HOUR)(Due("x", mails.here.id, handle, "", Template.INVITATION, 0))
    shown = of(mails.here)[Template.INVITATION]
    assert sent is not None
    assert like_the_sample(sent.body) == shown.body
    assert (sent.subject, f"{sent.from_name} <touchbase@example.org>") == (shown.subject, shown.sender)


def like_the_sample(body):
    """A real note with the sample's people in the place of its own."""
    for real, invented in (
        (FINCH.name, sample.PERSON), ("Robin Vale", sample.PEER), ("Robin", "Sam"),
        ("a surgeon", "a colleague"),        ("when it suits you", "in the mornings"),
    ):  # fmt: skip
        body = body.replace(real, invented)
    return re.sub(r"/t/[^/]+/", f"/t/{sample.TOKEN}/", body)


def test_a_staff_letter_is_the_one_that_is_sent(walk: Walk):
    member = walk.people.supporter.member.supporter
    sent = composer(NOON)(Due("x", walk.here.id, "", member, Template.WAITING, 0))
    shown = of(walk.here)[Template.WAITING]
    assert sent is not None
    name = walk.people.supporter.account.name
    assert (sent.subject, sent.body.replace(name, sample.MEMBER)) == (shown.subject, shown.body)


def test_what_isnt_mailed_has_neither_sender_nor_subject(here):
    found = of(here)
    for template in (Template.INVITATION_TEXT, Template.INVITATION_CALL, Template.NOT_NOW):
        assert (found[template].sender, found[template].reply_to, found[template].subject) == ("", "", "")
    assert {one.subject for one in found.values()} == {TO_RECIPIENT, TO_STAFF, TO_SUBSCRIBER, ""}


def test_a_text_says_into_how_many_pieces_it_is_cut(here):
    found = of(here)
    assert found[Template.INVITATION_TEXT].pieces == 1
    assert {one.pieces for one in found.values() if not one.template.value.endswith("-text")} == {0}


def test_looking_at_them_keeps_and_sends_nothing(here, django_assert_num_queries):
    with django_assert_num_queries(1):  # which collaborative the program is the center of
        previews(here, AT)
    assert not Outgoing.objects.exists()


def test_every_reader_has_its_writer():
    assert set(sample._WRITERS) == set(Reader)


def test_whoever_isnt_known_yet_is_written_to_in_the_usual_language(bilingual):
    english, spanish = (
        {one.template: one.body for one in previews(bilingual, AT, language)} for language in ("en", "es")
    )
    same = {template for template in Template if english[template] == spanish[template]}
    unknown = {one for one in Template if SHAPES[one].reader not in {Reader.RECIPIENT, Reader.STAFF}}
    assert unknown <= same
    assert {Template.INVITATION, Template.ASK, Template.CHECK_IN_CALL}.isdisjoint(same)


def test_each_says_in_which_language_it_goes_out(bilingual):
    found = {one.template: one.language for one in previews(bilingual, AT, "es")}
    spoken = {Template.INVITATION: "es", Template.ASK: "es", Template.LATE: "en", Template.NOMINATION: "en"}
    assert {template: found[template] for template in spoken} == spoken
    assert {one.language for one in previews(bilingual, AT)} == {"en"}


@pytest.mark.parametrize("template", [Template.NOMINATION, Template.JOIN, Template.NEWS])
def test_a_usual_language_is_the_whole_message_s(reviewed, template):
    here = make_program(policy_text(program='languages = ["es", "en"]'))
    body = next(one.body for one in previews(here, AT, "en") if one.template is template)
    assert not re.search(r"\b(peer supporter|hours|You would|Need someone)\b", body)
