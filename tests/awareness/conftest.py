import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.programs.queries import CurrentProgram

MAILED = policy_text() + "\n[news]\nmailed = true\n"


@pytest.fixture
def mailed(settings) -> CurrentProgram:
    """A program with an email list, on an installation that can send."""
    settings.SMTP_ADDRESS, settings.SITE_ADDRESS = "smtp://mail.example.org:25", "http://testserver"
    return make_program(MAILED)
