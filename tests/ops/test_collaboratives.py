"""`touchbase collaboratives`: founded around a program; its first faculty come by a link."""

import json

import pytest
from django.conf import settings

from tests.factories.programs import policy_text
from touchbase.collaborative.models import Member
from touchbase.collaborative.queries import everywhere, together_at
from touchbase.ops.command import main
from touchbase.programs.models import Program

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

FOUND = ("collaboratives", "found", "--slug", "coast", "--name", "Peers on the Coast", "--home", "harbor")


@pytest.fixture
def run(capsys):
    """Run a command; give its exit code, what it said, and what it complained of."""

    def run(*words):
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_one_is_founded_around_a_program_and_listed(here, run):
    assert run("collaboratives", "list") == (0, "There is no collaborative yet.\n", "")
    said = f"Founded coast around harbor: {settings.SITE_ADDRESS}/c/coast/\n"
    assert run(*FOUND) == (0, said, "")
    assert run("collaboratives", "list") == (0, "coast: Peers on the Coast, around harbor\n", "")
    assert json.loads(run("collaboratives", "list", "--json")[1])["collaboratives"] == [
        {"slug": "coast", "name": "Peers on the Coast", "home": "harbor"}
    ]


def test_founded_again_its_name_changes(here, run):
    run(*FOUND)
    run(*FOUND[:5], "The Coast", *FOUND[6:])
    assert [one.name for one in everywhere()] == ["The Coast"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("found",), "To found a collaborative, say --slug, --name, --home."),
        (
            ("found", "--slug", "coast", "--name", "C", "--home", "nowhere"),
            "There is no program at this address.",
        ),
        (("found", "--slug", "No Good", "--name", "C", "--home", "harbor"), "An address is up to 40"),
        (("found", "--slug", "coast", "--name", "C" * 81, "--home", "harbor"), "A name is one line"),
        (("found", "--slug", "coast", "--name", "a\nb", "--home", "harbor"), "A name is one line"),
    ],
)
def test_what_cannot_be_founded_is_said_in_a_sentence(here, run, words, sentence):
    code, said, complaint = run("collaboratives", *words)
    assert (code, said, complaint.startswith(sentence)) == (1, "", True)


def test_a_model_is_offered_from_a_file_and_a_wrong_one_is_refused(here, run, tmp_path):
    run(*FOUND)
    file = tmp_path / "model.toml"
    file.write_text(policy_text("model"))
    offer = ("collaboratives", "offer-model", "--collaborative", "coast", "--file", str(file))
    said = "Version 1 of the model of coast is offered to its members.\n"
    assert [run(*offer), run(*offer)] == [(0, said, "")] * 2

    file.write_text(policy_text("model", clock="rest_days = 99"))
    code, said, complaint = run(*offer)
    assert (code, said, "clock.rest_days: Write a whole number" in complaint) == (1, "", True)
    assert run(*offer[:4])[2] == "To offer a model, say --file.\n"


def test_faculty_are_invited_at_the_center_of_one_alone(here, elsewhere, run, visitor):
    run(*FOUND)
    invite = ("people", "invite", "--role", "faculty", "--email", "noor@example.org", "--program")
    code, _said, complaint = run(*invite, "inland")
    assert (code, complaint.startswith("inland is at the center of no collaborative.")) == (1, True)
    link = run(*invite, "harbor")[1].rsplit(" ", 1)[1].strip().removeprefix(settings.SITE_ADDRESS)
    visitor.post(link, {"name": "Noor Center"})
    assert visitor.get("/account/").headers["Location"] == "/c/coast/"


def test_the_form_of_a_member_that_gets_ready_is_opened_by_its_desk(together, elsewhere, run):
    Program.objects.filter(pk=elsewhere.id).update(state="draft")
    assert run("programs", "open", "inland") == (
        1,
        "",
        "inland gets ready in a collaborative. Its own desk opens the form.\n",
    )
    Member.objects.all().delete()
    assert run("programs", "open", "inland") == (0, "inland is open.\n", "")
    assert together_at("coast") == together
