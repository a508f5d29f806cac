"""`touchbase people`: the first coordinator, and who has which role."""

import json
import re

import pytest
from django.conf import settings

from tests.factories.people import make_person
from touchbase.accounts import actions
from touchbase.accounts.roles import Role
from touchbase.kernel import clock
from touchbase.ops.command import main

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def run(capsys):
    """Run the command; give its exit code, what it said, and what it complained of."""

    def run(*words):
        code = main(["people", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def invite(*more, role="coordinator"):
    """The words of an invitation."""
    return ("invite", "--program", "harbor", "--role", role, "--email", "robin.vale@example.org", *more)


def test_the_first_coordinator_gets_a_link_that_works(here, run, visitor):
    code, said, complaint = run(*invite())

    sentence = r"Invited to harbor as coordinator, once and until \d{4}-\d\d-\d\d: "
    link = re.fullmatch(rf"{sentence}{re.escape(settings.SITE_ADDRESS)}(/\S+)\n", said)
    assert (code, complaint) == (0, "")
    assert link is not None
    assert visitor.post(link[1], {"name": "Robin Vale"})["Location"] == "/account/passkeys/add/"
    assert visitor.get("/account/")["Location"] == "/harbor/desk/board/"


def test_a_program_reads_the_same_as_json(here, run):
    code, said, _complaint = run(*invite("--json"))

    report = json.loads(said)
    assert code == 0
    assert report.keys() == {"ok", "program", "role", "link", "until"}
    assert (report["program"], report["role"]) == ("harbor", "coordinator")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("invite",), "To invite somebody, say --program, --role, --email."),
        (("invite", "--program", "harbor", "--role", "leader"), "To invite somebody, say --email."),
        (
            ("invite", "--program", "nowhere", "--role", "leader", "--email", "a@example.org"),
            "There is no program at this address.",
        ),
        (
            ("invite", "--program", "harbor", "--role", "leader", "--email", "robin"),
            "Enter an email address, like robin.vale@example.org.",
        ),
        (("list", "--program", "nowhere"), "There is no program at this address."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(here, run, words, sentence):
    assert run(*words) == (1, "", f"{sentence}\n")


def test_a_role_there_is_none_of_is_refused(here, run):
    code, said, complaint = run(*invite(role="boss"))

    assert (code, said) == (1, "")
    assert "boss" in complaint


def test_the_list_says_who_has_which_role(people, here, run):
    actions.set_away(account=people.backup.account.id, until=clock.now().date(), today=clock.now().date())

    code, said, _complaint = run("list", "--program", "harbor")

    assert code == 0
    assert said.splitlines() == [
        "harbor coordinator: Dana Quill <dana.quill@harbor.example.org>",
        "harbor backup: Jo Marsh <jo.marsh@harbor.example.org>",
        "harbor supporter: Ari Stone <ari.stone@harbor.example.org>",
        "harbor supporter: Robin Vale <robin.vale@harbor.example.org>",
        "harbor leader: Max Field <max.field@harbor.example.org>",
        "harbor faculty: Noor Center <noor.center@harbor.example.org>",
        "harbor operator: Kit Root <kit.root@harbor.example.org>",
    ]


def test_the_list_of_everything_holds_every_program(here, elsewhere, run):
    make_person(here, Role.LEADER, "Max Field")
    make_person(elsewhere, Role.LEADER, "Lee Inland")

    code, said, _complaint = run("list", "--json")

    assert code == 0
    assert json.loads(said) == {
        "ok": True,
        "people": [
            {"program": "harbor", "role": "leader", "name": "Max Field",
             "email": "max.field@harbor.example.org", "away": False},
            {"program": "inland", "role": "leader", "name": "Lee Inland",
             "email": "lee.inland@inland.example.org", "away": False},
        ],
    }  # fmt: skip


def test_an_empty_installation_says_so(run):
    assert run("list") == (0, "Nobody has a role yet.\n", "")
