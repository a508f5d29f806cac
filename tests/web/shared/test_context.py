"""What every template may use."""

import re

import pytest
from django.test import RequestFactory

from touchbase.web.shared.context import site, static_version


def test_outside_a_program_there_is_a_neutral_way_out_and_nothing_else(rf: RequestFactory):
    assert site(rf.get("/")) == {
        "here": None,
        "demo": False,
        "static_version": static_version(),
        "neutral_site": "https://example.org/",
        "other_languages": (),
        "rail": (),
    }


@pytest.mark.django_db
def test_inside_a_program_the_way_out_is_its_own(rf: RequestFactory, here):
    request = rf.get("/harbor/")
    request.here = here  # type: ignore[attr-defined]
    assert site(request)["neutral_site"] == here.policy.program.neutral_site
    assert site(request)["rail"] == ()


@pytest.mark.django_db
def test_a_member_gets_the_way_through_their_own_work(rf: RequestFactory, here, people):
    request = rf.get("/harbor/desk/board/")
    request.here, request.member = here, people.coordinator.member  # type: ignore[attr-defined]
    assert site(request)["rail"][0] == ("Board", "/harbor/desk/board/", True, None)


def test_the_version_of_our_files_is_short():
    assert re.fullmatch(r"[0-9a-f]{8}", static_version())
