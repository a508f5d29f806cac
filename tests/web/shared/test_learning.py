"""What a program has of a session, in a few words."""

import pytest

from touchbase.collaborative.places import Share
from touchbase.web.shared.learning import said_share


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Share(), ""),
        (Share(3), "3 booked"),
        (Share(0, 2, 1), "2 waiting"),
        (Share(3, 2, 0), "3 booked, 2 waiting"),
    ],
)
def test_a_share_is_said_in_a_few_words(share, said):
    assert said_share(share) == said
