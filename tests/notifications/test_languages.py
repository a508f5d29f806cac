"""Messages in Spanish: the same fields, the same promises, and texts that cost no more (ux.md, section 4)."""

import re
from pathlib import Path

import pytest

from tests.notifications.letters import PROGRAMS, fields_for
from touchbase.notifications import messages
from touchbase.notifications.channels.mail import BODY_STEP, padded
from touchbase.notifications.messages import SHAPES, Rendered, Template, render
from touchbase.notifications.segments import segments

pytestmark = pytest.mark.usefixtures("reviewed")

WORDS = Path(messages.__file__).parent / "templates/notifications"
ENGLISH = {path.stem: path.read_text() for path in (WORDS / "en").glob("*.txt")}
SPANISH = {path.stem: path.read_text() for path in (WORDS / "es").glob("*.txt")}
# Read at the desk, and by faculty, alone: their pages are in English, too.
OF_THE_DESK = {"reminder", "late", "gap", "wrong-contact", "named", "consult"}
TEXTS = [template for template in Template if template.value.endswith("-text")]
# What a time that a supporter offers, and a list, may hold in Spanish.
THERE = {
    "supporter_role": "colega", "time_offer": "el jueves a las 4 pm", "resource_list": "- Descanso.",
    "help_list": "- Su doctora.",
}  # fmt: skip


def written(template: Template, slug: str = "legacy", **changes: str) -> Rendered:
    fields = fields_for(template, slug)
    there = {name: text for name, text in THERE.items() if name in fields}
    return render(template, "es", fields | there | changes)


def test_everything_is_there_but_what_the_desk_reads():
    assert set(SPANISH) == set(ENGLISH) - OF_THE_DESK


@pytest.mark.parametrize("file", sorted(SPANISH))
def test_the_words_hold_exactly_the_fields_of_the_english(file):
    fields = re.compile(r"\{([^{}]*)\}")
    assert set(fields.findall(SPANISH[file])) == set(fields.findall(ENGLISH[file]))


@pytest.mark.parametrize("file", sorted(SPANISH))
def test_nobody_is_addressed_as_a_child_or_by_a_gender(file):
    assert not re.search(r"\b(tú|tu|tus|te|ti|contigo|vos|estimad[oa]s?|bienvenid[oa]s?)\b|[!\u2013\u2014]",
                         SPANISH[file], re.IGNORECASE)  # fmt: skip


@pytest.mark.parametrize("template", TEXTS)
@pytest.mark.parametrize("slug", PROGRAMS)
def test_a_text_message_is_two_pieces_at_most(template, slug):
    assert segments(written(template, slug).body) <= 2


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("slug", PROGRAMS)
def test_every_mail_has_the_same_size_in_each_language(template, slug):
    assert len(padded(written(template, slug).body).replace("\n", "\r\n").encode()) == BODY_STEP


@pytest.mark.parametrize("template", Template)
def test_the_subject_doesnt_tell_the_language(template):
    assert written(template).subject == SHAPES[template].subject


def test_what_a_program_left_out_is_said_in_it_too():
    body = written(Template.INVITATION, time_offer="", supporter_role="").body
    assert "colega" in body
    assert "when it suits you" not in body


def test_the_desk_reads_english():
    fields = fields_for(Template.LATE, "legacy")
    assert render(Template.LATE, "es", fields) == render(Template.LATE, "en", fields)


def test_nobody_is_written_to_in_a_language_that_nobody_reviewed(monkeypatch):
    monkeypatch.undo()  # as it is shipped
    fields = fields_for(Template.INVITATION, "legacy")
    assert render(Template.INVITATION, "es", fields) == render(Template.INVITATION, "en", fields)
