import pytest

from tests.supporters.rosters import make_roster


@pytest.fixture
def roster(here, people):
    """An empty roster of days."""
    return make_roster(here, people)
