"""Leaving: who isn't a supporter has nothing to leave."""

import pytest

from touchbase.accounts.models import Membership
from touchbase.kernel.errors import NotFound
from touchbase.outreach import leaving

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_who_is_no_supporter_here_can_not_stop_being_one_and_keeps_their_role(people, noon):
    before = Membership.objects.count()
    with pytest.raises(NotFound, match="You are not a supporter in this program"):
        leaving.leave(by=people.coordinator.member, at=noon)
    assert Membership.objects.count() == before
