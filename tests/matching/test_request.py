"""The words of the matcher are those of the policy file and of the form."""

import pytest

from touchbase.matching import request
from touchbase.matching.ranking import Rules
from touchbase.programs import choices
from touchbase.referrals import intake


@pytest.mark.parametrize("name", ["OwnDepartment", "Preference"])
def test_the_policys_words_are_the_matchers(name):
    ours, theirs = getattr(request, name), getattr(choices, name)
    assert [each.value for each in ours] == [each.value for each in theirs]


def test_every_wish_the_form_offers_is_one_the_matcher_knows():
    assert {wish.value for wish in intake.WISHES} <= {wish.value for wish in request.Wish}


def test_without_a_policy_nobody_is_asked_from_ones_own_department():
    assert Rules().own_department == request.OwnDepartment.NEVER
