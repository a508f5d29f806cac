"""A collaborative stands around one program, which stands at the center of no other."""

import pytest

from touchbase.collaborative import actions
from touchbase.collaborative.queries import memberships_of, takes_part, together_at
from touchbase.kernel.errors import DomainError, NotFound

pytestmark = pytest.mark.django_db


def test_a_collaborative_is_found_at_its_address(together, here):
    assert together_at("coast") == together
    assert (together.name, together.home) == ("Peers on the Coast", here.id)


def test_founded_again_it_is_the_same_with_another_name(together, here):
    again = actions.found(slug="coast", name="The Coast", home=here.id)

    assert (again.id, again.name) == (together.id, "The Coast")


def test_one_program_is_the_center_of_one_collaborative(together, here, elsewhere):
    with pytest.raises(DomainError, match="One program is the center"):
        actions.found(slug="hills", name="Peers in the Hills", home=here.id)
    with pytest.raises(DomainError, match="another program or address"):
        actions.found(slug="coast", name="The Coast", home=elsewhere.id)
    with pytest.raises(NotFound):
        together_at("hills")


def test_a_program_knows_where_it_takes_part(together, here, elsewhere):
    assert [(one.together, one.joined) for one in memberships_of(elsewhere.id)] == [(together, True)]
    assert (takes_part(elsewhere.id), takes_part(here.id)) == (True, False)
