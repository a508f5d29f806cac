import pytest


@pytest.fixture
def faculty(people, together, visitor_of, noon):
    """The browser of the collaborative's faculty."""
    return visitor_of(people.faculty.account)


@pytest.fixture
def desk(people, together, visitor_of, noon):
    """The browser of a member's coordinator."""
    return visitor_of(people.elsewhere.account)
