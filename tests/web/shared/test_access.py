"""Who gets in, and what everybody else is told: nothing."""

from datetime import timedelta

import pytest
import time_machine

from touchbase.accounts import actions
from touchbase.accounts.permissions import Permission
from touchbase.accounts.roles import Role
from touchbase.kernel import clock
from touchbase.web.shared.audience import Access, Audience, access_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.probes")]

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


def test_an_open_page_opens_to_the_stranger(visitor):
    assert visitor.get("/open/").content == b"open"


def test_a_page_of_a_program_knows_where_it_is(visitor, here):
    assert visitor.get("/harbor/open/").content == b"harbor"


def test_a_page_of_no_program_is_not_there(visitor):
    assert visitor.get("/nowhere/open/").status_code == 404


def test_a_private_link_and_the_door_open_to_the_stranger(visitor):
    assert visitor.get("/link/").content == b"a note"
    assert visitor.get("/door/").content == b"the door"


@pytest.mark.parametrize("method", METHODS)
def test_an_address_that_says_nothing_opens_to_nobody(people, visitor_of, method):
    answer = getattr(visitor_of(people.coordinator.account), method)("/silent/")

    assert answer.status_code == 404
    assert b"never" not in answer.content


# ------------------------------------------------------------------------------------------ members


def test_members_who_may_get_in_as_themselves(people, visitor_of):
    assert visitor_of(people.coordinator.account).get("/harbor/desk/").content == b"harbor Dana Quill"
    assert visitor_of(people.backup.account).get("/harbor/desk/7f/").content == b"harbor Jo Marsh"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", ["/harbor/desk/", "/harbor/desk/7f/", "/harbor/desk/7f/name/"])
@pytest.mark.parametrize("part", ["supporter", "leader", "operator", "elsewhere"])
def test_to_everybody_else_nothing_is_there_in_any_method(people, visitor_of, part, address, method):
    visitor = visitor_of(getattr(people, part).account)

    refused = getattr(visitor, method)(address)
    nowhere = getattr(visitor, method)("/nothing/at/all/")

    assert (refused.status_code, refused.content) == (404, nowhere.content)


@pytest.mark.parametrize("method", METHODS)
def test_to_the_stranger_a_page_of_one_referral_is_not_there(visitor, here, method):
    refused = getattr(visitor, method)("/harbor/desk/7f/name/")

    assert (refused.status_code, refused.content) == (404, getattr(visitor, method)("/nothing/").content)


def test_the_stranger_is_led_to_sign_in_from_a_front_page_and_back(visitor, here):
    answer = visitor.get("/harbor/desk/?page=2")

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/account/sign-in/?next=%2Fharbor%2Fdesk%2F%3Fpage%3D2",
    )


def test_so_is_a_part_of_a_page_with_the_whole_page(visitor, here):
    answer = visitor.get(
        "/harbor/desk/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/harbor/desk/?a=1"},
    )

    assert (answer.status_code, answer["HX-Redirect"]) == (
        200,
        "/account/sign-in/?next=%2Fharbor%2Fdesk%2F%3Fa%3D1",
    )


def test_after_a_press_the_way_back_is_the_page_above_it(visitor, here):
    assert visitor.post("/harbor/desk/")["Location"] == "/account/sign-in/"
    assert visitor.post("/staff/lately/")["Location"] == "/account/sign-in/?next=%2Fstaff%2F"


def test_somebody_with_two_roles_gets_in_by_either(people, here, visitor_of):
    actions.add_member(
        program_id=here.id, role=Role.COORDINATOR, email=people.supporter.account.email, name=""
    )

    assert visitor_of(people.supporter.account).get("/harbor/desk/").status_code == 200


def test_somebody_who_lost_a_role_is_out_at_once(people, visitor_of):
    visitor = visitor_of(people.backup.account)
    assert visitor.get("/harbor/desk/").status_code == 200

    actions.leave(membership=people.backup.member.ids[Role.BACKUP])

    assert visitor.get("/harbor/desk/7f/").status_code == 404


# ------------------------------------------------------------------------------------- signed in, lately


def test_a_page_for_those_signed_in_leads_others_to_the_sign_in(people, visitor, visitor_of):
    assert visitor.get("/staff/")["Location"] == "/account/sign-in/?next=%2Fstaff%2F"
    assert visitor_of(people.leader.account).get("/staff/").content == b"signed in"


def test_what_needs_a_fresh_sign_in_works_for_fifteen_minutes(people, visitor_of):
    at = clock.now()
    with time_machine.travel(at, tick=False):
        visitor = visitor_of(people.coordinator.account)
        assert visitor.post("/harbor/desk/7f/name/").content == b"a name"
    with time_machine.travel(at + timedelta(minutes=10), tick=False):
        assert visitor.get("/harbor/desk/").status_code == 200
    with time_machine.travel(at + timedelta(minutes=16), tick=False):
        answer = visitor.post("/harbor/desk/7f/name/")
        assert answer["Location"] == "/account/sign-in/?next=%2Fharbor%2Fdesk%2F7f%2F&said=step-up"
        assert visitor.get("/harbor/desk/7f/").status_code == 404


# ------------------------------------------------------------------------------------------------ marks


def test_a_mark_says_what_it_is_above_and_below_other_decorators():
    from tests.web.shared import probes

    assert access_of(probes.name) == Access(Audience.MEMBER, Permission.NAME_REVEAL, step_up=True)
    assert access_of(probes.signed_in_lately) == Access(Audience.STAFF, step_up=True)
    assert access_of(probes.says_nothing) is None


def test_a_mark_of_something_else_is_no_mark():
    def view(request):
        """Never called."""

    setattr(view, "access", "everybody")  # noqa: B010 - a function has no such word of its own

    assert access_of(view) is None
