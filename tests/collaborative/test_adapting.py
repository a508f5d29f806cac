"""A new program's policy is the model's own file with its names in it, and nothing else changed."""

import difflib
import tomllib

import pytest

from tests.factories.programs import HARBOR
from touchbase.collaborative.adapting import Newcomer, adapted, short
from touchbase.programs import files
from touchbase.programs.files import PolicyRefused

NORTH = Newcomer(
    slug="north-shore",
    organization='North "Shore" Hospital',
    name="Peers of North Shore",
    phone="617-555-0100",
    email="peers@north.example.org",
)


def changed(model: str, text: str) -> list[str]:
    """The new lines, in their order."""
    found = difflib.unified_diff(model.splitlines(), text.splitlines(), lineterm="", n=0)
    return [line[1:] for line in found if line.startswith("+") and not line.startswith("+++")]


def test_six_lines_change_and_everything_else_stays_as_it_was_written():
    assert changed(HARBOR, adapted(HARBOR, NORTH)) == [
        'slug = "north-shore"',
        'name = "Peers of North Shore"',
        'organization = "North \\"Shore\\" Hospital"',
        'short_name = "North Shore Hospital"',
        'phone = "617-555-0100"',
        'email = "peers@north.example.org"',
    ]


def test_what_comes_out_is_a_policy_of_the_newcomer():
    policy = files.parse(adapted(HARBOR, NORTH), file="north-shore.toml")
    assert (policy.slug, policy.program.organization) == ("north-shore", 'North "Shore" Hospital')
    assert (policy.coordinator.phone, policy.coordinator.title) == ("617-555-0100", "Program coordinator")


def test_a_comment_behind_a_value_stays_and_a_key_of_the_same_name_elsewhere_too():
    model = HARBOR.replace('name = "Harbor Peer Support"', "name = 'Harbor'  # as people call it")
    assert 'name = "Peers of North Shore"  # as people call it\n' in adapted(model, NORTH)
    assert tomllib.loads(adapted(model, NORTH))["backup"] == tomllib.loads(model)["backup"]


def test_a_value_is_found_however_its_text_is_quoted():
    model = HARBOR.replace('organization = "Harbor Hospital"', 'organization = """Harbor\nHospital"""')
    assert adapted(model, NORTH) == adapted(HARBOR, NORTH)


def test_a_model_whose_tables_stand_on_one_line_is_refused_and_never_half_filled():
    lines = ('title = "Program coordinator"', 'phone = "207-555-0160"', 'email = "peers@harbor.example.org"')
    model = f"coordinator = {{ {', '.join(lines)} }}\n" + HARBOR.replace(
        "\n".join(("[coordinator]", *lines)), ""
    )
    assert tomllib.loads(model) == tomllib.loads(HARBOR)
    with pytest.raises(PolicyRefused, match="This can't be read"):
        adapted(model, NORTH)


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("slug", "North Shore", "slug"),
        ("slug", "account", "slug"),
        ("organization", "", "program.organization"),
        ("name", "x" * 81, "program.name"),
        ("phone", "call me", "coordinator.phone"),
        ("email", "nowhere", "coordinator.email"),
        ("name", "two\nlines", "program.name"),
        ("name", 'x"\nslug = "y', "program.name"),
    ],
)
def test_what_cannot_be_in_a_policy_is_said_by_its_key(field, value, key):
    newcomer = Newcomer(**{name: getattr(NORTH, name) for name in NORTH.__slots__} | {field: value})
    with pytest.raises(PolicyRefused) as refused:
        adapted(HARBOR, newcomer)
    assert key in [problem.key for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("organization", "said"),
    [
        ("Harbor", "Harbor"),
        ("Hôpital d'Été", "Hpital d't"),
        ("The very long name of a hospital", "The very long name of a"),
        ("Averyveryverylongnamewithoutanyspace", "Averyveryverylongnamewit"),
    ],
)
def test_an_organization_in_a_text_message_is_short_and_plain(organization, said):
    assert short(organization) == said
