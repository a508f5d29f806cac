"""Collaboratives to test with: `together` is "coast", with `here` at its center and `elsewhere` a member."""

import pytest

from touchbase.collaborative import actions
from touchbase.collaborative.models import Member, MemberState
from touchbase.collaborative.queries import Membership, Together, memberships_of
from touchbase.programs.queries import CurrentProgram


def make_member(together: Together, program: CurrentProgram) -> Membership:
    """A program that takes part."""
    Member.objects.create(collaborative_id=together.id, program_id=program.id, state=MemberState.JOINED)
    return next(one for one in memberships_of(program.id) if one.together == together)


@pytest.fixture
def together(here: CurrentProgram, elsewhere: CurrentProgram) -> Together:
    """The collaborative a test is about."""
    made = actions.found(slug="coast", name="Peers on the Coast", home=here.id)
    make_member(made, elsewhere)
    return made
