"""A member's desk sees how its policy differs from the model, and takes of it what it wants."""

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.collaborative import offering
from touchbase.collaborative.queries import memberships_of
from touchbase.kernel import clock
from touchbase.programs.queries import export

pytestmark = pytest.mark.django_db
AT = "/inland/desk/together/coast/model/"
NEW = '\n[[supporters.topics]]\nkey = "loss"\nlabel = "A loss"\n'


def offered(together, text: str) -> None:
    offering.offer(together=together, text=text, by="noor", at=clock.now())


@pytest.fixture
def desk(people, together, visitor_of):
    return visitor_of(people.elsewhere.account)


def settled(elsewhere) -> int:
    (member,) = memberships_of(elsewhere.id)
    return member.settled


def test_before_there_is_a_model_there_is_nothing_to_take(desk):
    assert "No model is offered yet." in desk.get(AT).content.decode()
    assert desk.get(f"{AT}file/").status_code == 404


def test_a_policy_that_is_the_models_has_nothing_to_take(desk, together, elsewhere):
    offered(together, policy_text("model"))
    page = desk.get(AT).content.decode()
    assert ["0 rules differ from the model." in page, "We are done with it" in page] == [True, True]

    desk.post(f"{AT}settle/", {"version": "1"})
    assert settled(elsewhere) == 1
    assert "We are done with it" not in desk.get(AT).content.decode()


def test_a_member_that_compares_first_chooses_each_rule_in_words(desk, together):
    text = policy_text(
        "model",
        words='about = ["Leaders back it.", "A team meets each month."]',
        clock='weekend = ["fri", "sat"]\nrest_days = 5',
        sources="self = true\ndirectory = true",
        safety='reporting = ["child abuse"]',
    )
    offered(together, text.replace('label = "Nights"', 'label = "Night work"') + NEW)
    page = desk.get(AT).content.decode()

    rows = [
        ("How it is set up", "Nothing said", "Leaders back it. A team meets each month."),
        ("Weekend", "Saturday, Sunday", "Friday, Saturday"),
        ("After “not now” it is kept for", "7 days", "5 days"),
        ("People choose a peer from a list", "No", "Yes"),
        ("The law may want to know of", "Nothing said", "child abuse"),
        ("What peers may offer to talk about: Nights", "Nights", "Night work"),
        ("What peers may offer to talk about: A loss", "Not there", "A loss"),
    ]
    for label, ours, theirs in rows:
        row = page.partition(f"<span>{label}</span>")[2].partition("</dl>")[0]
        assert [f"<dd>{ours}</dd>" in row, f"<dd>{theirs}</dd>" in row] == [True, True], label
    assert ["haven’t compared with the model before" in page, " checked" in page] == [True, False]


def test_later_what_is_new_is_ticked_and_what_is_ones_own_is_not(desk, together, elsewhere):
    offered(together, policy_text("model", clock="rest_days = 5\nidle_days = 29") + NEW)
    desk.post(f"{AT}settle/", {"version": "1"})
    offered(together, policy_text("model", clock="rest_days = 6\nidle_days = 29\nanswer_wait_days = 8"))
    make_program(policy_text("inland", clock="rest_days = 4") + NEW)
    page = desk.get(AT).content.decode()

    parts = [page.partition(f'id="{key}"')[2].partition("</section>")[0] for key in
             ("offered", "choice", "removed", "ours")]  # fmt: skip
    ticks = [(part.count('name="take"'), part.count(" checked")) for part in parts]
    assert ticks == [(1, 1), (1, 0), (1, 0), (1, 0)]
    assert "You and the model both changed these." in page


def test_the_file_is_the_programs_own_with_what_is_ticked(desk, together):
    offered(together, policy_text("model", clock="rest_days = 5\nidle_days = 29"))
    given = desk.get(f"{AT}file/", {"take": ["clock.idle_days", "program.name"]})

    assert given.content.decode() == policy_text("inland").replace("[clock]\n", "[clock]\nidle_days = 29\n")
    assert given.headers["Content-Disposition"] == 'attachment; filename="inland.toml"'
    assert desk.get(f"{AT}file/").content.decode() == export("inland") == policy_text("inland")


def test_what_makes_no_policy_is_refused_with_what_to_do(desk, together):
    offered(together, policy_text("model", clock="match_within_hours = 72\nweekend_match_within_hours = 72"))
    refused = desk.get(f"{AT}file/", {"take": "clock.match_within_hours"})

    assert refused.status_code == 400
    assert "A weekend gives at least as long as a working day" in refused.content.decode()


@pytest.mark.parametrize("version", ["", "x", "2", "9" * 30])
def test_one_settles_with_the_version_one_has_seen(desk, together, elsewhere, version):
    offered(together, policy_text("model"))
    assert desk.post(f"{AT}settle/", {"version": version}).status_code == 400
    assert settled(elsewhere) == 0
