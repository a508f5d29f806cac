"""A pasted list: every kind of paste is read, and what can't be read keeps its words and gets a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.canary import FINCH, LINNET, WREN
from tests.programs.samples import added, policy
from touchbase.programs.policy import Channel
from touchbase.referrals.listing import MOST, Line, ListUnclear, checked, lines_of, repaired

POLICY = policy()


def read(text, **picks):
    return checked(lines_of(text), policy=POLICY, **picks)


def people(found):
    return [(one.name, one.channel, one.contact) for one in found.askings]


@pytest.mark.parametrize(
    "text",
    [
        "Canary Finchley, +1 503 555 0142\nCanary Wrenfield, canary.wrenfield@example.org",
        "Canary Finchley\t+1 503 555 0142\r\nCanary Wrenfield\tcanary.wrenfield@example.org\r\n",
        "Canary Finchley;+1 503 555 0142\rCanary Wrenfield;Canary.Wrenfield@example.org",
        '"Canary Finchley","+1 503 555 0142"\n\n  ,, \nCanary Wrenfield <canary.wrenfield@example.org>',
        "Canary Finchley\t\t+1 503 555 0142\t\n\t\t\nCanary Wrenfield canary.wrenfield@example.org",
    ],
)
def test_commas_tabs_semicolons_and_quotation_marks_read_alike(text):
    assert people(read(text)) == [
        (FINCH.name, Channel.TEXT, "+15035550142"),
        (WREN.name, Channel.EMAIL, WREN.email),
    ]


def test_a_name_may_hold_a_comma_where_the_contact_comes_last():
    assert people(read("Finchley, Canary, +1 503 555 0142")) == [
        ("Finchley, Canary", Channel.TEXT, "+15035550142")
    ]


def test_department_site_and_language_are_those_of_the_whole_list():
    found = read(f"Canary A, {FINCH.phone}\nCanary B, {WREN.phone}", department="surgery", site="east")
    assert {(one.department, one.site) for one in found.askings} == {("surgery", "east")}


def test_the_same_person_twice_is_one_and_is_said():
    found = read(f"{FINCH.name}, {FINCH.phone}\nDr. {FINCH.name}, (503) 555-0142")
    assert (len(found.askings), found.merged, found.unclear) == (1, 1, ())


def test_two_names_with_one_contact_need_another_look():
    found = read(f"{FINCH.name}, {FINCH.phone}\n{WREN.name}, {FINCH.phone}")
    (row,) = found.unclear
    assert (row.number, row.line, row.unclear.field) == (2, Line(WREN.name, FINCH.phone), "contact")


@pytest.mark.parametrize(
    ("text", "field", "sentence"),
    [
        ("Canary Finchley", "contact", "Add how to reach them: a mobile number or an email address."),
        ("+1 503 555 0142", "name", "Write what they go by. A first name is enough."),
        ("canary@example.org", "name", "Write what they go by. A first name is enough."),
        (
            "=cmd|' /C calc'!A0, +1 503 555 0142",
            "name",
            "This begins like a formula of a spreadsheet. Write the name alone.",
        ),
        (
            "@SUM(1+1), +1 503 555 0142",
            "name",
            "This begins like a formula of a spreadsheet. Write the name alone.",
        ),
        (
            "Canary, =HYPERLINK()",
            "contact",
            "This begins like a formula of a spreadsheet. Write the contact alone.",
        ),
        (
            "Canary lost them both. It hurts, +1 503 555 0142",
            "name",
            "Write just their name, on one line. Please leave out what happened.",
        ),
        ("Canary, 12", "contact", "Enter a mobile number, like (201) 555-0123."),
        ("Canary, a@b@c", "contact", "Enter one email address, like name@example.org."),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(text, field, sentence):
    (row,) = read(text).unclear
    assert (row.unclear.field, str(row.unclear)) == (field, sentence)


def test_where_a_program_writes_no_email_an_address_is_asked_to_be_a_number():
    rules = policy(added("contact", 'channels = ["call"]'))
    found = checked(lines_of(f"Canary A, {WREN.email}\nCanary B, {FINCH.phone}"), policy=rules)
    (row,) = found.unclear
    said = "This program writes no email. Give a phone number."
    assert (row.number, str(row.unclear)) == (1, said)
    assert people(found) == [("Canary B", Channel.CALL, "+15035550142")]


def test_signs_nobody_sees_are_gone():
    assert people(read("Canary \u202eFinchley\u202c\u200b, +1 503\u2066 555 0142")) == [
        (FINCH.name, Channel.TEXT, "+15035550142")
    ]


def test_an_empty_list_and_one_that_is_too_long_are_refused_whole():
    for nothing in ("", " \n\t\n", ",\n;"):
        with pytest.raises(ListUnclear) as refused:
            lines_of(nothing)
        assert str(refused.value) == "Paste or type at least one person: a name and how to reach them."
    line = f"{LINNET.name}, {LINNET.email}\n"
    assert len(lines_of(line * MOST)) == 60
    with pytest.raises(ListUnclear) as refused:
        lines_of(line * 10_000)
    assert str(refused.value) == (
        "That is 10,000 lines. Paste 60 people at most; the others can go in a second list."
    )


def test_a_line_as_long_as_a_book_is_one_line_that_needs_another_look():
    (row,) = read('"' + "x" * 200_000).unclear
    assert row.unclear.field in {"name", "contact"}
    assert len(row.line.name) == 400


def test_lines_are_written_anew_or_left_out_by_number():
    lines = (Line("a", "1"), Line("b", "2"), Line("c", "3"))
    assert repaired(lines, {2: None, 3: Line("c", "4")}) == (Line("a", "1"), Line("c", "4"))


def test_printing_a_line_shows_nothing_of_anybody():
    found = read(f"{FINCH.name}, {FINCH.phone}\n{WREN.name}")
    assert FINCH.name not in repr(found)
    assert WREN.name not in repr(found)


@settings(deadline=None)
@given(text=st.text(max_size=300))
def test_no_paste_at_all_breaks_it_and_no_line_is_lost(text):
    try:
        lines = lines_of(text)
    except ListUnclear:
        return
    found = checked(lines, policy=POLICY)
    assert len(found.askings) + len(found.unclear) + found.merged == len(lines)
