"""What is confirmed by a press: a number was called, the court statement holds (ruling B28)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.audit import log
from touchbase.kernel.errors import DomainError
from touchbase.programs import actions, queries
from touchbase.programs.files import parse
from touchbase.programs.models import Program
from touchbase.programs.presses import confirmed, statement_key
from touchbase.programs.statements import approval_line

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # still the nineteenth at Harbor
STATED = 'court = "not-protected"\napproved_by = "General counsel"\napproved_on = 2026-10-01'


def called_on(here):
    return [one.checked_on for one in queries.program_at(here.slug).policy.urgent]


def test_a_number_was_called_on_the_program_s_own_day(here):
    actions.note_called(program_id=here.id, number="988", by="dana", at=AT)
    assert called_on(here) == [date(2026, 11, 19)]
    assert log.acts(program=here.id, since=date(2026, 11, 1)) == [
        log.Act(date(2026, 11, 19), "dana", "check number", 1)
    ]


def test_a_press_never_takes_a_later_day_of_the_file_back(here):
    actions.note_called(program_id=here.id, number="988", by="dana", at=datetime(2026, 6, 1, tzinfo=UTC))
    assert called_on(here) == [date(2026, 11, 2)]


def test_another_number_in_the_file_was_not_called(here):
    actions.note_called(program_id=here.id, number="988", by="dana", at=AT)
    text = policy_text().replace('number = "988"', 'number = "207-555-0911"')
    assert called_on(make_program(text)) == [date(2026, 11, 2)]
    actions.note_called(program_id=here.id, number="207-555-0911", by="dana", at=AT + timedelta(days=1))
    assert Program.objects.get().pressed == {"number 2075550911": "2026-11-20"}


def test_a_number_that_left_the_file_is_refused(here):
    with pytest.raises(DomainError, match="isn't in the program's file any more"):
        actions.note_called(program_id=here.id, number="911", by="dana", at=AT)
    assert log.acts(program=here.id, since=date(2026, 1, 1)) == []


def test_the_approval_stands_on_the_open_pages_until_the_words_change():
    here = make_program(policy_text(legal=STATED))
    actions.approve_statement(program_id=here.id, by="dana", at=AT)
    pressed = queries.program_at("harbor").policy
    assert approval_line(pressed) == "Approved by: General counsel, Nov 19, 2026."
    changed = make_program(policy_text(legal=f'{STATED}\nremark = "Ask before you write."'))
    assert approval_line(changed.policy) == "Approved by: General counsel, Oct 1, 2026."


def test_where_nothing_is_stated_nothing_is_approved(here):
    with pytest.raises(DomainError, match="makes no court statement yet"):
        actions.approve_statement(program_id=here.id, by="dana", at=AT)


@pytest.mark.parametrize(
    "change",
    [
        {"legal": STATED.replace("General counsel", "Risk office")},
        {"legal": f'{STATED}\nremark = "One more."'},
        {"legal": STATED, "program": 'state_name = "Vermont"'},
        {"legal": STATED, "confidence": "licensing_confirmed = true"},
        {"legal": STATED.replace("not-protected", "protected") + '\ncitation = "a law"'},
    ],
)
def test_whatever_changes_the_statement_makes_its_approval_void(change):
    before = parse(policy_text(legal=STATED), file="harbor.toml")
    assert statement_key(parse(policy_text(**change), file="harbor.toml")) != statement_key(before)


def test_without_a_press_the_file_alone_holds(here):
    assert confirmed(here.policy, {}) is here.policy


def test_the_file_itself_is_left_as_it_was(here):
    before = queries.export("harbor")
    actions.note_called(program_id=here.id, number="988", by="dana", at=AT)
    assert queries.export("harbor") == before
