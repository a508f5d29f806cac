"""Counting a conversation that was never registered: only where a program keeps such a count."""

import pytest

from tests.factories.listing import two_alone
from touchbase.kernel.errors import NotFound
from touchbase.outreach import tally
from touchbase.outreach.errors import NotAvailable
from touchbase.vault.models import Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_where_every_conversation_is_registered_none_is_counted_beside_them(here):
    with pytest.raises(NotFound):
        tally.count_one(here=here, mode="phone", minutes="")
    assert not Pool.objects.exists()


@pytest.mark.parametrize(("mode", "minutes"), [("a walk", ""), ("phone", "all night")])
def test_what_isnt_in_the_programs_lists_is_not_counted(mode, minutes):
    with pytest.raises(NotAvailable, match="from the list"):
        tally.count_one(here=two_alone(), mode=mode, minutes=minutes)
    assert not Pool.objects.exists()


def test_one_is_one_person_more():
    tally.count_one(here=two_alone(), mode="phone", minutes="")
    assert Pool.objects.get(measure="people").n == 1
