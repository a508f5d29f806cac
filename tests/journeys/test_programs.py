"""Each of the five example programs: its page, its form and its words come from its own file."""

from pathlib import Path

import pytest

from tests.canary import FINCH
from tests.factories.programs import make_program
from tests.journeys.screens import SMALL
from touchbase.programs import statements
from touchbase.referrals.models import Referral

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
EXAMPLES = sorted((Path(__file__).parents[2] / "programs").glob("*.toml"))


@pytest.fixture(params=EXAMPLES, ids=lambda file: file.stem)
def example(request):
    """A program as its file has it."""
    return make_program(request.param.read_text())


def test_the_page_and_the_form_follow_the_programs_file(screens, example):
    # Given a program's page, in its own words.
    policy = example.policy
    asker = screens.new(SMALL).go(f"/{example.slug}/")
    assert asker.heading == policy.words.headline
    assert statements.clock_sentence(policy) in asker.says
    assert statements.department_sentence(policy) in asker.says
    assert policy.coordinator.phone in asker.says

    # When somebody asks by the program's first way, with what it must know and no more.
    first = policy.contact.channels[0].value
    contact, label = ("email", "Email address") if first == "email" else ("phone", "number")
    asker.type("What should we call you?", FINCH.name)
    asker.type(label, getattr(FINCH, contact))
    asker.page.get_by_label("What do you do?").select_option(label=policy.eligibility.professions[0].label)
    asker.press("Ask for a peer")

    # Then they are thanked, and it is kept.
    assert asker.heading == f"Thank you, {FINCH.name}."
    assert Referral.objects.get().program_id == example.id


def test_every_page_of_a_program_holds_for_everybody(screens, example):
    visitor = screens.new(SMALL)
    for place in ("promise/", "questions/", "urgent/", "talk/"):
        visitor.go(f"/{example.slug}/{place}")
        assert example.policy.program.name in visitor.says


def test_a_form_with_errors_is_mended_where_they_are(screens, scripts, here):
    # Given a form sent with a story for a name, and no number.
    asker = screens.new(SMALL).go("/harbor/")
    asker.type("What should we call you?", "A").type("Mobile number", "my desk").pick("Evenings")
    asker.press("Ask for a peer")
    problems = asker.page.get_by_role("alert")
    assert "needs another look" in problems.inner_text()
    assert not Referral.objects.exists()

    # When only what was wrong is typed anew, all else standing as it was.
    assert asker.page.get_by_role("textbox", name="What should we call you?").input_value() == "A"
    assert asker.page.get_by_role("checkbox", name="Evenings").is_checked()
    asker.type("Mobile number", FINCH.phone).press("Ask for a peer")

    # Then it is kept.
    assert asker.heading == "Thank you, A."
    assert Referral.objects.count() == 1
