"""A member's desk says how far it has come; its form opens when everything before it is there."""

from datetime import date

import pytest

from tests.factories.paths import NOON
from tests.factories.people import make_person
from tests.factories.programs import policy_text
from touchbase.accounts.roles import Role
from touchbase.collaborative import actions
from touchbase.collaborative.models import Standing
from touchbase.collaborative.progressing import Said, StandingUnclear, launch, note
from touchbase.collaborative.queries import membership_at, standing_of
from touchbase.collaborative.readiness import Item, Owner, Progress
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs import actions as programs
from touchbase.programs.queries import program_at

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 11)
BEFORE = [item for item in Item if item is not Item.LAUNCH]


@pytest.fixture
def north(together, people):
    """A new member whose form is closed, and its desk."""
    actions.invite_new(
        together=together,
        text=policy_text("north"),
        email="n@example.org",
        by=people.faculty.member,
        at=NOON,
    )
    program = program_at("north")
    desk = make_person(program, Role.COORDINATOR, "Nor North").member
    return membership_at(program.id, "coast"), desk


def say(north, item=Item.TEAM, **said):
    membership, desk = north
    note(membership=membership, said=Said(item, **said), by=desk, at=NOON)
    return {one.item: one for one in standing_of(membership.id)}[item]


def everything_before(north):
    for item in BEFORE:
        say(north, item, evident=TODAY)


def test_what_is_said_of_an_item_takes_the_place_of_what_was_said_before(north):
    said = say(north, owner="sponsor", next_step="monthly", evident=TODAY)
    assert said == Progress(Item.TEAM, Owner.SPONSOR, "monthly", TODAY)
    assert say(north) == Progress(Item.TEAM)
    assert Standing.objects.count() == 1


def test_what_cannot_be_is_refused_by_its_field_and_nothing_is_kept(north):
    with pytest.raises(StandingUnclear) as unclear:
        say(north, owner="boss", next_step="letter", evident=date(2026, 5, 12))
    assert unclear.value.fields == ("owner", "next", "evident")
    assert Standing.objects.count() == 0


def test_a_form_is_not_open_because_somebody_says_so(north):
    with pytest.raises(StandingUnclear) as unclear:
        say(north, Item.LAUNCH, evident=TODAY)
    assert unclear.value.fields == ("evident",)
    assert say(north, Item.LAUNCH, owner="team", next_step="print-cards").is_there is False


def test_a_form_that_is_open_keeps_its_day(north):
    everything_before(north)
    launch(membership=north[0], by=north[1], at=NOON)
    with pytest.raises(StandingUnclear):
        say(north, Item.LAUNCH)
    assert say(north, Item.LAUNCH, evident=date(2026, 5, 1)).evident == date(2026, 5, 1)


@pytest.mark.parametrize("missing", BEFORE)
def test_the_form_stays_closed_while_one_of_the_four_is_missing(north, missing):
    everything_before(north)
    say(north, missing, owner="team")
    with pytest.raises(DomainError, match="Enter it first"):
        launch(membership=north[0], by=north[1], at=NOON)
    assert program_at("north").state == "draft"


def test_with_all_four_there_one_press_opens_it_and_notes_the_day(north):
    everything_before(north)
    launch(membership=north[0], by=north[1], at=NOON)
    launch(membership=north[0], by=north[1], at=NOON)
    assert program_at("north").state == "open"
    assert standing_of(north[0].id)[-1].evident == TODAY


def test_a_form_that_was_paused_is_opened_by_whoever_runs_it(north):
    everything_before(north)
    launch(membership=north[0], by=north[1], at=NOON)
    programs.pause(program_id=north[0].program)
    with pytest.raises(DomainError, match="Whoever runs Touchbase"):
        launch(membership=north[0], by=north[1], at=NOON)


def test_nothing_is_noted_or_opened_for_a_membership_that_has_just_ended(north):
    membership, desk = north
    everything_before(north)
    actions.leave(membership=membership, by=desk, at=NOON)
    with pytest.raises(NotFound):
        say(north, evident=TODAY)
    with pytest.raises(NotFound):
        launch(membership=membership, by=desk, at=NOON)
    assert program_at("north").state == "draft"
    assert not Standing.objects.exists()
