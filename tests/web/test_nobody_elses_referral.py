"""A real referral, in every state of its life: whoever has no part in it finds nothing at its addresses.

What comes back is, to the byte, what comes from an address that never was. Whom their role lets in at the
door of an address, only the view refuses, which knows the state: they walk in every state. The door knows
none: everybody walks all addresses in all methods once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connections

from tests.architecture.walker import METHODS, Expected, addresses, walk
from tests.factories.browsers import new_browser, sign_in
from tests.factories.people import People, Person, make_person, make_supporter
from tests.factories.walking import HOUR, MINUTE, NOON, Walk, by_mail
from touchbase.accounts.models import Account, StaffSession
from touchbase.accounts.roles import Role
from touchbase.outreach import actions
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import State
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

LOOKED_AT = NOON + 5 * HOUR + MINUTE  # a minute after the last step there is; a close can still be undone
NOWHERE = "/harbor/desk/board/never/was/"
# What the forms of these addresses hold, all in one.
FORM = {"answer": "yes", "how": "system", "confirmed": "yes", "minutes": "under_30", "mode": "call"}


@dataclass
class Left(Walk):
    """The way of a coordinator's own request, that one supporter passed and another stepped aside from."""

    of: Asking
    passed: Person
    aside: Person

    def received(self, at: datetime = NOON, *, of: Asking | None = None, once: str = "") -> str:
        """It waits again, as if nobody had been asked."""
        handle = super().received(at, of=self.of, once=once)
        self.ask(handle, self.passed, at)
        actions.pass_on(handle=handle, by=self.passed.member, at=at)
        self.ask(handle, self.aside, at)
        actions.accept(handle=handle, by=self.aside.member, at=at)
        actions.step_aside(handle=handle, by=self.aside.member, at=at)
        return handle


@dataclass(frozen=True)
class Looking:
    """Somebody who looks for it in one program, with the roles they have there."""

    who: str
    account: Account | None
    roles: frozenset[Role] | None = frozenset()
    program: str = "harbor"


@dataclass(frozen=True)
class Others:
    """A referral's way, and who has no part in it."""

    way: Left
    looking: tuple[Looking, ...]


@pytest.fixture
def others(here: CurrentProgram, elsewhere: CurrentProgram, people: People) -> Others:
    """Everybody who was in reach once or never."""
    own = make_person(here, Role.COORDINATOR, "Toni Quill").account
    aside, inland = make_supporter(here, "Pat Moor"), make_supporter(elsewhere, "Kim Inland").account
    desk, peer = frozenset({Role.COORDINATOR}), frozenset({Role.SUPPORTER})
    looking = (
        Looking("another program's coordinator, there", people.elsewhere.account, desk, "inland"),
        Looking("another program's coordinator, here", people.elsewhere.account),
        Looking("another program's supporter, there", inland, peer, "inland"),
        Looking("another program's supporter, here", inland),
        Looking("the one who passed", people.other_supporter.account, peer),
        Looking("the one who stepped aside", aside.account, peer),
        Looking("one who was never asked", make_supporter(here, "Sam Reed").account, peer),
        Looking("the coordinator who asks for herself", own, desk),
        Looking("the leader", people.leader.account, frozenset({Role.LEADER})),
        Looking("the operator", people.operator.account, frozenset({Role.OPERATOR})),
        Looking("the stranger", None, None),
    )
    way = Left(here, people, by_mail(contact=own.email), passed=people.other_supporter, aside=aside)
    return Others(way, looking)


def rows() -> dict[str, list[str]]:
    """Everything both stores hold, but who is signed in."""
    found: dict[str, list[str]] = {}
    for alias in ("default", "vault"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                if table == StaffSession._meta.db_table:
                    continue
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found[f"{alias}.{table}"] = sorted(repr(row) for row in cursor.fetchall())
    return found


def found_by(one: Looking, handle: str, *methods: str, **walked: Any) -> list[str]:
    """Where they get something else than from an address that isn't there."""
    browser = sign_in(new_browser(), one.account) if one.account else new_browser()
    nothing = browser.get(NOWHERE, headers={"HX-Request": "true"} if walked.get("htmx") else {}).content
    given = {"program": one.program, "handle": handle}
    return [
        f"{answer.method} {answer.path} {answer.status}"
        for answer in walk(browser, one.roles, given=given, about=given, methods=methods, **walked)
        if (answer.status, answer.leads_to) != (404, "")
        or answer.body != (b"" if answer.method == "HEAD" else nothing)
    ]


def found_by_all(others: Others, handle: str, *methods: str, **walked: Any) -> dict[str, list[str]]:
    """What each of them found, by who it is; empty when nobody found anything."""
    found = {one.who: found_by(one, handle, *methods, **walked) for one in others.looking}
    return {who: what for who, what in found.items() if what}


@pytest.fixture
def _later() -> Iterator[None]:
    """Everybody looks in one minute, so that no session notes another one."""
    with time_machine.travel(LOOKED_AT, tick=False):
        yield


@pytest.mark.usefixtures("_later")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("state", State)
def test_whoever_has_no_part_in_a_referral_can_neither_read_nor_press(
    others: Others, state: State, method: str
):
    handle = others.way.to(state)
    before = rows()
    form = FORM | {"supporter": others.way.people.supporter.member.supporter}
    assert found_by_all(others, handle, method, form=form, only=[Expected.OPEN]) == {}
    assert rows() == before
    assert others.way.state(handle) is state


@pytest.mark.usefixtures("_later")
def test_and_no_method_without_a_form_or_for_a_part_of_a_page_tells_them_of_it(others: Others):
    handle = others.way.talking()
    assert found_by_all(others, handle, *METHODS, htmx=True) == {}
    assert others.way.state(handle) is State.TALKING


@pytest.mark.usefixtures("_later")
@pytest.mark.parametrize("state", State)
def test_whoever_has_a_part_in_it_finds_it_by_the_same_walk(others: Others, state: State):
    """Else a walk that found nothing would show nothing."""
    handle, people = others.way.to(state), others.way.people
    desk = Looking("the desk", people.coordinator.account, frozenset({Role.COORDINATOR}))
    peer = Looking("the peer", people.supporter.account, frozenset({Role.SUPPORTER}))
    assert f"GET /harbor/desk/board/{handle}/ 200" in found_by(desk, handle, "GET")
    found = f"GET /harbor/mine/asks/{handle}/ 200" in found_by(peer, handle, "GET")
    # One that rests is in nobody's hands.
    assert found is (state not in {State.RECEIVED, State.RESTING})


@pytest.mark.usefixtures("_later")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whoever_has_a_part_in_it_finds_nothing_from_the_moment_its_key_is_gone(others: Others, method: str):
    """The row goes a moment later: whoever presses in between reads what they would read then."""
    handle, people = others.way.talking(), others.way.people
    Key.objects.filter(handle=handle).delete()
    desk = Looking("the desk", people.coordinator.account, frozenset({Role.COORDINATOR}))
    peer = Looking("the peer", people.supporter.account, frozenset({Role.SUPPORTER}))
    for one in (desk, peer):
        assert found_by(one, handle, method, form=FORM, only=[Expected.OPEN]) == []


def test_the_walk_comes_by_every_address_that_holds_a_handle():
    routes = {address.route for address in addresses() if "handle" in address.values}
    walked = {address.route for address in addresses() if address.values.issuperset({"program", "handle"})}
    assert walked == routes
    assert len(walked) > 20
