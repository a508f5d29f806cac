"""What the desk reads when mail doesn't leave: that it doesn't, and whose note couldn't be sent."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.factories.paths import Path
from tests.factories.people import People
from tests.factories.programs import make_program, policy_text
from touchbase.accounts.models import Account
from touchbase.notifications.messages import Template
from touchbase.ops import mailing
from touchbase.outreach import actions, events
from touchbase.programs.policy import Channel, SendBy

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

AWAY = "Mail isn't leaving just now."


@pytest.fixture
def dana(people: People, visitor_of: Callable[[Account], Client], settings, tmp_path) -> Client:
    settings.DATA_DIR = tmp_path
    return visitor_of(people.coordinator.account)


def page(browser: Client, address: str = "") -> str:
    return unescape(browser.get(f"/harbor/desk/board/{address}").content.decode())


def test_the_board_says_so_while_the_mail_server_is_away(dana: Client, noon) -> None:
    assert AWAY not in page(dana)
    mailing.note(unreachable=True, sent=0)
    assert AWAY in page(dana)
    mailing.note(unreachable=False, sent=1)
    assert AWAY not in page(dana)


def test_one_whose_note_couldnt_be_sent_says_what_happens_now(dana: Client, path: Path, settings) -> None:
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    path.here = make_program(policy_text(confidence='send_by = "system"'))
    path.accepted(Channel.EMAIL)
    actions.touch(handle=path.handle, by=path.people.supporter.member, at=path.at, how=SendBy.SYSTEM)
    events.not_delivered(path.held(), Template.INVITATION, path.at)
    shown = page(dana, f"{path.handle}/")
    assert "Our note couldn't be sent. The peer was asked to write from their own phone." in shown
    assert "A note couldn't be sent" in shown.partition("So far")[2]
