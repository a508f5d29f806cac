"""What a program prints on."""

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.programs.printing import paper_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("country", "paper"), [("US", "us-letter"), ("CA", "us-letter"), ("GB", "a4")])
def test_paper_is_that_of_the_country(country, paper):
    assert paper_of(make_program(policy_text(program=f'country = "{country}"')).policy) == paper
