"""What is wrong about mail is told before anything starts."""

import pytest

from touchbase.notifications.checks import check_mail


def test_the_usual_settings_are_fine():
    assert check_mail() == []


def test_a_mail_server_that_can_be_read_is_fine(settings):
    settings.SMTP_ADDRESS = "smtps://desk:secret@mail.example.org"

    assert check_mail() == []


def test_a_mail_server_with_a_typo_is_refused_without_its_password(settings):
    settings.SMTP_ADDRESS = "smpt://desk:secret@mail.example.org"

    (problem,) = check_mail()

    assert problem.id == "touchbase.E031"
    assert problem.hint == "Please write it as smtp://user:password@host:port, or smtps://."
    assert "secret" not in str(problem)


@pytest.mark.parametrize("sender", ["", "Touchbase", "Touchbase <touchbase>", "@example.org"])
def test_a_sender_without_an_address_is_refused(settings, sender):
    settings.DEFAULT_FROM_EMAIL = sender

    (problem,) = check_mail()

    assert problem.id == "touchbase.E032"
