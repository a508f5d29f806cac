"""The demo: every step of the care path with invented people, made by the same actions as in life."""

import shutil

import pytest

from touchbase.accounts.models import Account
from touchbase.collaborative import consults, events, library, sessions
from touchbase.collaborative.pooling import pooled_releases
from touchbase.collaborative.queries import members_of, together_at
from touchbase.demo import resetting, seed
from touchbase.demo.cast import ASKERS, TOGETHER, desk, volunteers
from touchbase.kernel import clock
from touchbase.ops.management.commands.demo import EXAMPLES
from touchbase.programs.queries import all_programs, program_at
from touchbase.referrals.models import Referral
from touchbase.utilization.queries import releases
from touchbase.utilization.suppression import Kind
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def demo(settings) -> None:
    settings.DEMO = True
    seed.seed(folder=EXAMPLES, at=clock.now())


def test_there_are_the_five_programs(demo) -> None:
    assert [here.slug for here in all_programs()] == ["betsy-lehman", "legacy", "lvhn", "ohsu", "shcp"]


def test_a_folder_of_one_policy_makes_one_peopled_program(settings, tmp_path) -> None:
    settings.DEMO = True
    shutil.copy(EXAMPLES / "shcp.toml", tmp_path)
    assert seed.seed(folder=tmp_path, at=clock.now()) == 1
    (here,) = all_programs()
    assert (here.slug, Referral.objects.filter(program_id=here.id).exists()) == ("shcp", True)


def test_seeding_again_changes_nothing(demo) -> None:
    before = Referral.objects.count()
    assert (seed.seed(folder=EXAMPLES, at=clock.now()), Referral.objects.count()) == (0, before)


def test_one_board_shows_every_step_and_another_nobody(demo) -> None:
    states = {
        slug: sorted(Referral.objects.filter(program__slug=slug).values_list("state", flat=True))
        for slug in ("betsy-lehman", "shcp")
    }
    assert states == {
        "betsy-lehman": [
            "accepted", "invited", "matched", "received", "received", "received", "received", "received",
            "resting", "talking",
        ],
        "shcp": [],
    }  # fmt: skip


def test_in_one_program_several_came_in_one_list(demo) -> None:
    unchecked = {
        here.slug: Referral.objects.filter(program_id=here.id, held=True).count() for here in all_programs()
    }
    assert unchecked["ohsu"] == len(TOGETHER)
    assert max(n for slug, n in unchecked.items() if slug != "ohsu") < len(TOGETHER)


def test_somebody_waits_too_long_on_the_demo(demo) -> None:
    assert max(asker.hours_ago for asker in ASKERS if asker.fate == "late") > 24


def test_every_address_is_an_example_and_every_number_a_555_number(demo) -> None:
    found = list(Account.objects.values_list("email", flat=True))
    people = [each for here in all_programs() for each in volunteers(here.policy)]
    assert all(email.endswith(".example.org") for email in found)
    assert all(each.phone.startswith("+1503555") for each in people)


def test_a_desk_has_a_coordinator_a_backup_and_a_leader(demo) -> None:
    assert sorted(desk(program_at("ohsu").policy)) == ["backup", "coordinator", "leader"]


def test_emptying_leaves_nothing_and_a_new_demo_fits_in(demo) -> None:
    resetting.empty()
    assert (Referral.objects.count(), Key.objects.count(), Account.objects.count()) == (0, 0, 0)
    assert seed.seed(folder=EXAMPLES, at=clock.now()) == 5


def test_only_a_demo_is_ever_emptied(settings) -> None:
    settings.DEMO = False
    with pytest.raises(RuntimeError, match="only a demo"):
        resetting.empty()


def test_leaders_find_releases_where_enough_people_came_and_none_where_too_few_did(demo) -> None:
    released = {here.slug: len(releases(here.id)) for here in all_programs()}
    assert released == {"betsy-lehman": 2, "legacy": 2, "lvhn": 2, "ohsu": 2, "shcp": 0}


def test_four_programs_are_around_the_statewide_one_and_one_has_not_answered(demo) -> None:
    found = {
        one.program.slug: (one.joined, [progress.is_there for progress in one.standing])
        for one in members_of(together_at("massachusetts"))
    }
    assert found == {
        "legacy": (True, [True, True, True, False, True]),
        "lvhn": (True, [True, False, False, True, True]),
        "ohsu": (True, [True] * 5),
        "shcp": (False, [False] * 5),
    }


def test_faculty_offer_sessions_with_a_line_an_event_documents_and_a_call(demo) -> None:
    key = together_at("massachusetts").id
    offered = [(one.held, one.waiting) for one in sessions.sessions(key)]
    assert offered == [(0, 0), (10, 3)]
    assert [one.coming for one in events.events(key)] == [4]
    assert [len(each) for each in (library.documents(key), consults.waiting(key))] == [3, 1]


def test_the_faculty_find_numbers_of_three_members_together_and_some_of_them_hidden(demo) -> None:
    (half,) = pooled_releases(together_at("massachusetts"))
    assert half.sheet is not None
    assert (half.members, half.sheet.people) == (3, 71 + 49 + 62)
    kinds = {cell.kind for table in half.sheet.tables for cell in table.cells if cell.n != 0}
    assert kinds == {Kind.SHOWN, Kind.KEPT}
