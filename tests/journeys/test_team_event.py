"""A team after a hard case: one page to paste into, one to check, one press at the desk, a note to each."""

import pytest

from tests.canary import FINCH, LINNET, WREN
from tests.factories.people import make_supporter
from tests.factories.walking import Walk
from tests.journeys.screens import DESK, PHONE, letters_to, link_in
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.vault.models import Key

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

BOX = "Everyone who was there"


@pytest.fixture
def walk(screens, here, people) -> Walk:
    """Harbor, with two more who can be asked."""
    make_supporter(here, "Wren Sorel", phone="+12075550171", department="emergency")
    make_supporter(here, "Jay Rook", phone="+12075550172", department="emergency")
    return Walk(here, people)


def test_a_team_is_pasted_checked_matched_as_one_and_asked_by_one_press(
    screens, scripts, people, later, walk
):
    # Given somebody who was told to reach everyone of a team, with two columns of a spreadsheet.
    person = screens.new(PHONE).go("/harbor/event/")
    assert person.heading == "Reach out to a team"
    person.type(BOX, f"{FINCH.name}\t{FINCH.email}\n{WREN.name}, {WREN.email}\n{LINNET.name}")
    before = len(person.requests)
    person.press("Check the list")

    # When a line needs another look, it is mended in its place, and nothing is kept before the last press.
    assert "One line needs another look" in person.words
    assert (Referral.objects.count(), Key.objects.count()) == (0, 0)
    person.type("Number or email", LINNET.email).press("Look again and send")

    # Then the thank-you says how many, and promises no report. One page, two presses and two requests.
    assert person.heading == "Thank you for looking out for them."
    assert "We have 3 people from you." in person.words
    assert (person.presses, person.typed, len(person.requests) - before) == (2, 2, 2)
    assert person.page.context.cookies() == []
    assert Referral.objects.filter(held=True).count() == 3

    # And the coordinator, told by a message that names nobody, checks all and asks all: three presses.
    later()
    letter = next(letters_to("dana.quill@harbor.example.org"))
    desk = screens.signed_in(people.coordinator, link_in(letter), DESK)
    desk.press("Match these 3 at once")
    assert desk.heading == "3 people came together."
    desk.press("They look real")
    assert not Referral.objects.filter(held=True).exists()
    desk.press("Ask all of them")
    assert desk.presses == 3
    assert "Asked for 3 people." in desk.words
    assert set(Referral.objects.values_list("state", flat=True)) == {State.MATCHED}

    # And each peer is asked by themself, and learns nothing of the others.
    asked = set(Referral.objects.values_list("assignee_id", flat=True))
    assert len(asked) == 3


def test_whoever_waits_too_long_with_a_list_pastes_it_again(screens, scripts, people, monday, walk):
    person = screens.new(PHONE).go("/harbor/event/")
    person.type(BOX, f"{FINCH.name}, {FINCH.phone}").press("Check the list")
    monday.shift(16 * 60)
    person.press("Send the list")
    assert "Please paste the list again." in person.words
    assert Referral.objects.count() == 0


def test_sixty_people_take_one_page_and_five_seconds_each(screens, people, walk):
    # The budget is one page; what is typed is one box, whoever is on the list.
    lines = "\n".join(f"Lark, +1503555{number:04d}" for number in range(60))
    person = screens.new(PHONE).go("/harbor/event/")
    person.type(BOX, lines).press("Check the list").press("Send the list")
    assert "We have 60 people from you." in person.words
    assert (person.presses, person.typed) == (2, 1)
    assert Referral.objects.count() == 60
