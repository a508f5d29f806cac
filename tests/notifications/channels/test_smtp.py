"""Mail by a real conversation with a mail server, and what a failure at each of its verbs leaves (F23)."""

import re
import socket

import pytest
from django.core.mail import EmailMessage, get_connection

from tests.canary import FINCH, sung_in
from tests.notifications.mail_stub import HANG_UP, SILENCE, mail_server
from touchbase.notifications.channels import mail
from touchbase.notifications.channels.mail import BODY_STEP, Letter
from touchbase.notifications.channels.smtp import Address, address
from touchbase.notifications.errors import MailFailed, ServerUnreachable

LETTER = Letter(FINCH.email, "Touching base", f"Hi {FINCH.name},\n\nZoë\n", from_name="Harbor Hospital")
RUDE = f"550 5.1.1 <{FINCH.email}> {FINCH.name} is unknown here"


@pytest.fixture(autouse=True)
def server_mode(settings):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.smtp.MailServer"
    settings.DEFAULT_FROM_EMAIL = "Touchbase <peers@harbor.example.org>"
    settings.EMAIL_TIMEOUT = 5


def test_a_letter_is_handed_over_without_the_name_of_this_machine(settings):
    with mail_server() as stub:
        settings.SMTP_ADDRESS = stub.address
        mail.send(LETTER)

    (taken,) = stub.taken
    assert stub.said[0] == "ehlo harbor.example.org"
    assert any(line.lower().startswith("mail from:<peers@harbor.example.org>") for line in stub.said)
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", taken.decode() + " ".join(stub.said))
    assert FINCH.name.encode() in taken


def test_every_letter_has_the_same_size_on_the_wire(settings):
    with mail_server() as stub:
        settings.SMTP_ADDRESS = stub.address
        for body in ("Hi", "Hi\n\nmore\n", "Zoë " * 90):
            mail.send(Letter(FINCH.email, "Touching base", body))

    bodies = [taken.partition(b"\r\n\r\n")[2] for taken in stub.taken]
    assert [len(body) for body in bodies] == [BODY_STEP + 2] * 3  # and the line end of the protocol


def test_a_password_is_given_only_after_the_connection_is_made(settings):
    with mail_server() as stub:
        settings.SMTP_ADDRESS = f"smtp://desk:a%40b@127.0.0.1:{stub.port}"
        mail.send(LETTER)

    assert [line.split()[0] for line in stub.said[:2]] == ["ehlo", "AUTH"]
    assert len(stub.taken) == 1


def _everything_about(failure: BaseException) -> str:
    """What a log or an error tracker could make of an exception, its causes included."""
    here = f"{failure!r} {failure} {failure.args} {vars(failure)}"
    causes = [cause for cause in (failure.__cause__, failure.__context__) if cause is not None]
    return " ".join([here, *map(_everything_about, causes)])


@pytest.mark.parametrize("how", [RUDE, HANG_UP, SILENCE])
@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "BODY"])
def test_a_failure_at_any_verb_knows_neither_address_nor_text(settings, verb, how, caplog):
    settings.EMAIL_TIMEOUT = 0.2
    answers = {verb: how} | ({"HELO": how} if verb == "EHLO" else {})
    with mail_server(**answers) as stub:
        settings.SMTP_ADDRESS = f"smtp://desk:secret@127.0.0.1:{stub.port}"
        with pytest.raises(MailFailed) as failed:
            mail.send(LETTER)

    assert isinstance(failed.value, ServerUnreachable) is (verb in {"CONNECT", "EHLO", "AUTH"})
    assert failed.value.reason.isidentifier()
    assert sung_in(_everything_about(failed.value)) is None
    assert caplog.text == ""
    assert stub.taken == []


@pytest.mark.parametrize("how", [RUDE, HANG_UP, SILENCE, "221 " + "x" * 9000])
def test_a_server_that_is_rude_at_the_end_has_taken_the_letter_all_the_same(settings, how):
    settings.EMAIL_TIMEOUT = 0.2
    with mail_server(QUIT=how) as stub:
        settings.SMTP_ADDRESS = stub.address
        mail.send(LETTER)

    assert len(stub.taken) == 1


def test_a_server_that_is_not_there_is_unreachable(settings):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.SMTP_ADDRESS = f"smtp://127.0.0.1:{port}"

    with pytest.raises(ServerUnreachable) as failed:
        mail.send(LETTER)

    assert failed.value.reason == "ConnectionRefusedError"
    assert failed.value.message == "The mail server can't be reached. Nothing was sent."


@pytest.mark.parametrize(
    "letter",
    [
        Letter(f"{FINCH.email}\nBcc: all@example.org", "Touching base", "Hi"),
        Letter(FINCH.email, f"Touching\nbase {FINCH.name}", "Hi"),
        Letter("", f"Touching base {FINCH.name}", "Hi"),
    ],
)
def test_a_letter_that_cannot_be_written_is_told_without_its_text(settings, letter):
    with mail_server() as stub:
        settings.SMTP_ADDRESS = stub.address
        with pytest.raises(MailFailed) as failed:
            mail.send(letter)

    assert sung_in(_everything_about(failed.value)) is None
    assert stub.taken == []


@pytest.mark.allow_hosts(["127.0.0.2"])
def test_a_server_elsewhere_must_encrypt_before_it_hears_anything(settings):
    with mail_server("127.0.0.2") as stub:
        settings.SMTP_ADDRESS = f"smtp://desk:secret@127.0.0.2:{stub.port}"
        with pytest.raises(ServerUnreachable) as failed:
            mail.send(LETTER)

    assert failed.value.reason == "SMTPNotSupportedError"
    assert [line.split()[0].lower() for line in stub.said] == ["ehlo", "quit"]


def test_a_server_that_should_encrypt_from_the_start_and_does_not_is_refused(settings):
    with mail_server() as stub:
        settings.SMTP_ADDRESS = f"smtps://127.0.0.1:{stub.port}"
        with pytest.raises(ServerUnreachable) as failed:
            mail.send(LETTER)

    assert failed.value.reason == "SSLError"
    assert stub.taken == []


def test_other_software_that_asks_for_silence_gets_it(settings):
    with mail_server(CONNECT=HANG_UP) as stub:
        settings.SMTP_ADDRESS = stub.address
        sent = EmailMessage("s", "b", to=["robin@example.org"]).send(fail_silently=True)

    assert sent == 0


def test_whoever_knocks_learns_whether_the_server_answers(settings):
    with mail_server() as stub:
        settings.SMTP_ADDRESS = stub.address
        connection = get_connection()
        assert connection.open()
        connection.close()
    with pytest.raises(ServerUnreachable):
        get_connection().open()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("smtp://mail.example.org", Address("mail.example.org", 587, "", "", smtps=False, starttls=True)),
        ("smtps://mail.example.org", Address("mail.example.org", 465, "", "", smtps=True, starttls=False)),
        (
            "smtp://a%40b:p%3Ac@10.0.0.7:2525",
            Address("10.0.0.7", 2525, "a@b", "p:c", smtps=False, starttls=True),
        ),
        ("smtp://localhost:25", Address("localhost", 25, "", "", smtps=False, starttls=False)),
    ],
)
def test_an_address_of_a_server_is_read(text, meant):
    assert address(text) == meant
    assert "p:c" not in repr(address(text))


@pytest.mark.parametrize(
    "text",
    ["mail.example.org", "http://u:secret@mail", "smtp://", "smtp://u:secret@h:x", "smtp://[u:secret@h"],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(text):
    with pytest.raises(
        ValueError, match=r"^write it as smtp://user:password@host:port, or smtps://$"
    ) as refused:
        address(text)

    assert (refused.value.__cause__, refused.value.__context__) == (None, None)
