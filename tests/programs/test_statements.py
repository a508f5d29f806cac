"""What a program promises, by its policy; and that everyone can read it."""

import pytest

from tests.programs.readability import grade
from tests.programs.samples import EXAMPLES, added, policy
from touchbase.programs import statements
from touchbase.programs.files import read
from touchbase.programs.statements import Ring, Row

APPROVED = ('approved_by = "General counsel"', "approved_on = 2026-10-01")
NOT_PROTECTED = added("legal", 'court = "not-protected"', *APPROVED)
PROTECTED = added("legal", 'court = "protected"', 'citation = "Colorado law 1"', *APPROVED)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [],
            "We find a peer within 24 hours, or 48 on weekends; they usually write the same or the next day.",
        ),
        (
            ["weekend_match_within_hours = 24", "touch_within_hours = 36"],
            "We find a peer within 24 hours; they usually write within 2 days.",
        ),
        (
            [
                "match_within_hours = 8",
                "weekend_match_within_hours = 24",
                "ask_expires_after_hours = 2",
                "touch_within_hours = 12",
            ],
            "We find a peer within 8 hours, or 24 on weekends; they usually write within 12 hours.",
        ),
        (
            ["match_within_hours = 1", "weekend_match_within_hours = 1", "ask_expires_after_hours = 1"],
            "We find a peer within 1 hour; they usually write the same or the next day.",
        ),
    ],
)
def test_the_clock_is_promised_as_the_file_sets_it(lines, sentence):
    assert statements.clock_sentence(policy(added("clock", *lines))) == sentence


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("never", "We don't ask your own team, when you tell us which it is."),
        ("ask", "We ask your own team only if you want that."),
        ("fine", "Your peer may come from any team, your own too."),
    ],
)
def test_ones_own_team_is_asked_as_the_file_says(own, sentence):
    change = added("matching", f'own_department = "{own}"')
    assert statements.department_sentence(policy(change)) == sentence


@pytest.mark.parametrize(
    ("modes", "sentence"),
    [
        ('["phone"]', "By phone."),
        ('["in-person", "phone"]', "In person or by phone."),
        ('["phone", "video", "in-person"]', "By phone, by video or in person."),
    ],
)
def test_the_two_talk_in_the_ways_of_the_file(modes, sentence):
    assert statements.ways_sentence(policy(added("contact", f"modes = {modes}"))) == sentence


def test_one_exception_is_one_sentence():
    assert statements.exceptions_sentence(policy()) == (
        "One exception: if you may be in danger, your peer will get help, "
        "and will tell you first when they can."
    )


def test_two_exceptions_are_both_said():
    change = (
        'exceptions = ["you may be in danger"]',
        'exceptions = ["you may be in danger", "someone else may be"]',
    )
    assert statements.exceptions_sentence(policy(change)) == (
        "There are exceptions. Your peer will get help if you may be in danger or if someone else may be. "
        "They will tell you first when they can."
    )


def test_a_duty_to_report_is_said_only_where_there_is_one():
    assert statements.reporting_sentence(policy()) == ""
    change = added("safety", 'reporting = ["child abuse", "gunshots"]')
    assert statements.reporting_sentence(policy(change)) == (
        "By law, your peer may have to report a few things. These are child abuse or gunshots."
    )


def test_licensing_forms_are_spoken_of_only_after_counsel_confirmed_it():
    confirmed = policy(added("confidence", "licensing_confirmed = true"))
    assert statements.record_sentence(confirmed) == (
        "Nobody adds this to your file. You don't report it on a form for your license or your credentials."
    )
    assert statements.record_sentence(policy()) == (
        "Nobody adds this to your file. We don't know yet what each licensing form may ask."
    )
    forms = "Using peer support is not something you report on licensing or credentialing forms."
    assert forms in statements.court_statement(confirmed, window_hours=48)
    assert forms not in statements.court_statement(policy(), window_hours=48)


def test_while_nobody_is_sure_nothing_is_promised():
    assert statements.court_statement(policy(), window_hours=48) == (
        "We're checking how the law in Colorado treats these talks. "
        "Until we know, please assume that anything written could be asked for. Your peer keeps no notes."
    )
    assert statements.approval_line(policy()) == ""


def test_where_talks_are_not_protected_the_page_says_what_is_written_down():
    assert statements.court_statement(policy(NOT_PROTECTED), window_hours=48) == (
        "In Colorado, peer support talks do not have special legal protection. "
        "Anything written down could be asked for, so we write down as little as we can. "
        "That is your name, how to reach you, and that you were matched. We erase that when we close. "
        "48 hours later, while the service runs, it can't be read even from old backups. "
        "Your peer keeps no notes. Your peer is asked to delete your messages; we can't do it for them."
    )
    assert statements.approval_line(policy(NOT_PROTECTED)) == "Approved by: General counsel, Oct 1, 2026."


def test_of_backups_nothing_is_said_until_an_operator_attested_it():
    said = statements.court_statement(policy(NOT_PROTECTED), window_hours=None)
    assert "backups" not in said
    assert "We erase that when we close. Your peer keeps no notes." in said


def test_under_a_legal_hold_no_erasing_is_promised():
    hold = added("legal", 'court = "not-protected"', *APPROVED, 'erase_paused = "A court asked for it."')
    said = statements.court_statement(policy(hold), window_hours=48)
    assert "Right now nothing is erased: A court asked for it." in said
    assert "backups" not in said
    assert "We erase" not in said


@pytest.mark.parametrize("line", APPROVED)
def test_half_an_approval_is_none(line):
    assert statements.approval_line(policy(added("legal", line))) == ""


def test_where_talks_are_protected_the_law_is_named():
    assert statements.court_statement(policy(PROTECTED), window_hours=48) == (
        "In Colorado, the law protects these talks in most situations (Colorado law 1). "
        "We still write down as little as we can."
    )


def test_a_remark_and_whom_to_call_stand_at_the_end():
    change = added("legal", 'remark = "Less is kept."', 'phone = "303-555-0112"')
    said = statements.court_statement(policy(change), window_hours=None)
    assert said.endswith("Less is kept. For questions, call the legal department at 303-555-0112.")


def test_a_message_ends_with_a_number_to_call():
    assert statements.urgent_line(policy()) == "Need someone right now? Call or text 988."
    other = policy(('label = "Call or text 988"', 'label = "Our line"'))
    assert statements.urgent_line(other) == "Need someone right now? Our line: 988."


def test_who_knows_what_names_the_backup_and_who_stepped_aside():
    assert statements.who_knows_rows(policy()) == (
        Row("Your peer supporter", "Your name and how to reach you. They keep no notes.", Ring.FULL),
        Row(
            "Harbor coordinator, or when away: Harbor backup",
            "Your name, how to reach you, and who you were matched with. Erased when we close.",
            Ring.HALF,
        ),
        Row(
            "A peer who stepped aside",
            "They have seen your name. Your page shows how many did.",
            Ring.HALF,
        ),
        Row(
            "Your chief, HR, risk, licensing boards",
            "Nothing. Leaders see half-year totals, and none of fewer than 11 people.",
            Ring.EMPTY,
        ),
    )


def test_where_two_know_the_coordinator_sees_nothing_after_a_peer_accepts():
    changes = (
        added("confidence", 'who_knows = "two"', 'coordinator_sees = "until_accept"'),
        added("sources", "directory = true"),
    )
    rows = statements.who_knows_rows(policy(*changes))
    assert rows[0] == Row(
        "A peer you choose and call yourself",
        "Only the two of you know. Nothing is written down here.",
        Ring.FULL,
    )
    assert rows[2].what == (
        "Your name, and how to reach you, until a peer says yes. Then only that you are with a peer."
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_promise_reads_at_grade_six_or_below(path):
    program = read(path)
    said = [
        statements.clock_sentence(program),
        statements.department_sentence(program),
        statements.ways_sentence(program),
        statements.exceptions_sentence(program),
        statements.reporting_sentence(program),
        statements.record_sentence(program),
        statements.court_statement(program, window_hours=48),
        statements.urgent_line(program),
        *(row.what for row in statements.who_knows_rows(program)),
    ]
    assert [text for text in said if text and grade(text) > 6] == []


@pytest.mark.parametrize("change", [NOT_PROTECTED, PROTECTED], ids=["not protected", "protected"])
def test_every_court_statement_reads_at_grade_six_or_below(change):
    assert grade(statements.court_statement(policy(change), window_hours=48)) <= 6


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("The cat sat on the mat.", -2, 1), ("Organizational confidentiality considerations apply.", 15, 50)],
)
def test_the_measure_tells_easy_from_hard(text, least, most):
    assert least <= grade(text) <= most
