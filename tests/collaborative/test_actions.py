"""A collaborative stands around one program; others are invited to it, say yes or not now, and leave."""

from datetime import date

import pytest

from tests.factories.paths import NOON
from tests.factories.people import make_person
from tests.factories.programs import make_program, policy_text
from touchbase.accounts.models import Invitation
from touchbase.accounts.roles import Role
from touchbase.audit.models import Act
from touchbase.collaborative import actions, offering
from touchbase.collaborative.models import Collaborative, Member, PooledRelease, Standing
from touchbase.collaborative.queries import (
    everywhere,
    member_standing,
    members_of,
    membership_at,
    memberships_of,
    takes_part,
    together_around,
    together_at,
)
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.notifications.models import Outgoing
from touchbase.programs import actions as programs
from touchbase.programs.models import Program
from touchbase.programs.queries import named, program_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def faculty(people):
    return people.faculty.member


@pytest.fixture
def valley(together):
    """A program that isn't in the collaborative yet."""
    return make_program(policy_text("valley"))


def states(together) -> list[tuple[str, bool]]:
    return [(one.program.slug, one.joined) for one in members_of(together)]


def test_a_collaborative_is_found_at_its_address(together, here):
    assert together_at("coast") == together
    assert [str(row) for row in Collaborative.objects.all()] == ["coast"]
    assert (together.name, together.home) == ("Peers on the Coast", here.id)
    assert (everywhere(), together_around(here.id)) == ([together], together)


def test_founded_again_it_is_the_same_with_another_name(together, here):
    again = actions.found(slug="coast", name="The Coast", home=here.id)

    assert (again.id, again.name) == (together.id, "The Coast")


def test_one_program_is_the_center_of_one_collaborative(together, here, elsewhere):
    with pytest.raises(DomainError, match="One program is the center"):
        actions.found(slug="hills", name="Peers in the Hills", home=here.id)
    with pytest.raises(DomainError, match="another program or address"):
        actions.found(slug="coast", name="The Coast", home=elsewhere.id)
    with pytest.raises(NotFound):
        together_at("hills")
    assert together_around(elsewhere.id) is None


def test_a_program_knows_where_it_takes_part(together, here, elsewhere):
    assert [(one.together, one.joined) for one in memberships_of(elsewhere.id)] == [(together, True)]
    assert (takes_part(elsewhere.id), takes_part(here.id)) == (True, False)


def test_who_is_invited_is_told_by_mail_that_something_waits_and_says_yes(together, valley, faculty):
    desk = make_person(valley, Role.COORDINATOR, "Vi Valley").member
    actions.invite(together=together, slug="valley", by=faculty, at=NOON)
    assert states(together) == [("inland", True), ("valley", False)]
    told = Outgoing.objects.values_list("member_id", "template")
    assert list(told) == [(desk.ids[Role.COORDINATOR], "together")]

    actions.join(membership=membership_at(valley.id, "coast"), by=desk, at=NOON)

    assert states(together) == [("inland", True), ("valley", True)]
    assert member_standing(together, "valley").standing[-1].evident == date(2026, 5, 11)


def test_a_program_whose_form_is_closed_joins_without_having_launched(together, valley, people):
    programs.pause(program_id=valley.id)
    actions.invite(together=together, slug="valley", by=people.faculty.member, at=NOON)
    actions.join(membership=membership_at(valley.id, "coast"), by=people.elsewhere.member, at=NOON)
    assert member_standing(together, "valley").standing[-1].evident is None


def test_not_now_leaves_nothing_behind_and_it_can_be_asked_again(together, valley, faculty, people):
    actions.invite(together=together, slug="valley", by=faculty, at=NOON)
    asked = membership_at(valley.id, "coast")
    actions.set_aside(membership=asked, by=people.elsewhere.member, at=NOON)
    assert states(together) == [("inland", True)]
    for answer in (actions.join, actions.set_aside):
        with pytest.raises(DomainError, match="was taken back, or answered already"):
            answer(membership=asked, by=people.elsewhere.member, at=NOON)
    actions.invite(together=together, slug="valley", by=faculty, at=NOON)
    assert states(together) == [("inland", True), ("valley", False)]


def test_nobody_is_invited_twice_or_after_the_end_or_where_nothing_is(together, valley, faculty):
    with pytest.raises(DomainError, match="is invited already"):
        actions.invite(together=together, slug="inland", by=faculty, at=NOON)
    with pytest.raises(NotFound):
        actions.invite(together=together, slug="nowhere", by=faculty, at=NOON)
    programs.retire(program_id=valley.id, ends_on=date(2026, 6, 1))
    with pytest.raises(DomainError, match="has ended"):
        actions.invite(together=together, slug="valley", by=faculty, at=NOON)


def test_who_leaves_takes_all_but_what_was_released_together(together, elsewhere, people):
    membership = membership_at(elsewhere.id, "coast")
    Standing.objects.create(member_id=membership.id, item="team", owner="team")
    PooledRelease.objects.create(
        collaborative_id=together.id, half_year="2026-H1", table={}, made_day=date(2026, 7, 1)
    )
    actions.leave(membership=membership, by=people.elsewhere.member, at=NOON)
    left = [model.objects.count() for model in (Member, Standing, PooledRelease, Collaborative)]
    assert left == [0, 0, 1, 1]
    assert program_at("inland").id == elsewhere.id
    acts = Act.objects.values_list("actor", "verb")
    assert list(acts) == [(people.elsewhere.member.account, "leave collaborative")]


@pytest.fixture
def begun(together, faculty):
    """A program that faculty began."""

    def begin(slug="north", email="north@example.org", **more):
        text = policy_text(slug)
        return actions.invite_new(together=together, text=text, email=email, by=faculty, at=NOON, **more)

    return begin


def test_a_new_program_is_a_member_with_a_closed_form_and_an_invited_coordinator(begun, settings, together):
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    key = begun(settled=3)
    program = program_at("north")
    assert (program.state, membership_at(program.id, "coast").settled) == ("draft", 3)
    assert list(Invitation.objects.values_list("key", "role", "email")) == [
        (key, "coordinator", "north@example.org")
    ]
    assert list(Outgoing.objects.values_list("handle", "template")) == [(key, "join")]
    assert named([program.id])[program.id].name == "Harbor Peer Support"
    assert offering.newest(together) is None


def test_without_mail_nothing_waits_to_be_sent(begun):
    begun()
    assert Outgoing.objects.count() == 0


def test_an_address_that_is_taken_is_never_begun_again(begun, elsewhere):
    with pytest.raises(DomainError, match="at this address already"):
        begun("inland")
    with pytest.raises(DomainError, match="Enter an email address"):
        begun(email="nowhere")
    assert set(Program.objects.values_list("slug", "state")) == {("harbor", "open"), ("inland", "open")}


def test_a_program_nobody_came_to_goes_with_its_invitation(begun, settings, together, faculty):
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    begun()
    actions.end(together=together, program="north", by=faculty, at=NOON)
    left = (Program.objects.filter(slug="north"), Invitation.objects.all(), Outgoing.objects.all())
    assert [rows.count() for rows in left] == [0, 0, 0]
    begun()
    assert states(together) == [("inland", True), ("north", True)]


def test_a_program_with_somebody_in_it_or_elsewhere_goes_on_by_itself(begun, together, faculty, here):
    begun()
    north = program_at("north")
    hills = actions.found(slug="hills", name="Peers in the Hills", home=north.id)
    actions.end(together=together, program="north", by=faculty, at=NOON)
    assert program_at("north").id == north.id

    Member.objects.create(collaborative_id=together.id, program_id=north.id)
    Collaborative.objects.filter(pk=hills.id).delete()
    make_person(north, Role.COORDINATOR, "Nor North")
    actions.end(together=together, program="north", by=faculty, at=NOON)
    assert program_at("north").id == north.id


def test_a_program_that_is_open_is_never_deleted_by_ending_its_part(together, valley, faculty):
    actions.invite(together=together, slug="valley", by=faculty, at=NOON)
    actions.end(together=together, program="valley", by=faculty, at=NOON)
    assert (states(together), program_at("valley").id) == ([("inland", True)], valley.id)
    with pytest.raises(NotFound):
        actions.end(together=together, program="valley", by=faculty, at=NOON)
    with pytest.raises(NotFound):
        member_standing(together, "valley")
