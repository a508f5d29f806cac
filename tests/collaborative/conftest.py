from collections.abc import Callable

import pytest

from tests.factories.collaboratives import make_member
from tests.factories.programs import make_program, policy_text
from touchbase.collaborative import booking, sessions
from touchbase.collaborative.places import Share
from touchbase.collaborative.queries import Membership, Together, memberships_of


@pytest.fixture
def inland(together: Together, elsewhere) -> Membership:
    """The member at hand."""
    return memberships_of(elsewhere.id)[0]


@pytest.fixture
def upland(together: Together) -> Membership:
    """Another member."""
    return make_member(together, make_program(policy_text("upland")))


@pytest.fixture
def book(noon) -> Callable[..., Share]:
    """Book places, and see what the member has then."""

    def act(session: sessions.Shown, membership: Membership, places: int) -> Share:
        booking.book(session=session.id, membership=membership, places=places, by="lee", at=noon)
        return sessions.session(session.id, membership.together.id).share(membership.program)

    return act
