"""The walk along a referral's path."""

import pytest

from tests.factories.people import People
from tests.factories.walking import Walk
from touchbase.programs.queries import CurrentProgram


@pytest.fixture
def walk(here: CurrentProgram, people: People) -> Walk:
    """Harbor, and the steps its people take."""
    return Walk(here, people)
