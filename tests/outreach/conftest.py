"""The walk along a referral's path, and where Touchbase mails."""

from typing import Any

import pytest

from tests.factories.people import People
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import Walk
from touchbase.programs.queries import CurrentProgram


@pytest.fixture
def walk(here: CurrentProgram, people: People) -> Walk:
    """Harbor, and the steps its people take."""
    return Walk(here, people)


@pytest.fixture
def mails(walk: Walk, settings: Any) -> Walk:
    """The same where Touchbase sends notes by itself, by a mail server."""
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    walk.here = make_program(policy_text(confidence='send_by = "system"'))
    return walk
