"""Every address says who may open it, and to everybody else nothing is there."""

from collections import defaultdict

import pytest

from tests.architecture.walker import Address, Expected, addresses, walk
from touchbase.accounts.permissions import Permission
from touchbase.accounts.roles import Role
from touchbase.web.shared.audience import Access, Audience

# What stands in an address where a value is needed. Whoever is refused never gets as far as its meaning.
ANY = defaultdict(lambda: "x1", program="harbor", collaborative="coast", passkey="1", half_year="2026-H1")
ROLES = {
    "coordinator": {Role.COORDINATOR},
    "backup": {Role.BACKUP},
    "supporter": {Role.SUPPORTER},
    "leader": {Role.LEADER},
    "operator": {Role.OPERATOR},
    "faculty": {Role.FACULTY},
    "elsewhere": set(),
    "stranger": None,
}
REFUSED = (Expected.NOTHING, Expected.SIGN_IN)


def given():
    """A value for every name in any address."""
    return {name: ANY[name] for address in addresses() for name in address.values}


def test_every_address_says_who():
    silent = [address.route for address in addresses() if address.access is None]

    assert silent == []


def test_the_walk_sees_every_audience():
    seen = {address.access.audience for address in addresses() if address.access}

    assert seen == set(Audience)


@pytest.mark.urls("tests.web.shared.probes")
def test_an_address_that_says_nothing_is_found():
    silent = [address.route for address in addresses() if address.access is None]

    assert silent == ["silent/"]


def test_pages_below_a_program_of_members_ask_for_a_permission():
    asked = {address.route: address.access for address in addresses() if "<slug:program>/" in address.route}
    members = {
        route: access for route, access in asked.items() if route.split("/")[1] in {"desk", "mine", "numbers"}
    }

    assert members
    for route, access in members.items():
        assert access is not None, route
        assert access.audience is Audience.MEMBER, route
        assert access.permission is not None, route


@pytest.mark.django_db(databases=["default", "vault"])
@pytest.mark.usefixtures("together")
@pytest.mark.parametrize("htmx", [False, True], ids=["pages", "parts"])
@pytest.mark.parametrize("part", ROLES)
def test_whoever_may_not_open_an_address_gets_the_same_in_every_method(
    people, visitor, visitor_of, part, htmx
):
    who = getattr(people, part)
    browser = visitor_of(who.account) if who else visitor
    headers = {"HX-Request": "true"} if htmx else {}
    nothing = browser.get("/nothing/at/all/", headers=headers).content

    for answer in walk(browser, ROLES[part], given=given(), only=REFUSED, htmx=htmx):
        place = f"{answer.method} {answer.path}"
        if answer.expected is Expected.SIGN_IN:
            assert answer.leads_to.startswith("/account/sign-in/"), place
        else:
            assert answer.status == 404, place
            assert answer.body == (b"" if answer.method == "HEAD" else nothing), place


# ---------------------------------------------------------------------------------------- the walk itself


def address(*values, audience=Audience.MEMBER, permission=Permission.QUEUE_SEE):
    """An invented address with these values in it."""
    return Address("invented/", "invented", Access(audience, permission), frozenset(values))


def test_a_value_nobody_gave_fails_the_walk():
    with pytest.raises(LookupError, match="handle"):
        address("program", "handle").filled({"program": "harbor"})


def test_what_is_expected_follows_the_mark_and_the_roles():
    page, front = address("program", "handle"), address("program")
    staff = address(audience=Audience.STAFF, permission=None)

    assert [one.expected(None) for one in (page, front, staff)] == [
        Expected.NOTHING,
        Expected.SIGN_IN,
        Expected.SIGN_IN,
    ]
    assert [one.expected({Role.LEADER}) for one in (page, front, staff)] == [
        Expected.NOTHING,
        Expected.NOTHING,
        Expected.OPEN,
    ]
    assert [one.expected({Role.BACKUP}) for one in (page, front, staff)] == [Expected.OPEN] * 3
    assert address(audience=Audience.LINK, permission=None).expected(None) is Expected.OPEN
    assert Address("x/", "x", None).expected({Role.COORDINATOR}) is Expected.NOTHING
