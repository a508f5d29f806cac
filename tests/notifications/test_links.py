"""Addresses that open the peer's own phone."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchbase.notifications.links import mailto, sms, tel

NUMBER = "+1 503 555 0142"


def test_a_call_dials_digits_only():
    assert tel(NUMBER) == "tel:+15035550142"
    assert tel("(503) 555-0142") == "tel:5035550142"


def test_a_text_opens_with_its_words_on_both_kinds_of_phone():
    assert (
        sms(NUMBER, "Hi, it's Robin & co.\nFree?")
        == "sms:+15035550142?&body=Hi%2C%20it%27s%20Robin%20%26%20co.%0AFree%3F"
    )


def test_a_mail_opens_with_subject_and_words():
    address = mailto("pat+desk@example.org", "Touching base", "Hi,\nhow are you?\r\n")

    assert (
        address == "mailto:pat%2Bdesk@example.org?subject=Touching%20base&body=Hi%2C%0D%0Ahow%20are%20you%3F"
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_every_text_arrives_as_it_was_written_and_nothing_of_it_becomes_address(text):
    for address in (sms(NUMBER, text), mailto("pat@example.org", "Touching base", text)):
        body = address.partition("body=")[2]
        assert unquote(body) == text.strip()
        assert not set(body) & set("&#?+ \"'<>")
        assert address.isascii()


def test_a_mail_address_is_read_back_by_others():
    parts = urlsplit(mailto("pat@example.org", "Touching base", "50% of us"))

    assert (parts.scheme, parts.path) == ("mailto", "pat@example.org")
    assert parse_qs(parts.query) == {"subject": ["Touching base"], "body": ["50% of us"]}


@pytest.mark.parametrize("number", ["", "Canary", "+"])
def test_a_number_without_digits_is_refused_without_repeating_it(number):
    with pytest.raises(ValueError, match=r"^a phone number needs digits$"):
        tel(number)
