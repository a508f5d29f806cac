"""A mail as it leaves: who it is from, its id, its size."""

import email
import re
from email import policy

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from touchbase.notifications.channels import mail
from touchbase.notifications.channels.mail import BODY_STEP, Letter, padded


@pytest.fixture(autouse=True)
def sender(settings):
    settings.DEFAULT_FROM_EMAIL = "Touchbase <peers@harbor.example.org>"


def test_a_letter_goes_from_the_programs_address_and_answers_to_the_supporter():
    mail.send(Letter("pat@example.org", "Touching base", "Hi", "robin@example.org", "Harbor Hospital"))

    (sent,) = django_mail.outbox
    assert sent.from_email == "Harbor Hospital <peers@harbor.example.org>"
    assert (sent.to, sent.reply_to) == (["pat@example.org"], ["robin@example.org"])
    assert (sent.cc, sent.bcc, sent.attachments) == ([], [], [])


def test_a_letter_to_staff_has_no_other_address_to_answer_to():
    mail.send(Letter("robin@example.org", "Touchbase: something is waiting", "Hi"))

    (sent,) = django_mail.outbox
    assert sent.from_email == "Touchbase <peers@harbor.example.org>"
    assert sent.reply_to == []


def test_a_program_name_with_commas_and_quotes_stays_one_sender():
    mail.send(Letter("pat@example.org", "Touching base", "Hi", from_name='Harbor, "East" & Co'))

    (sent,) = django_mail.outbox
    assert sent.from_email == '"Harbor, \\"East\\" & Co" <peers@harbor.example.org>'


def test_printing_a_letter_shows_nothing_of_it():
    assert repr(Letter("pat@example.org", "s", "b", "r", "f")) == "Letter()"


def test_the_id_of_a_mail_is_random_and_tells_neither_time_nor_process_nor_machine():
    ids = [_private("Hi")["Message-ID"] for _ in range(3)]

    assert len(set(ids)) == 3
    for each in ids:
        assert re.fullmatch(r"<[0-9a-hjkmnp-tv-z]{26}@harbor\.example\.org>", each)


def test_the_date_stays():
    assert _private("Hi")["Date"]


def test_a_mail_holds_nothing_but_what_is_needed():
    about_the_text = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding"}
    assert set(_private("Hi").keys()) == about_the_text | {"Subject", "From", "To", "Date", "Message-ID"}


def _private(body: str) -> email.message.EmailMessage:
    message = mail.private(EmailMessage("Touching base", body, to=["pat@example.org"]))
    return email.message_from_bytes(message.message().as_bytes(), policy=policy.default)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=6000))
def test_the_size_of_a_body_is_a_multiple_of_the_step_and_its_text_stays(text):
    body = padded(text)

    size = len(body.replace("\n", "\r\n").encode())
    assert size % BODY_STEP == 0
    assert size <= len(text.encode()) + 2 + BODY_STEP
    assert body.rstrip() == text.rstrip()
    assert not body.endswith("\n")
    assert padded(body) == body


@pytest.mark.parametrize("length", range(BODY_STEP - 160, BODY_STEP + 2))
def test_no_length_is_left_out(length):
    body = padded("a" * length)

    assert len(body.replace("\n", "\r\n").encode()) == BODY_STEP * (1 if length + 2 < BODY_STEP else 2)
    assert not body.endswith("\n")
