"""Thirty members on one screen, read by faculty; a desk says yes and what is next by a press each."""

import pytest

from tests.factories.collaboratives import make_member
from tests.factories.programs import make_program, policy_text
from tests.journeys.screens import DESK, PHONE
from touchbase.collaborative.models import Member, Standing
from touchbase.collaborative.readiness import NEXT, Item, Owner

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


@pytest.fixture
def thirty(screens, together, settings) -> None:
    """Members enough to fill a screen, each item with the longest that can be said of it."""
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    for number in range(29):
        text = policy_text(f"m{number}", program=f'organization = "Regional Hospital {number:02}"')
        member = make_member(together, make_program(text))
        rows = [
            Standing(member_id=member.id, item=item, owner=Owner.COORDINATOR, next_step=NEXT[item][1])
            for item in Item
        ]
        Standing.objects.bulk_create(rows)


def test_thirty_members_stand_on_one_screen_and_on_a_phone(thirty, screens, people):
    for size in (DESK, PHONE):
        faculty = screens.signed_in(people.faculty, f"{screens.address}/c/coast/", size)
        faculty.look(size)
        assert faculty.page.locator("tbody tr").count() == 30
        if size is DESK:
            assert faculty.ends_above("tbody tr:last-child") <= DESK["height"]
        faculty.press("Endorsement")
        faculty.press("Regional Hospital 07")
        assert faculty.heading == "Regional Hospital 07"


def test_a_desk_joins_and_says_what_is_next(screens, together, people, settings):
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    Member.objects.update(state="invited")
    desk = screens.signed_in(people.elsewhere, f"{screens.address}/inland/desk/together/")
    desk.press("Join Peers on the Coast")
    assert desk.heading == "Peers on the Coast"
    desk.open("Change Team").pick("Meet monthly").press("Save Team")
    assert "Team: Meet monthly" in desk.words


def test_on_a_phone_the_open_part_of_the_rail_is_in_sight(screens, together, people):
    faculty = screens.signed_in(people.faculty, f"{screens.address}/c/coast/numbers/")
    box = faculty.page.locator(".rail nav a[aria-current]").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
