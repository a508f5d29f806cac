"""Two desks press at the same moment: the last place is one's, and the other waits for it."""

import pytest

from tests.collaborative.offers import make_session
from tests.utilization.test_races import together as at_once
from touchbase.collaborative import booking, sessions

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


def test_of_two_who_book_the_last_place_one_has_it_and_the_other_waits(together, inland, upland, noon):
    for _round in range(4):
        session = make_session(together, noon, 1)
        at_once(
            *[
                lambda who=who, key=session.id: booking.book(
                    session=key, membership=who, places=1, by="x", at=noon
                )
                for who in (inland, upland)
            ]
        )
        found = sessions.session(session.id, together.id).shares.values()
        assert [(share.held, share.waiting) for share in found] == [(1, 0), (0, 1)]
