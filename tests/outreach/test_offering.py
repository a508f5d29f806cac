"""The times a supporter offers, as they stand in a note and are read aloud."""

from pathlib import Path

import pytest

from tests.factories.programs import policy_text
from touchbase.outreach.offering import choices, offered, picked
from touchbase.programs import files
from touchbase.programs.policy import Policy

EXAMPLES = sorted((Path(__file__).parents[2] / "programs").glob("*.toml"))


@pytest.fixture
def harbor() -> Policy:
    return files.parse(policy_text(), file="harbor.toml")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_time_of_every_example_can_be_said(file: Path) -> None:
    policy = files.read(file)
    said = [offered([option.key], policy) for option in policy.contact.times]
    assert said == ["in the mornings", "in the evenings", "after nights", "on weekends"]
    assert choices(policy) == policy.contact.times


def test_two_times_are_either_of_them(harbor: Policy) -> None:
    assert offered(["evenings", "mornings"], harbor) == "in the mornings or in the evenings"


def test_without_a_time_it_is_up_to_the_person(harbor: Policy) -> None:
    assert offered([], harbor) == "when it suits you"


def test_a_time_that_cant_be_said_is_not_offered(harbor: Policy) -> None:
    text = policy_text().replace('label = "Mornings"', 'label = "Rounds, mostly"')
    policy = files.parse(text, file="harbor.toml")
    assert [option.key for option in choices(policy)] == ["evenings"]
    assert offered(["mornings"], policy) == "when it suits you"


def test_no_more_than_two_of_the_programs_own_times_count() -> None:
    policy = files.read(EXAMPLES[0])
    ticked = ["weekends", "evenings", "a story", "mornings"]
    assert picked(ticked, policy) == ("mornings", "evenings")
