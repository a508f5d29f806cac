"""Typed lines: what people really type goes through, and what names an event doesn't."""

import pytest

from touchbase.referrals.typed import (
    Unclear,
    email_from,
    example_number,
    name_from,
    optional_name_from,
    phone_from,
)

STORY = "Just what we should call you. Please leave out what happened."


def refusal(reader, *args: str, **how: object) -> str:
    with pytest.raises(Unclear) as refused:
        reader(*args, **how)
    return refused.value.message


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Robin", "Robin"),
        ("  Robin   Vale ", "Robin Vale"),
        ("Dr. Robin J.R. Vale, Jr.", "Dr. Robin J.R. Vale, Jr."),
        ("Prof. Vale", "Prof. Vale"),
        ("Robin Vale, Ph.D.", "Robin Vale, Ph.D."),
        ("Maria del Carmen Vale de Ortega", "Maria del Carmen Vale de Ortega"),
        ("O'Vale-Núñez", "O'Vale-Núñez"),
        ("Nu\u0301n\u0303ez", "Núñez"),
        ("韦尔", "韦尔"),
        ("روبین\u200cوال", "روبین\u200cوال"),
        ("🙂", "🙂"),
        ("👩🏽\u200d⚕️ Robin", "👩🏽\u200d⚕️ Robin"),
        ("\u202eRobin\u202c", "Robin"),
        ("\ufeffRo\u200bbin\x00", "Robin"),
        ("Robin\tVale", "Robin Vale"),
        ("R" * 60, "R" * 60),
    ],
)
def test_a_name_is_taken_as_people_write_it(typed: str, name: str):
    assert name_from(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "Robin. I lost a patient on the table",
        "I can not sleep since last week",
        "Robin! Please help",
        "Robin; it was the night shift",
        "They died. Robin",
        "Robin…",
        "Room 12",
        "Robin ٣",
        "robin@example.org",
        "https://example.org",
        "R" * 61,
    ],
)
def test_a_story_in_the_name_is_refused_with_what_to_write_instead(typed: str):
    assert refusal(name_from, typed) == STORY


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\u202e\u202c"])
def test_no_name_at_all_is_asked_for(typed: str):
    assert refusal(name_from, typed) == "Tell us what to call you. A first name is enough."


@pytest.mark.parametrize("typed", ["---", "\u200d", "()"])
def test_a_name_has_a_letter_or_a_sign_one_can_see(typed: str):
    assert refusal(name_from, typed) == "Write this with letters."


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\x0b", "\x85", "\u2028"])
def test_two_lines_are_refused_and_never_joined(break_: str):
    assert refusal(name_from, f"Robin{break_}Vale") == "Write this on one line."
    assert refusal(email_from, f"a@example.org{break_}b@example.org") == "Write this on one line."
    two = f"503 555 0110{break_}503 555 0111"
    assert refusal(phone_from, two, country="US", texts=True) == "Write this on one line."


def test_a_name_to_leave_out_may_be_empty_but_no_reason():
    assert optional_name_from("  ", field="not_with") == ""
    assert optional_name_from("Dr. Vale", field="not_with") == "Dr. Vale"
    assert refusal(optional_name_from, "Dr. Vale because of the review we had", field="not_with") == (
        "Just the person's name. Please leave out why."
    )


@pytest.mark.parametrize(
    "typed",
    [
        "503 555 0110",
        "(503) 555-0110",
        "503.555.0110",
        "+1 503 555 0110",
        "1-503-555-0110",
        "503\u2011555\u20110110",
        "\u202a503 555 0110\u202c",
        "٥٠٣ ٥٥٥ ٠١١٠",
    ],
)
def test_a_number_is_kept_in_one_form_however_it_is_written(typed: str):
    assert phone_from(typed, country="US", texts=True) == "+15035550110"


def test_a_number_from_abroad_keeps_its_country():
    assert phone_from("+44 7400 123456", country="US", texts=True) == "+447400123456"
    assert phone_from("07400 123456", country="GB", texts=True) == "+447400123456"


@pytest.mark.parametrize(
    "typed", ["", "call me", "503", "1-503-FLOWERS", "555 010 0199", "+", "503 555 0110 / home"]
)
def test_a_wrong_number_is_answered_with_one_to_copy_the_form_of(typed: str):
    assert (
        refusal(phone_from, typed, country="US", texts=True) == "Enter a mobile number, like (201) 555-0123."
    )
    assert (
        refusal(phone_from, typed, country="US", texts=False) == "Enter a phone number, like (201) 555-0123."
    )


def test_the_example_itself_goes_through():
    assert phone_from(example_number("US"), country="US", texts=True) == "+12015550123"


@pytest.mark.parametrize("typed", ["503 555 0110 x12", "503 555 0110 ext. 7", "5035550110ext7"])
def test_an_extension_is_not_dropped_silently(typed: str):
    said = refusal(phone_from, typed, country="US", texts=False)
    assert said == "Enter a number that reaches you without an extension."


def test_a_text_needs_a_number_that_takes_texts_where_that_can_be_told():
    landline = "020 7946 0018"
    assert phone_from(landline, country="GB", texts=False) == "+442079460018"
    assert (
        refusal(phone_from, landline, country="GB", texts=True) == "Enter a mobile number, like 07400 123456."
    )


def test_where_no_example_is_known_the_country_code_is_asked_for():
    said = refusal(phone_from, "12", country="AQ", texts=True)
    assert said == "Enter a phone number with its country code, beginning with +."


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Robin.Vale@Example.ORG", "robin.vale@example.org"),
        (" robin+peer@mail.example.org ", "robin+peer@mail.example.org"),
        ("\u202arobin@example.org\u202c", "robin@example.org"),
        ("r@x1.example", "r@x1.example"),
    ],
)
def test_an_address_is_kept_in_small_letters(typed: str, address: str):
    assert email_from(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "robin",
        "robin@",
        "@example.org",
        "robin@example",
        "robin@example.1",
        "robin vale@example.org",
        "robin@example.org, sam@example.org",
        "robin..vale@example.org",
        ".robin@example.org",
        "robin@-example.org",
        "robin@example..org",
        "Robin <robin@example.org>",
        "rôbin@example.org",
        "r" * 65 + "@example.org",
        "robin@" + "e" * 64 + ".org",
        "robin@" + "example." * 32 + "org",
        "robin@example.org\x00,x@example.net",
    ],
)
def test_an_address_that_reaches_nobody_is_answered_with_how_one_looks(typed: str):
    assert refusal(email_from, typed) == "Enter one email address, like name@example.org."


def test_a_refusal_never_repeats_what_was_typed():
    for reader, how in ((name_from, {}), (email_from, {}), (phone_from, {"country": "US", "texts": True})):
        assert "Canary" not in refusal(reader, "Canary of 12 things. They sang", **how)
