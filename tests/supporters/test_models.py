"""What can't be stored of a supporter."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import make_supporter
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db


def test_nobody_may_be_given_more_than_three_people_at_once(here):
    robin = make_supporter(here, "Robin Vale", limit=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Supporter.objects.filter(membership=robin.member.supporter).update(limit=4)


def test_nobody_has_two_profiles(here):
    robin = make_supporter(here, "Robin Vale")
    with pytest.raises(IntegrityError), transaction.atomic():
        Supporter.objects.create(membership_id=robin.member.supporter, profession="nurse", languages=["en"])


def test_rest_holds_to_its_last_day():
    resting = Supporter(resting_until=date(2026, 5, 14))
    days = [date(2026, 5, 13), date(2026, 5, 14), date(2026, 5, 15)]
    assert [resting.is_resting(day) for day in days] == [True, True, False]
    assert not Supporter().is_resting(days[0])
