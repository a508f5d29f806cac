"""Whether the mail server answers, as the last round of sending found it."""

from collections.abc import Iterator

import pytest

from tests.notifications.mail_stub import Stub, mail_server
from touchbase.ops import mailing


@pytest.fixture(autouse=True)
def server(settings, tmp_path) -> Iterator[Stub]:
    """A mail server that answers until a test says otherwise."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.smtp.MailServer"
    with mail_server() as stub:
        settings.SMTP_ADDRESS = stub.address
        yield stub


def test_before_anything_was_sent_it_isnt_away():
    assert not mailing.is_away()


def test_a_round_that_found_nobody_says_so_until_something_was_sent(server):
    mailing.note(unreachable=True, sent=0)
    assert mailing.is_away()
    mailing.note(unreachable=False, sent=1)
    assert not mailing.is_away()
    assert server.said == []  # what was sent is proof enough


def test_a_round_with_nothing_to_send_asks_again_and_sends_nothing(server):
    mailing.note(unreachable=True, sent=0)
    mailing.note(unreachable=False, sent=0)
    assert not mailing.is_away()
    assert [line.split()[0] for line in server.said] == ["quit"]
    assert server.taken == []


def test_where_still_nobody_answers_it_stays_away(settings):
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    mailing.note(unreachable=True, sent=0)
    mailing.note(unreachable=False, sent=0)
    assert mailing.is_away()


def test_while_it_isnt_away_nobody_is_asked(server):
    mailing.note(unreachable=False, sent=0)
    assert server.said == []
