"""Faculty offer the model program, and see of a member's policy which version it was compared with."""

import pytest

from tests.factories.programs import policy_text
from touchbase.collaborative import offering
from touchbase.collaborative.queries import memberships_of
from touchbase.kernel import clock

pytestmark = pytest.mark.django_db
MODEL = policy_text("model", clock="rest_days = 5")
AT = "/c/coast/model/"


@pytest.fixture
def faculty(people, together, visitor_of):
    return visitor_of(people.faculty.account)


def test_before_there_is_a_model_the_page_says_so(faculty):
    page = faculty.get(AT).content.decode()
    assert ["No model is offered yet." in page, "Not compared yet" in page] == [True, True]


def test_a_file_that_is_pasted_becomes_the_next_version(faculty, together):
    answer = faculty.post(AT, {"text": MODEL.replace("\n", "\r\n")}, follow=True)
    page = answer.content.decode()

    assert ["Version 1 of the model is offered." in page, "rest_days = 5" in page] == [True, True]
    given = faculty.get(f"{AT}1/")
    assert given.content.decode() == MODEL
    assert given.headers["Content-Disposition"] == 'attachment; filename="coast-model-1.toml"'
    assert faculty.get(f"{AT}2/").status_code == 404


def test_a_file_that_cannot_hold_is_refused_by_key_and_stays_in_the_box(faculty, together):
    page = faculty.post(AT, {"text": MODEL.replace("rest_days = 5", "rest_days = 99")}).content.decode()

    assert "Nothing was offered: one thing to change" in page
    assert ">clock.rest_days</a>: Write a whole number from 1 up to 30." in page
    assert ("rest_days = 99" in page, offering.versions(together)) == (True, [])


def test_of_a_members_policy_nothing_is_there_but_its_version(faculty, together, elsewhere):
    offering.offer(together=together, text=MODEL, by="noor", at=clock.now())
    (member,) = memberships_of(elsewhere.id)
    offering.settle(membership=member, version=1, by="lee", at=clock.now())
    page = faculty.get(AT).content.decode()

    assert page.count("Version 1</") == 2
    assert elsewhere.policy.coordinator.phone not in page.replace(MODEL, "").partition("<textarea")[0]
