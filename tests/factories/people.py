"""The people of every test: each role once, somebody of another program, and the stranger.

Fixtures: `here` (a program), `elsewhere` (another), `people` (who is who). Recipients and referrers are never
made here: they have no account. Take their names and contacts from `tests.canary`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.accounts import actions, queries
from touchbase.accounts.models import Account
from touchbase.accounts.queries import Member
from touchbase.accounts.roles import Role
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters.models import Supporter


@dataclass(frozen=True)
class Person:
    """Somebody who works in a program."""

    account: Account
    member: Member


@dataclass(frozen=True)
class People:
    """Who a page or an action is tried with. The stranger has no account, and is always among them."""

    coordinator: Person
    backup: Person
    supporter: Person
    other_supporter: Person
    leader: Person
    operator: Person
    faculty: Person
    elsewhere: Person  # the coordinator of another program
    stranger: None = None

    def everyone(self) -> Iterator[tuple[str, Person | None]]:
        """Each by the name of their part, the stranger last."""
        for part in self.__dataclass_fields__:
            yield part, getattr(self, part)


def make_person(program: CurrentProgram, role: Role, name: str) -> Person:
    """A member with an account: "Robin Vale" gets robin.vale@harbor.example.org."""
    email = f"{name.lower().replace(' ', '.')}@{program.slug}.example.org"
    membership = actions.add_member(program_id=program.id, role=role, email=email, name=name)
    return _person(Account.objects.get(memberships=membership), program)


def make_supporter(program: CurrentProgram, name: str, **profile: Any) -> Person:
    """A trained supporter with room for two people; `profile` changes what the test is about."""
    person = make_person(program, Role.SUPPORTER, name)
    defaults: dict[str, Any] = {
        "profession": "physician",
        "stage": "senior",
        "department": "surgery",
        "site": "east",
        "languages": ["en"],
        "channels": ["text", "call", "email"],
        "title": "a surgeon",
        "phone": "+12075550170",
        "trained_month": date(2026, 1, 1),
    }
    Supporter.objects.create(membership_id=person.member.supporter, **(defaults | profile))
    return person


def _person(account: Account, program: CurrentProgram) -> Person:
    member = queries.member_of(account, program.id)
    if member is None:
        raise LookupError("a person of the tests is a member")
    return Person(account, member)


@pytest.fixture
def here() -> CurrentProgram:
    """The program a test is about."""
    return make_program()


@pytest.fixture
def elsewhere() -> CurrentProgram:
    """Another program of the same installation."""
    return make_program(policy_text("inland"))


@pytest.fixture
def people(here: CurrentProgram, elsewhere: CurrentProgram) -> People:
    """Everybody there is."""
    return People(
        coordinator=make_person(here, Role.COORDINATOR, "Dana Quill"),
        backup=make_person(here, Role.BACKUP, "Jo Marsh"),
        supporter=make_supporter(here, "Robin Vale"),
        other_supporter=make_supporter(here, "Ari Stone", department="emergency", profession="nurse"),
        leader=make_person(here, Role.LEADER, "Max Field"),
        operator=make_person(here, Role.OPERATOR, "Kit Root"),
        faculty=make_person(here, Role.FACULTY, "Noor Center"),
        elsewhere=make_person(elsewhere, Role.COORDINATOR, "Lee Inland"),
    )
