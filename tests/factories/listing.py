"""Supporters on the list of a program that has one."""

from typing import Any

from tests.factories.people import Person, make_supporter
from tests.factories.programs import make_program, policy_text
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters.models import Supporter


def with_list(**changes: str) -> CurrentProgram:
    """Harbor, where people may choose from a list."""
    return make_program(policy_text(sources="self = true\ndirectory = true", **changes))


def two_alone(**changes: str) -> CurrentProgram:
    """Harbor, where a peer from the list is called directly and nothing is registered."""
    return with_list(confidence='who_knows = "two"\ncoordinator_sees = "until_accept"', **changes)


def make_listed(program: CurrentProgram, name: str, **profile: Any) -> Person:
    """A supporter who chose to be on the list."""
    return make_supporter(program, name, **({"public": True} | profile))


def listing_of(person: Person) -> str:
    """Their key in the directory, as it is now."""
    return Supporter.objects.get(membership=person.member.supporter).listing
